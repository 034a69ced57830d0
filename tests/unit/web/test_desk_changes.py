"""The calendar changed on the desk: shown before it is confirmed, done once; what then leaves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from scheduler.bootstrap import App, app_on, with_newest_edits, withdraw_changes
from scheduler.domain.errors import EditRefused
from scheduler.domain.roles import Person, Role
from scheduler.web.desk.app import make_desk
from tests.flow_world import EVENT, MESSAGES, REMINDERS, SERIES, World, edit, open_world, utc
from tests.samples.desk import Answer, Visitor, acts_of, form_of, visiting, words
from tests.samples.ledger import REUNION, STAFF, person

KIT = """
  webinaire:
    kind: event
    topic: events
    channels: [email]
    episodes:
      invitation: {message: essai, when: invitation}
      j-7: {message: essai, when: j-7}
      deplacement: {message: essai, when: by-hand}
      annulation: {message: essai, when: by-hand}
"""
ANA = Person(name="Ana Silva", roles=frozenset({Role.OPERATE}))
LEA = Person(name="Léa Petit", roles=frozenset({Role.OPERATE}))
NEW = {
    "kit": "webinaire",
    "look": "1",
    "date": "2026-11-10",
    "hour": "14:30",
    "end": "15:00",
    "place": "en ligne",
    "v-description": "Trente minutes, sans inscription.",
    "for-staff": "on",
}
SEPTEMBER = utc(10, 8, month=9)


def desk_on(current: Callable[[], App], local: Person) -> Starlette:
    """Its app is renewed at each look, as the daemon's is."""
    return make_desk(
        current,
        lambda: None,
        source=lambda app: app.desk,
        rehearsal_outbox=Path("nowhere"),
        real_channels=frozenset(),
        token=None,
        ready=lambda: True,
        looked_at=lambda: None,
        local=local,
    )


@asynccontextmanager
async def at_desk(world: World, who: Person = ANA) -> AsyncIterator[Visitor]:
    async with visiting(desk_on(lambda: world.app, who)) as visitor:
        yield visitor


async def look(world: World) -> None:
    """What a replica's next look reads."""
    configuration = await with_newest_edits(world.app.configuration, world.app.ledger.database)
    world.app = app_on(configuration, world.app.ledger, world.clock)
    world.restart()


def path(kind: str, **typed: str) -> str:
    return f"/change/{kind}?{urlencode(typed)}"


async def confirm(visitor: Visitor, kind: str, **typed: str) -> Answer:
    shown = await visitor.page(path(kind, **typed))
    return await visitor.post(path(kind, **typed), form_of_change(shown, kind))


def form_of_change(page: str, kind: str) -> dict[str, str]:
    start = page.index(f'method="post" action="/change/{kind}?')
    action = page[start:].split('action="', 1)[1].split('"', 1)[0]
    return form_of(page, action)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, KIT + REMINDERS) as opened:
        await opened.book.take_in(STAFF, person(1), person(2, place=REUNION))
        await opened.look(SEPTEMBER)
        yield opened


async def test_a_webinar_is_added_moved_called_off_and_leaves_at_its_new_hour(
    world: World,
) -> None:
    async with at_desk(world) as ana:
        front = await ana.page("/")
        kits = await ana.page("/change/event-created")
        form = await ana.page(path("event-created", kit="webinaire"))
        shown = words(await ana.page(path("event-created", **NEW)))
        before = await acts_of(world.app)
        made = await confirm(ana, "event-created", **NEW)
        there = words(await ana.page("/changes"))
        await look(world)
        await world.look()
        name = "webinaire-2026-11-10"
        moving = {"campaign": name, "look": "1", "date": "2026-11-17", "hour": "09:15"}
        moved = await confirm(ana, "event-moved", **moving)
        await look(world)
        await world.at(utc(20, 8))
        at_old = world.email.recipients
        await world.at(utc(27, 9))
        at_new = world.email.recipients
        called_off = await confirm(ana, "event-cancelled", campaign=name)
        left = words(await ana.page("/changes"))
        telling = await ana.get(f"/calendar/{name}/annulation/2026-10-27/send")
        await look(world)
        await world.at(utc(10, 9, month=11))

    assert 'href="/change/event-created"' in front
    assert "webinaire" in words(kits)
    assert 'name="v-description"' in form
    assert "Le recevraient : 2" in shown
    assert "Essai, mardi 20 octobre 2026" in shown
    assert "La Réunion (1)" in shown
    assert "Rien : aucun SMS." in shown
    assert before == []
    assert (made.status, made.headers["Location"]) == (303, "/changes?noted=1")
    assert f"mardi 10 novembre 2026, en ligne {name}" in there
    assert (moved.status, called_off.status) == (303, 303)
    # Three weeks before the new day, not before the old one; and no J-7 once it is called off.
    assert (at_old, at_new) == ([], ["p1@example.org", "p2@example.org"])
    assert world.email.recipients == at_new
    assert "annulé" in left
    assert telling.status == 200
    assert [one[:2] for one in await acts_of(world.app)][:3] == [
        ("Ana Silva", "change-calendar"),
    ] * 3


async def test_one_reminder_has_another_hour_another_day_or_none_and_comes_back(
    world: World,
) -> None:
    of = "rappels/mardi/2026-10-06"
    async with at_desk(world) as ana:
        page = await ana.page(f"/calendar/{of}")
        hour = await confirm(ana, "hour-changed", of=of, look="1", hour="16:00")
        day = await confirm(ana, "brought-forward", of=of, look="1", date="2026-10-01")
        gone = await confirm(ana, "skipped", of="rappels/mardi/2026-11-03")
        await look(world)
        await world.at(utc(1, 8))
        early = len(world.email.accepted)
        await world.at(utc(1, 14))
        sent = len(world.email.accepted)
        back = await confirm(ana, "withdraw", number="3")
        await look(world)
        await world.at(utc(3, 9, month=11))

    assert f'href="/change/hour-changed?of={of}"' in page
    assert [one.status for one in (hour, day, gone, back)] == [303] * 4
    assert (early, sent, len(world.email.accepted)) == (0, 2, 4)


async def test_a_campaign_is_switched_off_and_on(world: World) -> None:
    async with at_desk(world) as ana:
        shown = words(await ana.page(path("disabled", campaign="rappels")))
        off = await confirm(ana, "disabled", campaign="rappels")
        await look(world)
        await world.at(utc(6, 8))
        on = await confirm(ana, "enabled", campaign="rappels")
        await look(world)
        await world.at(utc(7, 8))
        await world.at(utc(3, 9, month=11))

    assert "Ne partira plus Essai, mardi 6 octobre 2026" in shown
    assert (off.status, on.status) == (303, 303)
    assert len(world.email.accepted) == 2


async def test_what_stands_in_the_way_is_shown_before_it_is_confirmed(tmp_path: Path) -> None:
    """The answer of the calendar's own rules: who gives way, and a day that is closed."""
    async with open_world(tmp_path, KIT + REMINDERS) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(SEPTEMBER)
        # Its invitation would fall on the day of a reminder, which is the stronger.
        asked = {**NEW, "date": "2026-10-27"}
        async with at_desk(world) as ana:
            shown = words(await ana.page(path("event-created", **asked)))
            of = "rappels/mardi/2026-10-06"
            forward = {"of": of, "look": "1", "date": "2026-09-29"}
            free = words(await ana.page(path("brought-forward", **forward)))

    assert "laisse la place à rappels/mardi le mardi 6 octobre" in shown
    assert "Aucun : heures, dimanches" in free


async def test_a_form_says_beside_its_field_what_is_wrong_and_how_to_mend_it(world: World) -> None:
    wrong = {
        "date": {"date": "demain"},
        "hour": {"hour": "02:30"},
        "end": {"end": "14:00"},
        "v-lien": {},
        "audiences": {"for-staff": ""},
    }
    del wrong["v-lien"]
    async with at_desk(world) as ana:
        answers = {
            field: await ana.get(path("event-created", **{**NEW, **change}))
            for field, change in wrong.items()
        }
        past = await ana.get(path("event-created", **{**NEW, "date": "2026-09-01"}))
        of = "rappels/mardi/2026-10-06"
        early = await ana.get(path("hour-changed", of=of, look="1", hour="06:00"))
        same = await ana.get(path("hour-changed", of=of, look="1", hour="10:00"))
        later = await ana.get(path("brought-forward", of=of, look="1", date="2026-10-08"))
        led_away = [
            await ana.get(path("event-created", **{**NEW, "v-description": said}))
            for said in (
                "Voir https://ailleurs.example/x",
                "[ici](www.ailleurs.example)",
                "https://℀.fr",
            )
        ]
        known = await ana.get(
            path("event-created", **{**NEW, "v-description": "Voir www.ameli.fr, puis venez."})
        )
        far = await ana.get(path("event-created", **{**NEW, "date": "9999-12-31"}))
        oldest = await ana.get(path("event-created", **{**NEW, "date": "0001-01-01"}))
        first = await ana.get(path("brought-forward", of=of, look="1", date="0001-01-01"))
        kit = await ana.get(path("event-created", kit="x", look="1"))

    for field, answer in answers.items():
        assert answer.status == 400, field
        assert f'id="{field}-wrong"' in answer.text
        assert f'href="#{field}"' in answer.text
        assert 'method="post" action="/change' not in answer.text
    assert "déjà passé" in words(past.text)
    assert "Courriel de 7 h à 21 h : c’est hors des heures permises" in words(early.text)
    assert "déjà ainsi" in words(same.text)
    assert "un jour avant celui qui est prévu" in words(later.text)
    assert [one.status for one in (*led_away, known)] == [400, 400, 400, 200]
    assert all('id="v-description-wrong"' in one.text for one in led_away)
    assert "dans les trois ans" in words(far.text)
    assert "déjà passé" in words(oldest.text)
    assert "déjà passé" in words(first.text)
    assert kit.status == 400
    assert await acts_of(world.app) == []


async def test_what_has_left_or_is_not_there_is_not_changed(world: World) -> None:
    of = "rappels/mardi/2026-10-06"
    await world.at(utc(6, 8))
    async with at_desk(world) as ana:
        page = await ana.page(f"/calendar/{of}")
        answers = [
            await ana.get(path("skipped", of=of)),
            await ana.get(path("skipped", of="rappels/mardi/2026-10-07")),
            await ana.get(path("event-moved", campaign="nulle-part", look="1", date="", hour="")),
            await ana.get(path("withdraw", number="1")),
            await ana.get(path("withdraw", number="x")),
            await ana.get("/change/event-tripled"),
            await ana.get(path("event-cancelled", campaign="webinaire")),
        ]

    assert "/change/skipped" not in page
    assert [one.status for one in answers] == [400, 404, 404, 404, 404, 404, 400]
    assert "déjà parti" in words(answers[0].text).lower()


async def test_said_twice_it_is_done_once_by_whichever_replica(world: World) -> None:
    """The answer to the first may be lost with the replica that gave it."""
    async with at_desk(world) as one, at_desk(world) as other:
        typed = path("event-created", **NEW)
        form = form_of_change(await one.page(typed), "event-created")
        elsewhere = form_of_change(await other.page(typed), "event-created")
        both = await asyncio.gather(*(one.post(typed, form) for _ in range(2)))
        again = await one.post(typed, form)
        # What was shown there before: the same change, by the same person.
        retried = await other.post(typed, elsewhere | {"says": form["says"]})
        count = len(await world.app.changes.every())

    assert [answer.status for answer in (*both, again, retried)] == [303] * 4
    assert count == 1


async def test_of_two_people_the_second_is_told_and_sees_it_as_it_is_now(world: World) -> None:
    of = "rappels/mardi/2026-10-06"
    async with at_desk(world) as ana, at_desk(world, LEA) as lea:
        mine, hers = (
            path("hour-changed", of=of, look="1", hour="16:00"),
            path("skipped", of="rappels/mardi/2026-11-03"),
        )
        first = form_of_change(await ana.page(mine), "hour-changed")
        second = form_of_change(await lea.page(hers), "skipped")
        done = await ana.post(mine, first)
        told = await lea.post(hers, second)
        now = await lea.post(hers, form_of_change(told.text, "skipped"))

    assert (done.status, told.status, now.status) == (303, 409, 303)
    assert "ont changé pendant que vous regardiez" in words(told.text)
    assert [who for who, _, _ in await acts_of(world.app)] == ["Ana Silva", "Léa Petit"]


async def test_nobody_is_told_that_a_change_is_gone_which_somebody_made_anew(
    world: World,
) -> None:
    of = "rappels/mardi/2026-10-06"
    taking = path("withdraw", number="1")
    async with at_desk(world) as ana, at_desk(world, LEA) as lea:
        await confirm(ana, "hour-changed", of=of, look="1", hour="16:00")
        form = form_of_change(await ana.page(taking), "withdraw")
        await confirm(lea, "hour-changed", of=of, look="1", hour="17:00")
        told = await ana.post(taking, form)
        stands = words(await ana.page("/changes"))
        gone = await confirm(ana, "withdraw", number="2")

    assert told.status == 409
    assert "Quelqu’un d’autre vient de changer le calendrier" in words(told.text)
    assert "à 17 h" in stands
    assert gone.status == 303


async def test_people_who_came_in_meanwhile_are_shown_before_it_is_done(world: World) -> None:
    asked = path("event-created", **NEW)
    async with at_desk(world) as ana:
        form = form_of_change(await ana.page(asked), "event-created")
        await world.book.take_in(STAFF, person(1), person(2, place=REUNION), person(3))
        answer = await ana.post(asked, form)

    assert answer.status == 409
    assert "Le recevraient : 3" in words(answer.text)
    assert await acts_of(world.app) == []


async def test_a_form_of_another_site_or_without_proof_does_nothing(world: World) -> None:
    asked = path("skipped", of="rappels/mardi/2026-10-06")
    async with at_desk(world) as ana:
        form = form_of_change(await ana.page(asked), "skipped")
        answers = [
            await ana.post(asked, form, **{"Sec-Fetch-Site": "cross-site"}),
            await ana.post(asked, {**form, "proof": ""}),
            await ana.post(path("withdraw", number="1"), form),
        ]

    assert [one.status for one in answers] == [403] * 3
    assert await acts_of(world.app) == []


async def test_a_file_edited_under_a_change_is_told_and_a_person_decides(tmp_path: Path) -> None:
    moving = {"campaign": "webinaire", "look": "1", "date": "2026-11-10", "hour": "09:00"}
    async with open_world(tmp_path, EVENT + SERIES) as world:
        await world.look(SEPTEMBER)
        async with at_desk(world) as ana:
            await confirm(ana, "event-moved", **moving)
            edit(world.config, "starts: 2026-10-13T14:30", "starts: 2026-12-15T14:30")
            world.read_again()
            await look(world)
            told = words(await ana.page("/changes"))
            kept = await confirm(ana, "keep", number="1")
            await look(world)
            calm = words(await ana.page("/changes"))
            taken = await confirm(ana, "withdraw", number="2")
            await look(world)
            starts = str(world.app.configuration.campaign("webinaire").starts)
            acts = [one[1] for one in await acts_of(world.app)]

    assert "le calendrier de base a changé depuis" in told
    assert "mardi 15 décembre 2026 à 14 h 30" in told
    assert "le calendrier de base a changé depuis" not in calm
    assert (kept.status, taken.status) == (303, 303)
    assert starts == "2026-12-15 14:30:00"
    assert acts == ["change-calendar", "keep-change", "withdraw-change"]


async def test_signs_that_do_harm_are_shown_as_signs(world: World) -> None:
    bad = '"><img src=x onerror=alert(1)>{{ 7*7 }}'
    async with at_desk(world) as ana:
        asked = {**NEW, "place": bad, "v-description": bad}
        shown = await ana.get(path("event-created", **asked))
        await ana.post(path("event-created", **asked), form_of_change(shown.text, "event-created"))
        listed = await ana.page("/changes")

    for page in (shown.text, listed):
        assert "<img src=x" not in page
        assert "49" not in words(page)
    assert bad in unescape(shown.text)


async def test_an_event_that_somebody_was_told_of_is_called_off_and_not_forgotten(
    world: World,
) -> None:
    """Nor made again under another name, once it is switched off: nobody hears twice."""
    name = "webinaire-2026-11-10"
    async with at_desk(world) as ana:
        await confirm(ana, "event-created", **NEW)
        await look(world)
        await world.look()
        untold = await ana.get(path("withdraw", number="1"))
        await world.at(utc(20, 8))
        told = await ana.get(path("withdraw", number="1"))
        with pytest.raises(EditRefused, match="people have its date"):
            await withdraw_changes(world.app, world.app.configuration.changes, "Ana")
        await confirm(ana, "disabled", campaign=name)
        await look(world)
        again = await ana.get(path("event-created", **{**NEW, "date": "2026-11-24"}))
        listed = words(await ana.page("/changes"))

    assert (untold.status, told.status, again.status) == (200, 400, 400)
    assert "Des personnes ont déjà cette date" in words(told.text)
    assert "sous un autre nom" in words(again.text)
    assert "Prévenir ceux qui ont déjà la date" not in listed
    assert len(world.email.accepted) == 2


async def test_an_event_of_several_days_keeps_its_last_day(world: World) -> None:
    several = {**NEW, "end": "18:00", "last": "2026-11-12"}
    async with at_desk(world) as ana:
        made = await confirm(ana, "event-created", **several)
        await look(world)
        form = await ana.page(path("event-moved", campaign="webinaire-2026-11-10"))
        unended = await ana.get(path("event-created", **{**several, "end": ""}))

    event = world.app.configuration.campaign("webinaire-2026-11-10")
    assert made.status == 303
    assert f"{event.ends}" == "2026-11-12 18:00:00"
    assert 'name="last" type="date" value="2026-11-12"' in form
    assert 'id="end-wrong"' in unended.text


async def test_what_asks_for_a_second_person_waits_for_one_at_its_new_day(tmp_path: Path) -> None:
    head = MESSAGES["essai/message.yaml"] + "approval: true\n"
    async with open_world(tmp_path, KIT, messages={"essai/message.yaml": head}) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(SEPTEMBER)
        async with at_desk(world) as ana:
            shown = words(await ana.page(path("event-created", **NEW)))
            made = await confirm(ana, "event-created", **NEW)
        await look(world)
        await world.look()
        await world.at(utc(20, 8))

    assert "Ce message demande une seconde personne" in shown
    assert made.status == 303
    assert world.email.recipients == []


async def test_a_kit_whose_texts_show_the_description_asks_for_it_once(tmp_path: Path) -> None:
    head = MESSAGES["essai/message.yaml"] + (
        "placeholders: {description: {label: Description, example: Essai, required: false}}\n"
    )
    text = MESSAGES["essai/email.fr.md"].replace("Un essai.", "Un essai. {{ description }}")
    changed = {"essai/message.yaml": head, "essai/email.fr.md": text}
    async with open_world(tmp_path, KIT, messages=changed) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(SEPTEMBER)
        async with at_desk(world) as ana:
            form = await ana.page(path("event-created", kit="webinaire"))
            await confirm(ana, "event-created", **NEW)
        await look(world)
        await world.look()
        await world.at(utc(20, 8))

    assert form.count('name="v-description"') == 1
    assert "sans inscription" in str(world.email.accepted[0])
