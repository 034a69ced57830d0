"""The report of a campaign's season: what a director asks, then every table of its detail."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.campaigns import Campaign, People
from scheduler.domain.calendar.seasons import next_season, season_before
from scheduler.domain.channels import SMS
from scheduler.domain.quizzes.quiz import Quiz
from scheduler.domain.showing.amounts import Amount, Unit, added, change, share
from scheduler.domain.showing.season_report import Cell, Fact, SeasonReport, Table
from scheduler.domain.showing.small_numbers import Figures, Shown
from scheduler.domain.values import frozen
from scheduler.domain.words.figures import FIGURE_WORDS
from scheduler.domain.words.season import FACTS, TABLES
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.season_evidence import Evidence
from scheduler.flow.showing.season_facts import (
    Reach,
    SeasonFacts,
    SeasonSource,
    facts_of,
    people_of,
)
from scheduler.flow.showing.season_tables import (
    Tables,
    column,
    cost,
    figure_columns,
    sent,
    undelivered,
)
from scheduler.flow.showing.titles import campaign_title, message_of


@frozen
class Seasons:
    """Makes reports from a ledger, by the calendar and the texts of today."""

    source: SeasonSource
    agenda: Agenda
    zone: ZoneInfo

    async def report(
        self,
        campaign: Campaign,
        season: str,
        figures: Figures,
        now: datetime,
        quizzes: Sequence[Quiz] = (),
        *,
        evidence: bool = False,
    ) -> SeasonReport:
        """``quizzes``: those that are open today, in French. Nothing is written."""
        facts = await self._facts(campaign, season, figures, now)
        earlier = season_before(await self.source.occurrences(), campaign.name, season)
        before = await self._facts(campaign, earlier, figures, now) if earlier else None
        titles = {one.name: self._title(campaign, one.name) for one in campaign.episodes}
        messages = {one.message: titles[one.name] for one in campaign.episodes}
        labels = {name: one.label for name, one in self.agenda.audiences.items()}
        tables = Tables(facts=facts, figures=figures, titles=titles, labels=labels)
        found = compared(
            self._measures(facts, figures), self._measures(before, figures) if before else {}
        )
        detail = tables.all(
            [one for one in quizzes if one.message in messages],
            await self.source.answers(),
            await self.source.reactions(),
            messages,
        )
        if before is not None:
            detail.insert(0, _years(found, facts, before, figures))
        proof = Evidence(
            source=self.source,
            facts=facts,
            figures=figures,
            zone=self.zone,
            titles=titles,
            audiences=self.agenda.audiences,
            messages=sorted(messages),
        )
        return SeasonReport(
            campaign=campaign.name,
            season=season,
            organisation=self.agenda.configuration.settings.organisation.name,
            made_on=now.astimezone(self.zone).date(),
            before=earlier,
            facts=found,
            coming=self._coming(campaign, next_season(season), titles),
            tables=detail,
            evidence=await proof.all() if evidence else (),
            exact=figures.exact,
            title=campaign_title(self.agenda, campaign),
        )

    async def _facts(
        self, campaign: Campaign, season: str, figures: Figures, now: datetime
    ) -> SeasonFacts:
        return await facts_of(self.source, self.agenda, campaign, season, figures, now, self.zone)

    def _title(self, campaign: Campaign, episode: str) -> str:
        return message_of(self.agenda, campaign.name, episode)[1]

    def _coming(
        self, campaign: Campaign, season: str, titles: Mapping[str, str]
    ) -> list[tuple[str, date]]:
        if not season:
            return []
        year = int(season)
        found = self.agenda.occurrences(date(year, 1, 1), date(year, 12, 31))
        return [
            (titles.get(one.episode, one.episode), one.date)
            for one in found
            if one.campaign == campaign.name
        ]

    def _measures(self, facts: SeasonFacts, figures: Figures) -> Mapping[str, Amount]:
        """What of the facts is known; a season that retention has emptied tells less."""
        exact = figures.exact
        money = (cost(one) for one in facts.lines if one.line.channel == SMS.name)
        found = {
            "addressed": added(map(sent, facts.lines), exact=exact),
            "sms_cost": added(money, exact=exact, unit=Unit.EURO),
            "undelivered": added(map(undelivered, facts.lines), exact=exact),
        }
        if facts.covered:
            found["people"] = added(_addressed(facts.covered.values()), exact=exact)
            found["opt_outs"] = added(facts.weeks.values(), exact=exact)
        staff = [
            parts
            for name, parts in facts.covered.items()
            if people_of(name, self.agenda.audiences) is People.STAFF
        ]
        if staff:
            most = added((parts[Reach.MOST] for parts in staff), exact=exact).shown
            others = [parts[often] for parts in staff for often in (Reach.NONE, Reach.SOME)]
            found["staff_most"] = share(most, added(others, exact=exact).shown, exact=exact)
        return found


def compared(now: Mapping[str, Amount], before: Mapping[str, Amount]) -> list[Fact]:
    return [
        Fact(
            key=key,
            label=label,
            amount=now[key],
            before=before.get(key),
            change=change(now[key], before.get(key)),
        )
        for key, label in FACTS.items()
        if key in now
    ]


def _addressed(covered: Iterable[Mapping[Reach, Shown]]) -> list[Shown]:
    return [parts[often] for parts in covered for often in (Reach.SOME, Reach.MOST)]


def _years(
    found: Sequence[Fact], facts: SeasonFacts, before: SeasonFacts, figures: Figures
) -> Table:
    rows: list[list[Cell]] = [
        [one.label, one.amount, one.before if one.before else "–", one.change] for one in found
    ]
    for kind, words in FIGURE_WORDS.items():
        both = [
            added(
                (figures.of(one.figure.amount) for one in of.typed if one.figure.kind is kind),
                exact=figures.exact,
            )
            for of in (facts, before)
        ]
        if any(one.shown for one in both):
            rows.append([words, *both, change(both[0], both[1])])
    return Table(
        key="years",
        title=TABLES["years"],
        columns=[
            column("what"),
            column("figure", facts.season, figure=True),
            column("before", before.season, figure=True),
            *figure_columns("change"),
        ],
        rows=rows,
    )
