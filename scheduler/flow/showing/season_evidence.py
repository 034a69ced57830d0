"""For an auditor: what was planned when, which exact texts left, who could allow what; no names."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.channels import kind_of
from scheduler.domain.showing.amounts import Amount
from scheduler.domain.showing.season_report import Cell, Table
from scheduler.domain.showing.small_numbers import Figures
from scheduler.domain.values import frozen
from scheduler.domain.words.season import NOT_YET, NOTES, TABLES
from scheduler.domain.words.states import SENTENCES
from scheduler.flow.showing.figures import sent_of_texts
from scheduler.flow.showing.season_facts import SeasonFacts, SeasonSource
from scheduler.flow.showing.season_tables import column, figure_columns


@frozen
class Evidence:
    source: SeasonSource
    facts: SeasonFacts
    figures: Figures
    zone: ZoneInfo
    titles: Mapping[str, str]
    audiences: Mapping[str, Audience]
    #: Folder paths of its messages.
    messages: Sequence[str]

    async def all(self) -> list[Table]:
        found = [self._dates(), await self._texts(), await self._approvals(), await self._passes()]
        return [one for one in found if one.rows]

    def _dates(self) -> Table:
        rows: list[list[Cell]] = [
            [self.titles.get(one.episode, one.episode), one.date, SENTENCES[one.state], one.id]
            for one in self.facts.rows
        ]
        names = ("message", "date", "state", "occurrence")
        return Table(key="dates", title=TABLES["dates"], columns=[*map(column, names)], rows=rows)

    async def _texts(self) -> Table:
        rows: list[list[Cell]] = []
        for row in self.facts.rows:
            texts = await self.source.received(row.occurrence_id)
            sent = sent_of_texts(texts, self.audiences, self.figures)
            rows += [
                [
                    self.titles.get(row.episode, row.episode),
                    self._label(one.audience),
                    kind_of(one.channel).shown,
                    one.variant,
                    str(one.revision),
                    one.fingerprint,
                    Amount(shown=sent[one.content_id]),
                ]
                for one in sorted(texts, key=lambda one: (one.audience, one.channel))
            ]
        names = ("message", "audience", "channel", "variant", "revision", "fingerprint")
        return Table(
            key="texts",
            title=TABLES["texts"],
            columns=[*map(column, names), *figure_columns("addressed")],
            rows=rows,
            note=NOTES["texts"],
        )

    async def _approvals(self) -> Table:
        ours = {(one.campaign, one.episode, one.season) for one in self.facts.rows}
        rows: list[list[Cell]] = []
        for message in self.messages:
            for one in await self.source.approvals(message):
                occurrence = one.occurrence
                if (occurrence.campaign, occurrence.episode, occurrence.season) in ours:
                    rows.append(
                        [
                            self.titles.get(occurrence.episode, occurrence.episode),
                            one.asked_at.astimezone(self.zone).date(),
                            self._day(one.approved_at),
                            one.fingerprint,
                        ]
                    )
        names = ("message", "asked", "allowed", "fingerprint")
        return Table(
            key="approvals", title=TABLES["approvals"], columns=[*map(column, names)], rows=rows
        )

    async def _passes(self) -> Table:
        rows: list[list[Cell]] = []
        for message in self.messages:
            for one in await self.source.passes(message):
                asked = one.asked_at.astimezone(self.zone).date()
                rows.append([one.rule, one.file, one.passage, asked, self._day(one.allowed_at)])
        names = ("rule", "file", "passage", "asked", "allowed")
        return Table(key="passes", title=TABLES["passes"], columns=[*map(column, names)], rows=rows)

    def _label(self, name: str) -> str:
        audience = self.audiences.get(name)
        return audience.label if audience else name

    def _day(self, at: datetime | None) -> Cell:
        return at.astimezone(self.zone).date() if at else NOT_YET
