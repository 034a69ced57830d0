"""The folder of what staff reported: ids and dates are fetched, and nothing else of it.

It is opened to be read alone (EXAMINE): nothing in it is flagged, moved or deleted.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from scheduler.domain.answers.reported import Copy, Upto
from scheduler.domain.errors import InboxAway
from scheduler.inbox.imap import Mailbox, Options

#: Dates asked for at once.
GROUP = 500
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(rb"\bUID (\d+)")
#: RFC 9051: ``"17-Jul-2026 02:44:25 +0200"``, a day of one figure after a blank.
_DATE = re.compile(
    rb'INTERNALDATE "([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"'
)


class CopyFolder:
    """A connection a look."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def since(self, upto: Upto) -> tuple[str, list[Copy]]:
        """Which folder it is, and what came into it since; of another folder than before, all that
        is there. Raises InboxAway."""
        async with self._mailbox.opened() as box:
            validity = self._mailbox.validity
            after = upto.number if validity == upto.validity else 0

            def ask(client: Any, _: Options) -> list[Copy]:
                return _dates(client, _numbers(client, after))

            return validity, await box.ask(ask)


def _numbers(client: Any, after: int) -> list[int]:
    status, data = client.uid("SEARCH", "UID", f"{after + 1}:*")
    if status != "OK":
        raise InboxAway("no search")
    # "n:*" holds the last message even where its number is lower.
    return sorted(uid for uid in {int(one) for one in (data[0] or b"").split()} if uid > after)


def _dates(client: Any, numbers: Sequence[int]) -> list[Copy]:
    found = []
    for start in range(0, len(numbers), GROUP):
        some = numbers[start : start + GROUP]
        status, data = client.uid("FETCH", ",".join(map(str, some)), "(INTERNALDATE)")
        if status != "OK":
            raise InboxAway("no dates")
        found += [one for line in data if (one := _copy(line)) is not None]
    return found


def _copy(line: Any) -> Copy | None:
    """None for what says neither, and for a date that is none."""
    said = line if isinstance(line, bytes) else b""
    number, dated = _NUMBER.search(said), _DATE.search(said)
    if number is None or dated is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = dated.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    clock = (int(hour), int(minute), int(second))
    try:
        zone = timezone(-offset if sign == b"-" else offset)
        at_month = _MONTHS.index(month.decode().lower()) + 1
        local = datetime(int(year), at_month, int(day), *clock, tzinfo=zone)
        return Copy(number=int(number[1]), at=local.astimezone(UTC))
    except (ValueError, OverflowError):
        return None
