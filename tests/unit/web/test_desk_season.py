"""« Bilan »: a rehearsed October, figure by figure as the ledger has it, and nobody guessed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from scheduler.bootstrap import App, season_report
from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.answers.reported import Upto
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.measure.typed import FigureKind, TypedFigure
from scheduler.domain.quizzes.counted import Chosen, Pressed
from scheduler.domain.showing.amounts import Amount
from scheduler.domain.showing.season_report import SeasonReport, Table
from scheduler.domain.showing.small_numbers import EXACT, ROUNDED, Veil
from scheduler.domain.words.season import NOTES
from scheduler.store.schema.tables import delivery, occurrence
from scheduler.web.desk import season_pages
from scheduler.web.desk.counting import AGAIN
from scheduler.web.season.page import alone
from tests.flow_world import EVENT, open_world
from tests.samples.desk import desk_of, keep_october, rehearse_october, visiting, words
from tests.samples.ledger import STAFF, person
from tests.unit.web.test_desk_optouts import MORNING, leave
from tests.worlds import make_world

CAMPAIGN = "cybermois"


@pytest.fixture
async def october(tmp_path: Path) -> AsyncIterator[App]:
    """After a rehearsed October, with what was typed and answered."""
    app = await make_world(tmp_path)
    keep_october(app)
    rehearsal = await rehearse_october(app, tmp_path / "rehearsal")
    figure = TypedFigure(
        campaign=CAMPAIGN,
        season="2026",
        kind=FigureKind.LINKEDIN_SHARES,
        amount=37,
        source="Page LinkedIn",
        day=date(2026, 10, 20),
    )
    await rehearsal.typed_figures.add(figure, "Ana Bret", rehearsal.clock())
    await rehearsal.tallies.add(
        {
            Pressed("cybermois/1-fermer-sa-porte", "staff", "useful"): 43,
            Chosen("verrou", "double", "a"): 3,
            Chosen("verrou", "double", "b"): 37,
        }
    )
    yield rehearsal
    await rehearsal.close()
    await app.close()


async def report_of(app: App, *, exact: bool = True, evidence: bool = True) -> SeasonReport:
    campaign = app.configuration.campaign(CAMPAIGN)
    figures = EXACT if exact else ROUNDED
    return await season_report(app, campaign, "2026", figures, evidence=evidence)


def table(report: SeasonReport, key: str) -> Table:
    return next(one for one in (*report.tables, *report.evidence) if one.key == key)


def total(found: Table, key: str) -> int:
    at = [one.key for one in found.columns].index(key)
    return sum(cell.number for row in found.rows if isinstance(cell := row[at], Amount))


async def test_its_figures_are_the_ledgers(october: App) -> None:
    ids = [
        one.occurrence_id for one in await october.ledger.occurrences() if one.campaign == CAMPAIGN
    ]
    counts = await october.ledger.counts(ids)
    sent = Counter[str]()
    for one in counts:
        if one.state is DeliveryState.SENT:
            sent[one.channel] += one.rows
    left = sum(one.rows for one in counts if one.state is DeliveryState.LEFT_OUT)
    lost = sum(one.rows for one in counts if one.arrival is Arrival.UNDELIVERED)

    report = await report_of(october)

    facts = {one.key: one.amount.shown for one in report.facts}
    assert facts["addressed"] == sent.total() > 0
    assert facts["undelivered"] == lost
    assert facts["sms_cost"] == sum(one.cost for one in counts)
    episodes = table(report, "episodes")
    assert {one: total(episodes, f"addressed_{one}") for one in sent} == dict(sent)
    for name in ("audiences", "territories"):
        assert total(table(report, name), "addressed") == sent.total()
        assert total(table(report, name), "left_out") == left
    assert total(table(report, "left_out"), "left_out") == left
    covered = await october.desk.coverage(ids)
    coverage = table(report, "coverage")
    assert sum(total(coverage, one) for one in ("none", "some", "most")) == sum(
        one.people for one in covered
    )


async def test_it_has_next_years_dates_what_was_typed_and_its_proofs(october: App) -> None:
    report = await report_of(october)

    assert date(2027, 10, 3) in [day for _, day in report.coming]
    ((what, source, _, amount),) = table(report, "typed").rows
    assert (what, source) == ("partages sur LinkedIn", "Page LinkedIn")
    assert amount == Amount(shown=37)
    fingerprints = {row[5] for row in table(report, "texts").rows}
    ids = [
        one.occurrence_id for one in await october.ledger.occurrences() if one.campaign == CAMPAIGN
    ]
    assert fingerprints == {
        text.fingerprint for one in ids for text in await october.ledger.received(one)
    }
    assert all(cell != "Ana Bret" for one in report.evidence for row in one.rows for cell in row)


async def test_small_figures_are_veiled_and_sums_say_at_least(october: App) -> None:
    report = await report_of(october, exact=False)

    page = words(alone(report)).replace("\u00a0", " ").replace("\u202f", " ")
    assert "moins de 10" in page
    assert "au moins" in page
    for one in report.tables:
        for row in one.rows:
            for cell in row:
                if isinstance(cell, Amount) and cell.unit == "count":
                    assert cell.number % 5 == 0, (one.key, row)
    assert "Ana Bret" not in page


async def test_the_page_stands_alone_and_says_addressed_never_read(october: App) -> None:
    page = alone(await report_of(october))

    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert "<script" not in page
    shown = words(page).lower()
    assert "adressé" in shown
    assert "messages lus" not in shown
    assert page.count("<svg") == len([one for one in (await report_of(october)).tables if one.bars])


async def test_the_desk_shows_the_latest_and_makes_it_once_in_ten_minutes(
    october: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    async def counted(*given: object, **named: object) -> SeasonReport:
        made.append(given[2])
        return replace(await report_of(october, exact=False), before="")

    monkeypatch.setattr(season_pages, "season_report", counted)
    async with visiting(desk_of(october)) as visitor:
        first = await visitor.page("/season")
        await visitor.page(f"/season/{CAMPAIGN}/2026")
        gone = await visitor.get(f"/season/{CAMPAIGN}/1999")

    assert "Bilan 2026 : Série « " in words(first)
    assert made == ["2026"]
    assert gone.status == 404


async def test_a_ledger_without_a_season_says_so(tmp_path: Path) -> None:
    app = await make_world(tmp_path)
    async with visiting(desk_of(app)) as visitor:
        page = await visitor.page("/season")
    await app.close()

    assert "Aucune campagne n’a encore de saison" in words(page)


async def test_who_left_after_a_message_is_told_once_the_week_is_over(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(1, 13)))
        await world.at(MORNING)
        await leave(world, *range(1, 12))
        campaign = world.app.configuration.campaign("webinaire")

        async def weeks() -> list[tuple[object, object]]:
            report = await season_report(world.app, campaign, "2026", ROUNDED)
            return [
                (row[0], cell.shown)
                for one in report.tables
                if one.key == "opt_outs"
                for row in one.rows
                if isinstance(cell := row[1], Amount)
            ]

        assert await weeks() == []
        world.app.clock.now = MORNING + timedelta(days=7)  # type: ignore[attr-defined]
        assert await weeks() == [(date(2026, 9, 21), 10)]


async def test_a_season_is_set_beside_the_one_before(october: App) -> None:
    """The announcement and the first Sunday stand for another year's."""
    rows = [one for one in await october.ledger.occurrences() if one.campaign == CAMPAIGN]
    first = [one.occurrence_id for one in sorted(rows, key=lambda one: one.date)[:2]]
    earlier = update(occurrence).where(occurrence.c.id.in_(first)).values(season="2025")
    await october.ledger.database.write(lambda connection: connection.execute(earlier))

    report = await report_of(october)

    assert report.before == "2025"
    (fact,) = [one for one in report.facts if one.key == "addressed"]
    counts = await october.ledger.counts(first)
    assert fact.before == Amount(
        shown=sum(one.rows for one in counts if one.state is DeliveryState.SENT)
    )
    years = {row[0]: row[1:] for row in table(report, "years").rows}
    assert years[fact.label] == [fact.amount, fact.before, fact.change]
    assert fact.change == "+ 100 %"
    assert "partages sur LinkedIn" in years


async def test_a_season_that_retention_emptied_says_so(october: App) -> None:
    gone = update(delivery).values(contact_id=None)
    await october.ledger.database.write(lambda connection: connection.execute(gone))

    report = await report_of(october)

    assert table(report, "coverage").note == NOTES["forgotten"]
    assert {one.key for one in report.facts} == {"addressed", "sms_cost", "undelivered"}


async def test_what_staff_reported_stands_beside_what_left_in_its_week(october: App) -> None:
    """« moins de 10 », then by five; a week that isn't over isn't told."""
    weeks = {date(2026, 9, 28): 4, date(2026, 10, 5): 23, date(2026, 10, 19): 8}
    upto = Upto(validity="7", number=35, at=datetime(2026, 10, 20, 9, tzinfo=UTC))
    await october.reported.add(weeks | {date(2026, 3, 2): 50}, Upto(), upto)
    later = replace(october, clock=lambda: datetime(2026, 10, 20, 12, tzinfo=UTC))

    found = table(await report_of(later, exact=False), "reported")

    assert [(row[0], row[2]) for row in found.rows] == [
        (date(2026, 9, 28), Amount(shown=Veil.FEW)),
        (date(2026, 10, 5), Amount(shown=20)),
    ]
    assert "Fermer sa porte" in str(found.rows[0][1])
    assert "Ne pas donner ses clés" in str(found.rows[1][1])
    assert [one.key for one in found.columns] == ["week", "message", "reported"]


async def test_while_the_report_is_made_the_page_says_so_and_asks_again_by_itself(
    october: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(season_pages, "MOMENT", 0.0)
    async with visiting(desk_of(october)) as visitor:
        first = await visitor.at_once("/season")
        then = await visitor.get("/season")

    assert first.headers["Refresh"] == f"{AGAIN}; url=/season?again=1"
    assert "en train d’être fait" in words(first.text)
    assert "svg" not in first.text.split("<main", 1)[1]
    assert "Refresh" not in then.headers
    assert 'class="chart' in then.text


async def test_a_report_that_fails_behind_its_page_is_told_and_not_waited_for_for_ever(
    october: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*given: object, **named: object) -> SeasonReport:
        await asyncio.sleep(0.05)
        raise ValueError("gone")

    monkeypatch.setattr(season_pages, "MOMENT", 0.01)
    monkeypatch.setattr(season_pages, "season_report", fails)
    async with visiting(desk_of(october)) as visitor:
        first = await visitor.at_once("/season")
        await asyncio.sleep(0.2)
        then = await visitor.at_once("/season")

    assert (first.status, then.status) == (200, 500)
