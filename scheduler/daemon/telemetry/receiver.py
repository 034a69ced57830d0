"""The receiver, by OpenTelemetry's own exporters: OTLP over HTTP, in protobuf.

Headers, certificates and compression are those of the standard variables
(``OTEL_EXPORTER_OTLP_HEADERS`` …), which the exporters read.
https://opentelemetry.io/docs/specs/otel/protocol/exporter/
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from time import time_ns
from typing import Any
from uuid import uuid4

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics.export import MetricExportResult
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from prometheus_client import Metric as Family

from scheduler import __version__
from scheduler.daemon.telemetry.figures import as_otlp
from scheduler.daemon.telemetry.spans import as_span
from scheduler.domain.showing.small_numbers import Figures
from scheduler.domain.showing.traced import Traced

#: Seconds in which one request, with its repeats, must be answered.
PATIENCE = 10.0
_LONGEST_WORD = 200


class _LastWord(logging.Handler):
    """The exporters say in their log alone why something failed; ours has a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.said = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.said = record.getMessage()[:_LONGEST_WORD]


class Receiver:
    """What one process tells, of itself alone. Each call blocks until it is told, or isn't."""

    def __init__(self, url: str) -> None:
        self._last_word = _LastWord()
        logger = logging.getLogger("opentelemetry")
        logger.handlers[:], logger.propagate = [self._last_word], False
        self._metrics = OTLPMetricExporter(endpoint=f"{url}/v1/metrics", timeout=PATIENCE)
        self._spans = OTLPSpanExporter(endpoint=f"{url}/v1/traces", timeout=PATIENCE)
        self._began = time_ns()
        # No detectors: they would tell of the machine and of the command's words.
        self._resource = Resource(
            {
                "service.name": "reflexe",
                "service.version": __version__,
                "service.instance.id": str(uuid4()),
            }
        )
        self._scope = InstrumentationScope("reflexe", __version__)

    def tell_figures(self, families: Iterable[Family]) -> str:
        """Empty once the receiver has them; else why not."""
        data = as_otlp(families, self._resource, self._scope, began=self._began, now=time_ns())
        self._last_word.said = ""
        is_told = self._metrics.export(data) is MetricExportResult.SUCCESS
        return "" if is_told else self._reason()

    def tell_spans(
        self, traced: Sequence[Traced], times: Mapping[str, int], figures: Figures
    ) -> str:
        """The same of these."""
        spans = [as_span(one, times, figures, self._resource, self._scope) for one in traced]
        self._last_word.said = ""
        is_told = self._spans.export(spans) is SpanExportResult.SUCCESS
        return "" if is_told else self._reason()

    def close(self) -> None:
        """No repeat begins any more."""
        exporters: list[Any] = [self._metrics, self._spans]
        for one in exporters:
            one.shutdown()

    def _reason(self) -> str:
        return self._last_word.said or "no answer"
