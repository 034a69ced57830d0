"""Instants as people read them: on the organisation's clock, in the run's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.cli.language import is_french

#: Of the process, for a configuration is read inside the event loop, and told of outside.
_CLOCK = {"zone": "UTC"}


def clock_of(zone: str) -> None:
    """The clock that instants are told by from now on: config.yaml's ``time_zone``."""
    _CLOCK["zone"] = zone


def when(at: datetime | str | None, *, seconds: bool = False) -> str:
    """An instant in UTC, or as ISO 8601 says one; nothing for None."""
    if at is None:
        return ""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    local = instant.astimezone(ZoneInfo(_CLOCK["zone"]))
    return (
        f"{day(local.date())} {local:%H:%M:%S}" if seconds else f"{day(local.date())} {local:%H:%M}"
    )


def day(value: date) -> str:
    """``03/10/2027`` in French; ``2027-10-03``, as every option takes it, in English."""
    return f"{value:%d/%m/%Y}" if is_french() else f"{value:%Y-%m-%d}"
