"""A clock that was put back: how it is noticed, and what is then dated too far ahead."""

from datetime import datetime, timedelta

#: Less than this is a clock that is being trimmed.
WORTH_A_WORD = timedelta(seconds=5)
#: The same between two processes, whose clocks are two machines'.
APART = timedelta(minutes=1)
#: Nothing waits longer to be tried again: a domain that is left alone is tried once an hour.
LONGEST_WAIT = timedelta(hours=1)


def set_back(before: datetime, passed: timedelta, now: datetime) -> timedelta:
    """By how much a clock was put back since ``before``, when ``passed`` has gone by on one that
    nobody can set; nothing where it wasn't."""
    back = before + passed - now
    return back if back > WORTH_A_WORD else timedelta(0)


def found_back(last_look: datetime | None, now: datetime) -> timedelta:
    """The same at a start, by when a process last looked."""
    back = last_look - now if last_look is not None else timedelta(0)
    return back if back > APART else timedelta(0)


def words(back: timedelta, now: datetime) -> str:
    """What the alarm says; ``back`` is nothing where only dates ahead were found."""
    if not back:
        return f"found at {now:%Y-%m-%d %H:%M:%S} UTC: dates further ahead than any wait"
    whole = timedelta(seconds=round(back.total_seconds()))
    return f"by {whole}, to {now:%Y-%m-%d %H:%M:%S} UTC"
