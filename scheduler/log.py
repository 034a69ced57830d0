"""Structured logs: an event word and fields, UTC times, never an address or a body.

structlog takes long to load, and most commands log nothing: it is loaded at the first line.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TextIO

from scheduler.domain.masking import without_addresses

#: One list for the life of the process: a logger keeps the list that it was first used with, so
#: one set up again, or listened to by a test, must be the same.
_PROCESSORS: list[Any] = []


#: What was set up and is done at the first line: a form and where to.
_asked: list[tuple[str, TextIO]] = []


class _Logger:
    """structlog's of this name, once a line is said."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._real: Any = None

    def __getattr__(self, word: str) -> Any:
        if _asked:
            _set_up(*_asked.pop())
        if self._real is None:
            self._real = structlog_alone().get_logger(self._name)
        return getattr(self._real, word)


def get_logger(name: str) -> Any:
    """A logger; usable before ``set_up_logs``."""
    return _Logger(name)


def set_up_logs(form: str, stream: TextIO = sys.stderr) -> None:
    """``json`` for machines, ``text`` for people. Libraries' warnings come the same way."""
    if "structlog" in sys.modules:
        _set_up(form, stream)
    else:
        _asked[:] = [(form, stream)]
    logging.basicConfig(handlers=[_Forward()], level=logging.WARNING, force=True)


def structlog_alone() -> Any:
    """structlog, which would load rich for tracebacks that are words before they come to it: 5 MB
    and 0.05 s."""
    if "structlog" in sys.modules or "rich" in sys.modules:
        import structlog

        return structlog
    sys.modules["rich"] = None  # type: ignore[assignment]  # as one that isn't installed
    try:
        import structlog
    finally:
        del sys.modules["rich"]
    return structlog


def _set_up(form: str, stream: TextIO) -> None:
    structlog = structlog_alone()
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
        from structlog import DropEvent

        raise DropEvent
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
        logger = get_logger(record.name)
        logger.log(record.levelno, "library", message=record.getMessage(), source=record.name)
