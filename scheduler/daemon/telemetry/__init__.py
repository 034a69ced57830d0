"""Figures and spans to an OTLP/HTTP receiver: an extra, off by default.

``opening`` may be loaded by anybody; what it loads when it is asked for loads OpenTelemetry.
"""
