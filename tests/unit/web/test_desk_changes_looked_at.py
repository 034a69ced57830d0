"""What the desk says before a change of the calendar is confirmed, so that nobody is surprised."""

from pathlib import Path

import pytest

from scheduler.web.desk import counting, texts
from tests.flow_world import MESSAGES, REMINDERS, World, edit, open_world, utc
from tests.samples.desk import words
from tests.samples.ledger import REUNION, STAFF, person
from tests.unit.web.test_desk_changes import (
    KIT,
    NEW,
    SEPTEMBER,
    at_desk,
    confirm,
    form_of_change,
    look,
    path,
)

WHOLE = KIT + "      merci: {message: essai, when: thanks}\n"
CALM = "Aucun : heures, dimanches"


async def shown(world: World, kind: str = "event-created", **change: str) -> str:
    typed = {**NEW, **change} if kind == "event-created" else change
    async with at_desk(world) as ana:
        return words(await ana.page(path(kind, **typed)))


async def opened(world: World) -> World:
    await world.book.take_in(STAFF, person(1), person(2, place=REUNION))
    await world.look(SEPTEMBER)
    return world


async def test_a_date_too_near_for_its_invitation_is_told_and_who_gets_the_thanks(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, WHOLE) as world:
        await opened(world)
        near = await shown(world, date="2026-09-22")
        today = await shown(world, date="2026-09-10", hour="23:00", end="23:30")
        in_time = await shown(world)

    lost = "« Essai » du mardi 1er septembre 2026 : ce jour est passé, ce message ne partirait pas"
    thanks = "à qui l’invitation ne sera pas parvenue"
    assert lost in near
    assert thanks in near
    assert "ce jour est passé" in today
    assert thanks in today
    assert CALM not in near + today
    assert CALM in in_time


async def test_an_event_whose_people_were_invited_may_come_nearer_without_a_word(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, WHOLE) as world:
        await opened(world)
        async with at_desk(world) as ana:
            await confirm(ana, "event-created", **NEW)
        await look(world)
        await world.at(utc(20, 8))
        moving = {"campaign": "webinaire-2026-11-10", "look": "1", "hour": "14:30"}
        nearer = await shown(world, "event-moved", date="2026-11-09", **moving)

    assert "l’invitation ne sera pas parvenue" not in nearer


async def test_an_hour_that_is_over_for_some_is_told(tmp_path: Path) -> None:
    """The invitation would be for today: its hour is over in La Réunion alone."""
    async with open_world(tmp_path, WHOLE) as world:
        await opened(world)
        world.clock.now = utc(10, 7, month=9)
        late = await shown(world, date="2026-10-01")
        async with at_desk(world) as ana:
            await confirm(ana, "event-created", **NEW | {"date": "2026-10-01"})
        await look(world)
        await world.look()
        await world.at(utc(10, 9, month=9))

    assert world.email.recipients == ["p1@example.org"]
    assert "son heure est passée là où vivent certains destinataires" in late
    assert "Courriel : jeudi 10 septembre, 10 h, heure locale : France (1) Essai" in late


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-15", "L’événement tombe un dimanche : dimanche 15 novembre 2026"),
        ("2027-05-01", "un jour férié : samedi 1er mai 2027"),
        ("2026-11-10", CALM),
    ],
)
async def test_a_sunday_or_a_holiday_is_told(tmp_path: Path, day: str, said: str) -> None:
    async with open_world(tmp_path, WHOLE) as world:
        await opened(world)
        assert said in await shown(world, date=day)


async def test_an_event_in_two_years_is_looked_at_as_any_other(tmp_path: Path) -> None:
    async with open_world(tmp_path, WHOLE) as world:
        await opened(world)
        page = await shown(world, date="2028-11-14")

    assert "Rien à venir n’en dépend" not in page
    assert "Essai, mardi 24 octobre 2028" in page


async def test_what_a_campaign_lacks_is_told_before_it_is_switched_on(tmp_path: Path) -> None:
    lacking = (
        REMINDERS.replace("message: essai", "message: nulle-part")
        .replace("rappels:", "vide:")
        .replace("    kind:", "    enabled: false\n    kind:")
    )
    off = REMINDERS.replace("    kind:", "    enabled: false\n    kind:")
    async with open_world(tmp_path, KIT + off + lacking) as world:
        await opened(world)
        missing = await shown(world, "enabled", campaign="vide")
        calm = await shown(world, "enabled", campaign="rappels")

    assert "son message manque ou ne peut pas être lu : rien n’en partira" in missing
    assert CALM not in missing
    assert CALM in calm


async def test_blanks_that_nothing_fills_are_told_before_it_is_switched_on(tmp_path: Path) -> None:
    blank = "placeholders:\n  temoin: {label: Qui raconte, example: Ana}\n"
    messages = {**MESSAGES, "essai/message.yaml": MESSAGES["essai/message.yaml"] + blank}
    off = REMINDERS.replace("    kind:", "    enabled: false\n    kind:")
    async with open_world(tmp_path, off, messages=messages) as world:
        await opened(world)
        page = await shown(world, "enabled", campaign="rappels")

    assert "des cases restent à remplir avant qu’il puisse partir (Qui raconte)" in page


async def test_an_event_is_called_by_its_kit_and_its_date(tmp_path: Path) -> None:
    titles = {"un": "Webinaire : invitation", "deux": "Webinaire : annulation"}
    own = MESSAGES["essai/message.yaml"]
    messages = dict(MESSAGES)
    for folder, title in titles.items():
        messages |= {
            name.replace("essai/", f"{folder}/"): text
            for name, text in MESSAGES.items()
            if name.startswith("essai/")
        }
        messages[f"{folder}/message.yaml"] = own.replace("title: Essai", f"title: '{title}'")
    kit = """
  webinaire:
    kind: event
    topic: events
    channels: [email]
    episodes:
      invitation: {message: un, when: invitation}
      annulation: {message: deux, when: by-hand}
"""
    async with open_world(tmp_path, kit, messages=messages) as world:
        await opened(world)
        async with at_desk(world) as ana:
            await confirm(ana, "event-created", **NEW)
            listed = words(await ana.page("/changes"))

    assert "Événement ajouté : Webinaire, mardi 10 novembre 2026" in listed
    assert "Webinaire, mardi 10 novembre 2026, en ligne webinaire-2026-11-10" in listed
    assert "« Webinaire : annulation »" not in listed


async def test_the_faults_of_its_texts_are_told_with_their_lines_before_it_is_switched_on(
    tmp_path: Path,
) -> None:
    off = REMINDERS.replace("    kind:", "    enabled: false\n    kind:")
    own = MESSAGES["essai/email.fr.md"]
    faulty = {**MESSAGES, "essai/email.fr.md": own.replace("Un essai.\n", "http://exemple.fr\n")}
    async with open_world(tmp_path, off, messages=faulty) as world:
        await opened(world)
        page = await shown(world, "enabled", campaign="rappels")
        edit(world.config.parent / "templates/essai/email.fr.md", "http://exemple.fr", "Un essai.")
        world.read_again()
        calm = await shown(world, "enabled", campaign="rappels")

    assert "templates/essai/email.fr.md, ligne 7" in page
    assert "templates/essai/email.fr.md, ligne" not in calm
    assert texts.NO_FAULT_BEFORE in calm


async def test_faults_are_told_as_they_are_now_though_the_people_took_long_to_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOMENT", 0.0)
    off = REMINDERS.replace("    kind:", "    enabled: false\n    kind:")
    told = []
    async with open_world(tmp_path, off) as world:
        await opened(world)
        file = world.config.parent / "templates/essai/email.fr.md"
        asked = path("enabled", campaign="rappels")
        async with at_desk(world) as ana:
            told.append(words(await ana.page(asked)))
            for old, new in (("Un essai.", "http://exemple.fr"), ("http://exemple.fr", "Un mot.")):
                edit(file, old, new)
                told.append(words(await ana.page(asked)))

    assert ["email.fr.md, ligne 7" in one for one in told] == [False, True, False]
    assert [texts.NO_FAULT_BEFORE in one for one in told] == [True, False, True]
    assert all("Le recevraient" in one for one in told)


async def test_while_people_are_counted_the_page_says_so_and_asks_again_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOMENT", 0.0)
    async with open_world(tmp_path, WHOLE) as world:
        await opened(world)
        asked = path("event-created", **NEW)
        async with at_desk(world) as ana:
            first = await ana.at_once(asked)
            next_one = first.headers["Refresh"].partition("; url=")[2].partition("#")[0]
            second = await ana.at_once(next_one)
            then = await ana.get(asked)

    wait, _, where = first.headers["Refresh"].partition("; url=")
    assert wait == str(counting.AGAIN)
    # A browser that is at this part of this very address would not ask again.
    assert where.endswith("&again=1#prevision")
    assert second.headers["Refresh"].endswith("&again=2#prevision")
    assert "Pour : Personnel (courriel)" in words(first.text)
    assert "en train d’être comptées" in words(first.text)
    assert "heure locale : France, La Réunion Essai" in words(first.text)
    for told in ("Le recevraient", "Confirmer", "Coût"):
        assert told not in words(first.text)
        assert told in words(then.text)
    assert "Refresh" not in then.headers


async def test_what_is_no_longer_so_is_told_again_even_while_people_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world(tmp_path, WHOLE) as world:
        await opened(world)
        monkeypatch.setattr(counting, "MOMENT", 0.0)
        asked = path("event-created", **NEW)
        async with at_desk(world) as ana:
            form = form_of_change(await ana.page(asked), "event-created")
            await world.book.take_in(STAFF, person(3))
            again = await ana.post(asked, form)

    assert again.status == 409
    assert "Refresh" not in again.headers
    assert "les personnes, ont changé" in words(again.text)
    assert "Confirmer" in words(again.text)
