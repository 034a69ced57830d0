"""What stands on a card and on a message's page: what stops it, what it lacks, who and when."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.bootstrap import App, open_app
from scheduler.config.loading import load
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.showing.desk import SlotView
from scheduler.domain.showing.small_numbers import ROUNDED, Veil
from scheduler.web.desk.grouping import people_of, rows
from scheduler.web.desk.patience import Patience
from scheduler.web.desk.words import stop
from tests.samples.desk import Visitor, desk_of, keep_october, visiting, words
from tests.worlds import CONFIG, Clock, make_world

#: A week before the announcement.
NOW = datetime(2026, 9, 25, 8, tzinfo=UTC)
OCCURRENCE = "/calendar/cybermois/annonce/2026-10-02"
MESSAGE = "/messages/cybermois/annonce"
FAULT = "templates/cybermois/annonce/email.staff.fr.md, ligne 7 : « prenon » n’est pas un champ"
PLACES = [
    Place(zone=zone, territory=territory)
    for zone, territory in (
        ("Europe/Paris", "FR"),
        ("America/Guadeloupe", "971"),
        ("America/Martinique", "972"),
        ("Indian/Reunion", "974"),
    )
]


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    found = await make_world(tmp_path, clock=Clock(NOW))
    keep_october(found)
    yield found
    await found.close()


def edit(app: App, old: str, new: str) -> None:
    file = app.configuration.templates / "cybermois/annonce/email.staff.fr.md"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


async def until(visitor: Visitor, path: str, said: str, *, there: bool = True) -> str:
    """The page once it says so: it answers before everything is read."""
    for _ in range(100):
        page = words(await visitor.page(path))
        if (said in page) is there:
            break
        await asyncio.sleep(0.1)
    return page


async def without(visitor: Visitor, path: str, said: str) -> str:
    return await until(visitor, path, said, there=False)


async def test_what_would_stop_it_stands_on_its_card_until_it_is_mended(
    app: App, visitor: Visitor
) -> None:
    before = words(await visitor.page("/"))
    edit(app, "{{ prenom }}", "{{ prenon }}")
    faulty = [await until(visitor, path, FAULT) for path in ("/", OCCURRENCE)]
    edit(app, "{{ prenon }}", "{{ prenom }}")
    mended = [await without(visitor, path, FAULT) for path in ("/", OCCURRENCE)]

    for page in faulty:
        assert "Ce qui l’arrêterait" in page
        assert FAULT in page
    assert "Ce qui l’arrêterait" not in before
    assert all("Ce qui l’arrêterait" not in page for page in mended)


async def test_a_fault_beyond_those_days_is_counted_on_the_card(app: App, visitor: Visitor) -> None:
    file = app.configuration.templates / "cybermois/bilan/email.staff.fr.md"
    file.write_text(file.read_text(encoding="utf-8").replace("# ", "# Urgent ! ", 1))

    assert "à corriger : 1 faute" in await until(visitor, "/", "à corriger : 1 faute")


async def test_a_message_says_who_gets_it_when_and_its_preheader(visitor: Visitor) -> None:
    page = words(await visitor.page(f"{MESSAGE}?audience=staff"))

    assert "Quand, et pour qui vendredi 2 octobre 2026 prévu" in page
    assert "Courriel vendredi 2 octobre, 10 h Personnel 3 Usagers 1" in page
    assert "Aperçu Quatre épisodes d’une minute" in page


async def test_what_is_undated_or_disabled_is_to_be_completed(tmp_path: Path) -> None:
    app = await make_world(tmp_path, clock=Clock(NOW))
    await app.close()
    more = """
  webinaire:
    kind: event
    topic: events
    channels: [email]
    episodes:
      invitation: {message: evenements/webinaire/invitation, when: invitation}
  reperes:
    enabled: false
    kind: on-demand
    topic: reminders
    episodes:
      care: {message: reperes/care, values: {actualite: x, lien: "https://www.example.org/x"}}
"""
    (tmp_path / "config.yaml").write_text(CONFIG + more, encoding="utf-8")
    app = await reopened(tmp_path)
    try:
        async with visiting(desk_of(app)) as visitor:
            year = words(await visitor.page("/"))
            message = words(await visitor.page("/messages/evenements/webinaire/invitation"))
            listed = words(await visitor.page("/messages"))
    finally:
        await app.close()

    section = year.partition("Rien de tout cela ne partira")[2]
    assert "webinaire à compléter Son événement n’a pas encore de date" in section
    assert "(campaigns.webinaire.starts)" in section.replace("( ", "(").replace(" )", ")")
    assert "reperes à compléter Sa campagne est désactivée" in section
    assert "Quand, et pour qui à compléter" in message
    assert "À compléter : son événement n’a pas encore de date" in listed


async def reopened(folder: Path) -> App:
    return await open_app(load(folder / "config.yaml", {}), Clock(NOW))


def slot(place: Place, people: int, hour: int = 10) -> SlotView:
    staff = Audience(name="staff", label="Personnel", source="staff", key="", channels={})
    due = datetime(2026, 10, 4, hour, tzinfo=UTC)
    return SlotView(
        channel="email", audience=staff, place=place, due=due, reason="", reachable=people
    )


def test_territories_that_do_the_same_are_one_line() -> None:
    found = rows([slot(place, 4) for place in PLACES[:3]] + [slot(PLACES[3], 30, hour=9)])

    assert [[place.territory for place in row.places] for row in found] == [
        ["974"],
        ["FR", "971", "972"],
    ]
    assert [people_of(row, ROUNDED) for row in found] == [30, 10]


def test_a_line_below_ten_is_few() -> None:
    (row,) = rows([slot(place, 1) for place in PLACES])

    assert people_of(row, ROUNDED) is Veil.FEW


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("templates/a/sms.fr.txt:1: trop long", "templates/a/sms.fr.txt, ligne 1 : trop long"),
        ("templates/a : aucun texte", "templates/a : aucun texte"),
    ],
)
def test_a_place_is_told_as_people_say_it(reason: str, said: str) -> None:
    assert stop(reason) == said


async def test_a_page_waits_a_moment_and_no_longer() -> None:
    patience, begun, go = Patience(0.01), [], asyncio.Event()

    async def work() -> str:
        begun.append(1)
        await go.wait()
        return "found"

    assert await patience.within("key", work()) is None
    assert await patience.within("key", work()) is None
    go.set()
    await asyncio.sleep(0)

    assert len(begun) == 1
    assert await patience.within("key", work()) == "found"
