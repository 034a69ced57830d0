"""The whole file, before anything is written: who is in it, who is new, and what it may not do."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from typing import Protocol

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.people.contacts import BadRow, Noted, Row, Told
from scheduler.domain.people.namesakes import Namesakes
from scheduler.flow.people.import_doubts import Doubts
from scheduler.flow.people.import_report import ImportReport


class ContactSource(Protocol):
    """A file that can be gone through several times."""

    digest: str

    def __iter__(self) -> Iterator[Sequence[Row | BadRow | Noted]]: ...


class SurveyLedger(Protocol):
    """What is asked of the ledger; nothing is written."""

    async def strangers(self, audience: Audience, rows: Sequence[Row]) -> set[int]:
        """Numbers of the rows whose key is somebody else's, by name and address."""

    async def count_known(self, audience: Audience, keys: Sequence[str]) -> int:
        """How many of these keys are members'."""

    async def count_lacking(
        self, audience: Audience, rows: Sequence[Row], channels: Collection[str]
    ) -> dict[str, int]:
        """Channel -> people that no proof speaks for, at the address they have now."""

    async def count_opted_out(self, rows: Sequence[Row]) -> int:
        """Addresses and numbers whose opt-out holds."""

    async def count_refusing(self, audience: Audience, keys: Sequence[str]) -> int:
        """People whose own opt-out holds, whatever their address."""

    async def refusing_names(self, audience: Audience) -> Sequence[Sequence[str]]:
        """The names of those who objected themselves, and whose objection holds."""


async def survey(
    source: ContactSource,
    ledger: SurveyLedger,
    audience: Audience,
    report: ImportReport,
    doubts: Doubts,
    holding_on: Callable[[], Awaitable[None]],
) -> None:
    """The whole file, before anything is written."""
    needed = [name for name, terms in audience.channels.items() if terms.basis == "consent"]
    namesakes = Namesakes(audience, await ledger.refusing_names(audience))
    for batch in source:
        await holding_on()
        report.note_bad([row for row in batch if isinstance(row, BadRow)])
        noted = [row for row in batch if isinstance(row, Noted)]
        report.notes.note(await _known_to_end(ledger, audience, noted, report, doubts))
        every = [row for row in batch if isinstance(row, Row)]
        good, left = doubts.part(every, await ledger.strangers(audience, every))
        report.note_strangers(left)
        report.notes.look_for_twins(good)
        report.rows += len(good)
        new_keys = doubts.note(good)
        report.repeated += len(good) - len(new_keys)
        held = sorted(new_keys - doubts.given_away)
        known = await ledger.count_known(audience, held)
        report.renewed += known
        report.added += len(new_keys) - known
        report.opted_out += await ledger.count_opted_out(good)
        report.refusing += await ledger.count_refusing(audience, sorted(new_keys))
        alike = namesakes.among(row for row in good if row.key in new_keys)
        report.notes.note(await _unbarred(ledger, audience, alike))
        if needed:
            await _count_lacking(ledger, audience, good, needed, report, doubts)
    report.settled = len(doubts.given_away) + doubts.merged


async def _unbarred(ledger: SurveyLedger, audience: Audience, rows: Sequence[Row]) -> list[Noted]:
    """Of these namesakes those who are new, and whom no opt-out bars already."""
    return [
        Noted(number=row.number, what=Told.NAMESAKE)
        for row in rows
        if not await ledger.count_known(audience, [row.key])
        and not await ledger.count_refusing(audience, [row.key])
        and not await ledger.count_opted_out([row])
    ]


async def _known_to_end(
    ledger: SurveyLedger,
    audience: Audience,
    noted: Sequence[Noted],
    report: ImportReport,
    doubts: Doubts,
) -> list[Noted]:
    """Without the dead and the too young whose key is somebody else's: nobody's membership ends by
    a key that was given again."""
    people = [one.person for one in noted if one.person]
    if not people:
        return list(noted)
    taken, left = doubts.part(people, await ledger.strangers(audience, people))
    doubts.note_ended(taken)
    report.note_strangers(left)
    return [one for one in noted if one.number not in doubts.aside]


async def _count_lacking(
    ledger: SurveyLedger,
    audience: Audience,
    rows: Sequence[Row],
    channels: Collection[str],
    report: ImportReport,
    doubts: Doubts,
) -> None:
    """No proof passes to somebody who was given another's key: theirs are in their row."""
    known = [row for row in rows if row.key not in doubts.given_away]
    lacking = await ledger.count_lacking(audience, known, channels)
    for channel in channels:
        new = [row for row in rows if row.key in doubts.given_away and channel not in row.proofs]
        total = report.without_proof.get(channel, 0) + lacking[channel] + len(new)
        report.without_proof[channel] = total


async def part_repeats(
    source: ContactSource,
    audience: Audience,
    report: ImportReport,
    doubts: Doubts,
    holding_on: Callable[[], Awaitable[None]],
) -> None:
    """Of a key that two people of the file have, the one who came first keeps it; and a death
    is only that of whoever has the key."""
    for batch in source:
        await holding_on()
        ended = [row.person for row in batch if isinstance(row, Noted) and row.person]
        doubts.stand_ended(ended)
        rows = [row for row in batch if isinstance(row, Row)]
        left = doubts.part_repeats(rows, audience)
        report.note_strangers(left)
        report.rows -= len(left)
        report.repeated -= len(left)
    report.notes.keep_members(doubts.part_ended(audience))
