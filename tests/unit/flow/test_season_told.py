"""The report of a season: its facts beside the year before, its tables, and the proof of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from scheduler.bootstrap import season_report
from scheduler.domain.answers.reported import Upto
from scheduler.domain.calendar.campaigns import CampaignKind, People
from scheduler.domain.checking.findings import Hold
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.measure.typed import FigureKind, TypedFigure
from scheduler.domain.quizzes.counted import Chosen, Pressed
from scheduler.domain.showing.amounts import Amount, Unit
from scheduler.domain.showing.season_report import SeasonReport, Table
from scheduler.domain.showing.small_numbers import EXACT, ROUNDED, Veil
from scheduler.flow.showing.season_facts import people_of
from scheduler.flow.showing.season_text import season_text
from scheduler.flow.showing.team_agenda import TeamEvent, team_events
from scheduler.flow.steering import letting_pass, send_now
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.steer import How
from tests.flow_world import MESSAGES, World, open_world, utc
from tests.samples.ledger import PATIENTS, STAFF, person
from tests.samples.quizzes import quiz_text, write_quiz
from tests.unit.flow.test_faults_hold import URGENT
from tests.worlds import make_world

STAFF_ONLY = """
  cybermois:
    kind: series
    topic: october
    channels: [email, sms]
    episodes:
      un: {message: essai, when: sunday-1}
      deux: {message: essai, when: sunday-2}
"""
ON_DEMAND = """
  fuite:
    kind: on-demand
    channels: [email]
    episodes:
      avis: {message: essai, when: by-hand}
"""
#: Of a message that a second person allows.
APPROVED = MESSAGES["essai/message.yaml"] + "approval: true\n"
AFTER = utc(2, 9, month=11)


@asynccontextmanager
async def season(folder: Path) -> AsyncIterator[World]:
    """Twelve of the staff and two patients got October's first two messages, each by both media."""
    async with open_world(folder, STAFF_ONLY + ON_DEMAND) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(1, 13)))
        await world.book.take_in(
            PATIENTS, person(21), person(22, agreed=()), person(23, agreed=("email",))
        )
        for day in (4, 5, 11, 12):
            await world.at(utc(day, 8))
        world.clock.now = AFTER
        yield world


async def report_of(world: World, year: str = "2026", *, exact: bool = True) -> SeasonReport:
    campaign = world.app.configuration.campaign("cybermois")
    figures = EXACT if exact else ROUNDED
    return await season_report(world.app, campaign, year, figures, evidence=True)


def table(report: SeasonReport, key: str) -> Table:
    return next(one for one in (*report.tables, *report.evidence) if one.key == key)


def figures(report: SeasonReport) -> dict[str, int]:
    return {one.key: one.amount.number for one in report.facts}


async def test_its_facts_are_what_left_and_who_was_reached(tmp_path: Path) -> None:
    async with season(tmp_path) as world:
        (card,) = await world.app.people.find("K1", None)
        assert card.email_id is not None
        refusal = by_email_link(utc(6, 9), one_click=True, person=card.contact)
        await world.app.people.opt_out(card.email_id, refusal)

        report = await report_of(world)

    facts = figures(report)
    # One of the patients agreed to nothing, one to e-mail alone.
    assert facts["addressed"] == 2 * (12 + 12 + 2 + 1)
    assert (facts["people"], facts["opt_outs"], facts["staff_most"]) == (14, 1, 100)
    reasons = {row[0]: row[1] for row in table(report, "left_out").rows}
    assert sum(one.number for one in reasons.values() if isinstance(one, Amount)) == 2 * 3
    weeks = table(report, "opt_outs").rows
    assert [row[0] for row in weeks][:2] == [date(2026, 9, 28), date(2026, 10, 5)]


async def test_the_proof_names_each_date_text_approval_and_fault_that_passed(
    tmp_path: Path,
) -> None:
    async with season(tmp_path) as world:
        text = world.config.parent / "templates/essai/email.fr.md"
        text.write_text(MESSAGES["essai/email.fr.md"] + f"\n{URGENT}\n", encoding="utf-8")
        agenda, hand = world.app.agenda, world.app.hand
        held = await letting_pass.held_of(agenda, hand, "essai", AFTER)
        code = next(one.finding.passage for one in held if one.finding.hold is Hold.UNTIL_PASSED)
        await letting_pass.ask(agenda, hand, "essai", code, "Une citation", "Camille", AFTER)
        one = occurrence_to_send(agenda, "cybermois", "un", "", date(2026, 10, 4))
        await send_now.ask(agenda, hand, one, ["staff"], "Camille", AFTER)
        other = occurrence_to_send(agenda, "fuite", "avis", "2026-11", AFTER.date())
        await send_now.ask(agenda, hand, other, ["staff"], "Camille", AFTER)

        report = await report_of(world)

    assert [row[1] for row in table(report, "dates").rows] == [
        date(2026, 10, 4),
        date(2026, 10, 11),
    ]
    texts = table(report, "texts").rows
    assert sorted({(row[1], row[2]) for row in texts}) == [
        ("Personnel", "SMS"),
        ("Personnel", "courriel"),
        ("Usagers", "SMS"),
        ("Usagers", "courriel"),
    ]
    # That of another campaign's sending is no proof of this one.
    assert len(table(report, "approvals").rows) == 1
    assert [row[2] for row in table(report, "passes").rows] == [code]


async def test_it_has_what_was_typed_reported_answered_and_pressed(tmp_path: Path) -> None:
    async with season(tmp_path) as world:
        write_quiz(world.config.parent / "templates", quiz_text(), message="essai")
        await type_figure(world, 37)
        await world.app.reported.add(
            {date(2026, 10, 5): 14, date(2025, 1, 6): 9}, Upto(), Upto(validity="1", number=9)
        )
        await world.app.tallies.add(
            {
                Pressed("essai", "staff", "useful"): 3,
                Chosen("essai", "un", "a"): 30,
                Chosen("essai", "un", "b"): 10,
            }
        )

        report = await report_of(world)

    assert [row[3] for row in table(report, "typed").rows] == [Amount(shown=37)]
    assert [row[0] for row in table(report, "reported").rows] == [date(2026, 10, 5)]
    assert table(report, "reactions").rows[0][0] == "Essai"
    ((quiz, _, _, right),) = table(report, "quizzes").rows
    assert (quiz, right) == ("Un essai", Amount(shown=75, unit=Unit.PERCENT))


async def test_small_figures_of_a_quiz_are_told_of_nobody_and_an_idle_one_has_no_line(
    tmp_path: Path,
) -> None:
    async with season(tmp_path) as world:
        templates = world.config.parent / "templates"
        write_quiz(templates, quiz_text(), message="essai")
        write_quiz(templates, quiz_text("autre"), name="quiz.patients.fr.yaml", message="essai")
        await world.app.tallies.add({Chosen("essai", "un", "a"): 3, Chosen("essai", "un", "b"): 4})

        report = await report_of(world, exact=False)

    ((_, audience, answers, right),) = table(report, "quizzes").rows
    assert (audience, answers, right) == ("Personnel", Amount(shown=Veil.FEW), "–")


async def test_whoever_leaves_for_another_reason_is_not_the_seasons(tmp_path: Path) -> None:
    async with season(tmp_path) as world:
        # This one got nothing of it, and wasn't waiting for anything.
        (card,) = await world.app.people.find("K22", None)
        assert card.email_id is not None
        refusal = by_email_link(utc(6, 9), one_click=True, person=card.contact)
        await world.app.people.opt_out(card.email_id, refusal)

        report = await report_of(world)

    assert figures(report)["opt_outs"] == 0
    assert [row[1] for row in table(report, "opt_outs").rows] == [Amount(shown=0)] * 5


async def test_a_message_that_has_not_left_has_a_date_and_no_line(tmp_path: Path) -> None:
    async with open_world(tmp_path, STAFF_ONLY) as world:
        await world.book.take_in(STAFF, person(1))
        for day in (4, 5):
            await world.at(utc(day, 8))
        world.clock.now = utc(6, 8)

        report = await report_of(world)

    assert [row[1] for row in table(report, "dates").rows] == [
        date(2026, 10, 4),
        date(2026, 10, 11),
    ]
    assert [row[1] for row in table(report, "episodes").rows] == [date(2026, 10, 4)]


async def type_figure(world: World, amount: int, year: str = "2026") -> None:
    figure = TypedFigure(
        campaign="cybermois",
        season=year,
        kind=FigureKind.LINKEDIN_SHARES,
        amount=amount,
        source="Page LinkedIn",
        day=date(int(year), 10, 20),
    )
    await world.app.typed_figures.add(figure, "Ana Bret", world.clock.now)


async def test_a_second_season_stands_beside_the_first(tmp_path: Path) -> None:
    async with season(tmp_path) as world:
        await type_figure(world, 30)
        for day in (3, 4, 10, 11):
            await world.at(datetime(2027, 10, day, 8, tzinfo=UTC))
        world.clock.now = datetime(2027, 11, 2, 9, tzinfo=UTC)
        await type_figure(world, 60, "2027")

        report = await report_of(world, "2027", exact=False)

    assert report.before == "2026"
    told = {row[0]: row[-1] for row in table(report, "years").rows}
    assert told["partages sur LinkedIn"] == "+ 100 %"
    text = season_text(report)
    assert "À partir de 10, les chiffres vont de 5 en 5." in text
    assert "LA SAISON PROCHAINE" in text


async def test_a_season_that_has_not_begun_has_dates_and_no_figures(tmp_path: Path) -> None:
    async with season(tmp_path) as world:
        await world.look(utc(2, 9, month=11))
        report = await report_of(world, "2028")

    assert figures(report)["addressed"] == 0
    assert "opt_outs" not in {one.key for one in report.tables if one.rows}


async def test_a_key_that_is_no_year_has_no_next_season(tmp_path: Path) -> None:
    async with season(tmp_path) as world:
        report = await report_of(world, "sans-date")

    assert report.coming == []
    assert "LA SAISON PROCHAINE" not in season_text(report)


def test_people_are_those_of_the_file_whatever_it_was_called() -> None:
    assert people_of("gone", {"staff": STAFF}) is People.UNSAID
    assert people_of("staff", {"staff": STAFF}) is STAFF.people


# The team's own calendar


async def events(world: World) -> list[TeamEvent]:
    app = world.app
    return await team_events(app.agenda, app.ledger, app.hand, app.typed_figures, app.clock())


async def test_the_teams_calendar_has_what_leaves_waits_and_is_to_be_typed(tmp_path: Path) -> None:
    async with open_world(tmp_path, STAFF_ONLY + ON_DEMAND) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(1, 8))
        await world.steer(How.PAUSED, utc(1, 9))
        other = occurrence_to_send(world.app.agenda, "fuite", "avis", "2026-10", date(2026, 10, 1))
        await send_now.ask(world.app.agenda, world.app.hand, other, ["staff"], "C.", utc(1, 9))
        world.clock.now = utc(1, 10)

        found = await events(world)
        titles = [one.title for one in found]
        assert "Envoi : Essai (en pause)" in titles
        assert "Envoi : Essai" in titles
        assert "À approuver : Essai" in titles
        (figure,) = [one for one in found if one.title == "Chiffres à saisir : cybermois"]
        assert figure.day > date(2026, 10, 11)
        assert all(one.title for one in found)

        await world.steer(How.CANCELLED, utc(1, 11))
        world.clock.now = utc(20, 10)
        await type_figure(world, 37)
        later = [one.title for one in await events(world)]
        assert "Chiffres à saisir : cybermois" not in later
        assert "Envoi : Essai (en pause)" not in later
        assert world.app.configuration.campaign("fuite").kind is CampaignKind.ON_DEMAND


async def test_a_post_to_publish_has_its_day(tmp_path: Path) -> None:
    app = await make_world(tmp_path)
    now = utc(1, 10)

    found = await team_events(app.agenda, app.ledger, app.hand, app.typed_figures, now)
    await app.close()

    posts = [one for one in found if one.title.startswith("Billet à publier : ")]
    assert posts
    assert all(one.at is None for one in posts)
