"""Who carries messages: a module (or a small folder) a provider, none knowing the others.

A provider's module has ``CHANNEL`` (None: it takes any), ``PROVIDER`` (its name in config.yaml, in
the ledger and under /receipts/), ``Options`` (its settings) and ``Provider`` (domain.provider).
"""
