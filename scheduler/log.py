"""Structured logs: an event word and fields, UTC times, never an address or a body."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TextIO

import structlog

from scheduler.domain.masking import without_addresses

#: One list for the life of the process: a logger keeps the list that it was first used with, so
#: one set up again, or listened to by a test, must be the same.
_PROCESSORS: list[Any] = []


def get_logger(name: str) -> Any:
    """A logger; usable before ``set_up_logs``."""
    return structlog.get_logger(name)


def set_up_logs(form: str, stream: TextIO = sys.stderr) -> None:
    """``json`` for machines, ``text`` for people. Libraries' warnings come the same way."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=stream.isatty(), pad_event_to=0)
    )
    _PROCESSORS[:] = [
        _hush,
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _mask,
        renderer,
    ]
    structlog.configure(
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Forward()], level=logging.WARNING, force=True)


#: Set while a rehearsal plays: what only pretends to happen is not news.
_hushed: ContextVar[bool] = ContextVar("hushed", default=False)


@contextmanager
def hushed() -> Iterator[None]:
    """Below a warning, nothing of this task and those it starts is logged; what is, is marked as
    ``simulated``."""
    token = _hushed.set(True)
    try:
        yield
    finally:
        _hushed.reset(token)


def _hush(_logger: Any, method: str, event: Any) -> Any:
    if _hushed.get() and method in ("debug", "info"):
        raise structlog.DropEvent
    if _hushed.get():
        event["simulated"] = True
    return event


def _mask(_logger: Any, _method: str, event: Any) -> Any:
    """The last guard: whatever reaches a log is freed of addresses and numbers."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = without_addresses(value)
    return event


class _Forward(logging.Handler):
    """What libraries log through the standard library."""

    def emit(self, record: logging.LogRecord) -> None:
        logger = structlog.get_logger(record.name)
        logger.log(record.levelno, "library", message=record.getMessage(), source=record.name)
