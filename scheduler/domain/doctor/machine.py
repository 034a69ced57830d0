"""This machine: clock, disk, keys, time zones."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.seen import KeysSeen

#: What a clock may be off, beside another that shows whole seconds.
OFF = timedelta(seconds=30)


def clock(synchronised: bool | None, now: datetime, others: Mapping[str, datetime]) -> Line:
    """``synchronised``: as the kernel says; None: it doesn't. ``others``: what the clocks of hosts
    that answered said at ``now``."""
    say = Speaker(check=Check.CLOCK, subject="this machine")
    for host, told in others.items():
        if abs(told - now) > OFF:
            seconds = round((now - told).total_seconds())
            return say.wrong(
                f"it differs by {seconds} seconds from that of {host}",
                "have it kept by NTP (chrony or systemd-timesyncd)",
            )
    if others:
        return say.fine(f"it agrees with that of {', '.join(others)}")
    if synchronised:
        return say.fine("the kernel says that it is kept")
    return say.unknown(
        "nothing says that it is kept", "have it kept by NTP (chrony or systemd-timesyncd)"
    )


def disk(name: str, free: int | None, least: int) -> Line:
    """Megabytes; None: it can't be told."""
    say = Speaker(check=Check.DISK, subject=name)
    if free is None:
        return say.unknown("how much is free can't be seen")
    if free < least:
        return say.wrong(
            f"{free} MB are free, of {least} at least", "make room, or lower alarms.disk_free_mb"
        )
    return say.fine(f"{free} MB are free")


def keys(seen: KeysSeen, path: str) -> Line:
    say = Speaker(check=Check.KEYS, subject=path)
    if not seen.exists:
        return say.unknown("the file isn't there: it is made with the ledger")
    if seen.is_open_to_others:
        return say.wrong("others than its owner may open it", f"chmod 600 {path}")
    if seen.is_beside_ledger:
        return say.wrong(
            "it lies with the ledger, as in the files that are shipped: who copies one has both",
            "on a real site, move it to a folder of its own (/etc/reflexe, say), name it in "
            "keys.file, and back it up apart",
        )
    if seen.is_on_ledgers_volume:
        return say.fine("apart from the ledger, on the same volume: back it up elsewhere")
    return say.fine("apart from the ledger, for its owner alone")


def secret(path: str) -> Line:
    """Of a file that the environment names, and that is open to all."""
    say = Speaker(check=Check.KEYS, subject=path)
    return say.wrong("every user of this machine may read it", f"chmod 600 {path}")


def time_zones(differing: Sequence[str], missing: Sequence[str], zones: Sequence[str]) -> Line:
    """``differing``: zones whose next year the system and the program's own copy tell otherwise."""
    say = Speaker(check=Check.TIME_ZONES, subject=f"{len(zones)} zones")
    if missing:
        return say.wrong(
            f"not known here: {', '.join(missing)}", "have the system's tzdata installed"
        )
    if differing:
        return say.wrong(
            f"the system tells another hour than the program's own tzdata: {', '.join(differing)}",
            "update the system's tzdata and the program, then start it anew",
        )
    return say.fine("known, and the same by the system and by the program")
