"""Rehearsals: the year as it would go, and every conflict a person must mend before."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.channels import outbox
from scheduler.config.loading import load
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.showing.small_numbers import EXACT
from scheduler.flow.people.importing import import_contacts
from scheduler.flow.rehearse import Rehearsal, rehearse
from scheduler.flow.showing.figures import as_figures, lines_of
from scheduler.sources import contact_file
from tests.flow_world import EVENT, MESSAGES, SERIES, World, open_world
from tests.parts.daemon import FOUND
from tests.samples.ledger import MADE, PATIENTS, REUNION, STAFF, person

ROOT = Path(__file__).parents[3]
#: On one day: an audience each.
TWO_EVENTS = EVENT.replace("kind:", "audiences: [staff]\n    kind:") + EVENT.replace(
    "webinaire", "atelier"
).replace("kind:", "audiences: [patients]\n    kind:")


async def run(
    app: bootstrap.App, folder: Path, start: date, end: date, keep: int | None = 20
) -> Rehearsal:
    stage = await bootstrap.set_stage(app, folder, start, keep)
    try:
        return await rehearse(
            stage.app.agenda,
            stage.app.ledger,
            stage.planner,
            stage.senders,
            stage.clock,
            start,
            end,
        )
    finally:
        await stage.app.close()


async def october(world: World, tmp_path: Path, year: int = 2026) -> Rehearsal:
    folder = tmp_path / "rehearsal"
    return await run(world.app, folder, date(year, 10, 1), date(year, 11, 7))


def said(result: Rehearsal) -> list[str]:
    return [f"{one.occurrence}: {one.what}" for one in result.conflicts]


@dataclass(frozen=True, slots=True)
class Sample:
    app: bootstrap.App
    people: int


async def sample(folder: Path) -> Sample:
    """The shipped configuration over the shipped samples, in a ledger of its own."""
    environment = {
        **FOUND,
        "REFLEXE_DATABASE__URL": f"sqlite:///{folder}/ledger.db",
        "REFLEXE_KEYS__FILE": f"{folder}/keys.json",
    }
    app = await bootstrap.open_app(load(ROOT / "config.yaml", environment), lambda: MADE)
    people = 0
    for audience in app.configuration.audiences:
        path = ROOT / "audiences" / "samples" / f"{audience.name}.csv"
        source = contact_file.read(path, audience, known_territory=known_territory)
        start = ImportStart(
            audience=audience, file_hash=source.digest, origin="x", basis="consent", mode="add"
        )
        report = await import_contacts(source, app.contact_files, start, lambda: MADE)
        people += report.added
    return Sample(app=app, people=people)


@pytest.mark.parametrize(("year", "occurrences"), [(2026, 7), (2027, 7)])
async def test_the_shipped_october_goes_without_a_conflict_and_adds_up(
    tmp_path: Path, year: int, occurrences: int
) -> None:
    shipped = await sample(tmp_path)

    result = await run(shipped.app, tmp_path / "r", date(year, 10, 1), date(year, 11, 7))
    await shipped.app.close()

    assert said(result) == []
    assert len({count.occurrence for count in result.counts}) == occurrences
    lines = lines_of(result.counts)
    by_message: dict[tuple[str, str], int] = {}
    for line in lines:
        ends = DeliveryState.SENT, DeliveryState.LEFT_OUT
        assert line.planned == sum(line.of(state) for state in ends)
        message = line.occurrence, line.channel
        by_message[message] = by_message.get(message, 0) + line.planned
    assert set(by_message.values()) == {shipped.people}
    for figures in as_figures(result.counts, EXACT):
        assert figures["left_out"] == sum(figures["left_out_by_reason"].values())
        assert figures["segments"] >= (figures["sent"] if figures["channel"] == "sms" else 0)


async def test_a_rehearsal_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))

        result = await october(world, tmp_path)

        assert sum(count.rows for count in result.counts) == 2
        assert await world.states() == {}
        assert await world.app.ledger.occurrences() == []
        assert world.email.tries == world.sms.tries == []


async def test_the_outbox_keeps_the_first_of_each_and_counts_the_rest(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(5)))

        folder = tmp_path / "rehearsal"
        result = await run(world.app, folder, date(2026, 10, 1), date(2026, 10, 31), keep=2)

        files = [path for path in (folder / "outbox").rglob("*") if path.is_file()]
        assert sorted(path.suffix for path in files) == [".eml", ".eml", ".txt", ".txt"]
        assert sum(count.rows for count in result.counts) == 10


async def test_what_a_person_refused_is_refused_in_the_rehearsal_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2, email=None))
        await world.book.take_in(PATIENTS, person(3, agreed=[]))

        result = await run(world.app, tmp_path / "r", date(2026, 9, 1), date(2026, 10, 31))

        lines = lines_of(result.counts)
        assert [line.left_out for line in lines] == [{"no-consent": 1}, {"no-address": 1}]


async def test_one_person_of_two_audiences_written_to_twice_a_day_is_a_conflict(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, TWO_EVENTS) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.book.take_in(PATIENTS, person(3, email="p1@example.org"), person(4))

        result = await run(world.app, tmp_path / "r", date(2026, 9, 1), date(2026, 10, 31))

        (conflict,) = said(result)
        assert "1 personne(s) reçoivent aussi" in conflict
        assert "atelier/invitation/2026-09-22" in conflict
        assert "webinaire/invitation/2026-09-22" in conflict


async def test_two_places_of_one_person_are_compared_by_their_own_days(tmp_path: Path) -> None:
    async with open_world(tmp_path, TWO_EVENTS) as world:
        await world.book.take_in(STAFF, person(1))
        await world.book.take_in(PATIENTS, person(3, email="p1@example.org", place=REUNION))

        result = await run(world.app, tmp_path / "r", date(2026, 9, 1), date(2026, 10, 31))

        assert len(result.conflicts) == 1


async def test_a_past_event_is_a_conflict(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))

        before = await run(world.app, tmp_path / "a", date(2026, 10, 1), date(2026, 11, 7))
        after = await run(world.app, tmp_path / "b", date(2026, 10, 14), date(2026, 11, 7))

        assert said(before) == []
        (conflict,) = said(after)
        assert conflict.startswith("webinaire: l’événement du mardi 13 octobre 2026 est passé")


@pytest.mark.parametrize(
    "messages",
    [
        {"essai/message.yaml": ""},
        {"essai/email.fr.md": MESSAGES["essai/email.fr.md"].replace("{{ prenom", "{{ nom")},
        {
            "essai/sms.fr.txt": "",
            "essai/sms.patients.fr.txt": "Un essai.",
        },
    ],
)
async def test_a_message_without_a_text_for_someone_is_a_conflict(
    tmp_path: Path, messages: dict[str, str]
) -> None:
    async with open_world(tmp_path, messages=messages) as world:
        await world.book.take_in(STAFF, person(1))
        await world.book.take_in(PATIENTS, person(2))

        result = await october(world, tmp_path)

        assert [one.occurrence for one in result.conflicts] == ["cybermois/un/2026-10-04"]


async def test_a_text_missing_in_a_language_falls_back_to_french(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1, language="en", easy_to_read=True))

        result = await october(world, tmp_path)

        assert said(result) == []
        assert {count.state for count in result.counts} == {DeliveryState.SENT}


async def test_a_window_that_never_opens_is_a_conflict(tmp_path: Path) -> None:
    eve = EVENT.replace("[email]", "[sms]").replace("2026-10-13", "2026-11-02")
    eve = eve.replace("when: invitation", "when: j-1")
    async with open_world(tmp_path, eve) as world:
        await world.book.take_in(STAFF, person(1))

        result = await october(world, tmp_path)

        (conflict,) = said(result)
        assert "aucune heure d’envoi" in conflict
        assert lines_of(result.counts)[0].left_out == {"no-window": 1}


async def test_an_eve_that_gives_way_is_left_out_for_all_to_see(tmp_path: Path) -> None:
    """Email on a Sunday: the episode keeps the day, and the eve of an event never moves."""
    eve = EVENT.replace("2026-10-13", "2026-10-05").replace("when: invitation", "when: j-1")
    async with open_world(tmp_path, SERIES + eve.lstrip("\n")) as world:
        await world.book.take_in(STAFF, person(1))

        result = await october(world, tmp_path)

        (left,) = [line for line in lines_of(result.counts) if "webinaire" in line.occurrence]
        assert (left.occurrence, left.left_out) == (
            "webinaire/invitation/2026-10-04",
            {"no-window": 1},
        )
        assert len(result.conflicts) == 1


async def test_retries_are_played_to_their_end(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        start = date(2026, 9, 1)
        stage = await bootstrap.set_stage(world.app, tmp_path / "r", start, 20)
        failing = outbox.Provider(
            outbox.Options(path=tmp_path / "o", fail={"temporary": ["p1@*"], "uncertain": ["p2@*"]})
        )
        senders = [replace(one, provider=failing) for one in stage.senders]
        seen: list[tuple[int, int]] = []

        result = await rehearse(
            stage.app.agenda,
            stage.app.ledger,
            stage.planner,
            senders,
            stage.clock,
            start,
            date(2026, 10, 31),
            lambda done, total: seen.append((done, total)),
        )
        ended = stage.clock.now
        await stage.app.close()

        states = {count.state: count.reason for count in result.counts}
        assert states[DeliveryState.FAILED].startswith("expired, outbox")
        assert DeliveryState.UNCERTAIN in states
        assert ended <= datetime(2026, 9, 24, 12, tzinfo=MADE.tzinfo)
        assert seen == [(0, 1), (1, 1)]


async def test_who_asked_for_another_text_than_they_would_get_is_counted(tmp_path: Path) -> None:
    texts = {
        "essai/email.en.md": MESSAGES["essai/email.fr.md"],
        "essai/email.fr-falc.md": MESSAGES["essai/email.fr.md"],
        "_snippets/pied.en.md": MESSAGES["_snippets/pied.fr.md"],
        "_snippets/pied.fr-falc.md": MESSAGES["_snippets/pied.fr.md"],
    }
    async with open_world(tmp_path, SERIES, messages=texts) as world:
        await world.book.take_in(
            STAFF,
            person(1),
            person(2, language="en"),
            person(3, easy_to_read=True),
            person(4, language="en", easy_to_read=True, phone=None),
            person(5, language="es", phone=None),
        )

        result = await october(world, tmp_path)

    found = {(one.channel, one.language, one.easy_to_read): one.people for one in result.unmet}
    assert found == {
        ("email", "en", True): 1,
        ("email", "es", False): 1,
        ("sms", "en", False): 1,
        ("sms", "fr", True): 1,
    }
    assert {one.occurrences for one in result.unmet} == {1}
