"""A dated event: what fills its messages, and the .ics file that puts it into agendas."""

from collections import Counter, deque
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select

from scheduler.domain.answers.events import Event, EventKind
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.consent.optout import by_operator
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound, Permanent, Temporary, Uncertain
from scheduler.domain.ids import DeliveryId
from scheduler.domain.message import AddressKind, Message
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.send_now import bring_forward
from scheduler.store.planning.one_slot import EMAIL_FIRST
from scheduler.store.schema.tables import delivery, occurrence
from tests.flow_world import World, edit, open_world, utc
from tests.samples.content import FOOTER, read
from tests.samples.ledger import STAFF, person
from tests.samples.public import visiting

EVENT = """
  webinaire:
    kind: event
    topic: events
    audiences: [staff]
    starts: 2026-10-13T14:30
    ends: 2026-10-13T15:00
    place: salle 12
    values: {lien: "https://www.example.org/webinaire"}
    episodes:
      invitation: {message: rendez-vous/invitation, when: invitation}
      annulation: {message: rendez-vous/annulation, when: by-hand}
      deplacement: {message: rendez-vous/invitation, when: by-hand}
      veille: {message: rendez-vous/invitation, when: j-1}
"""
HEAD = "title: Essai\nclass: awareness\nowner: Essai\nchannels: [email, sms]\n"
BLANKS = """placeholders:
  date: {label: Jour, example: mardi 6/10, max_length: 14}
  date_complete: {label: Jour, example: mardi 6 octobre 2026, required: false}
  heure: {label: Heure, example: 14h30, max_length: 5}
  fuseau: {label: Fuseau, example: heure de Paris, required: false}
  lieu: {label: Lieu, example: salle 1, max_length: 12}
  duree: {label: Durée, example: 30 minutes, required: false}
  lien: {label: Page, example: "https://www.example.org", required: false}
  lieu_complet: {label: Lieu, example: "salle 1, bâtiment A", required: false}
"""
BODY = (
    "---\nsubject: Webinaire le {{ date }}\n"
    "preheader: Une heure pour apprendre trois gestes simples, et poser vos questions.\n---\n"
    "Le {{ date_complete }} à {{ heure }} ({{ fuseau }}), {{ lieu }}, {{ duree }}.\n"
)
MESSAGES = {
    "rendez-vous/invitation/message.yaml": HEAD
    + BLANKS
    + "calendar: {method: publish, summary: Démonter un faux message}\n",
    "rendez-vous/invitation/email.fr.md": BODY,
    "rendez-vous/invitation/sms.fr.txt": "Webinaire {{ date }} {{ heure }} {{ lieu }}",
    "rendez-vous/annulation/message.yaml": HEAD
    + BLANKS
    + "calendar: {method: cancel, summary: Démonter un faux message}\n",
    "rendez-vous/annulation/email.fr.md": BODY,
    "rendez-vous/annulation/sms.fr.txt": "Webinaire du {{ date }} annulé",
}
INVITED = utc(22, 8, month=9)


def calendar_of(message: Message) -> Calendar:
    """The attached file, as an agenda program opens it."""
    (file,) = read(message.body).iter_attachments()
    assert isinstance(file, EmailMessage)
    assert file.get_content_type() == "text/calendar"
    assert file.get_filename() == "rendez-vous.ics"
    octets = file.get_payload(decode=True)
    assert isinstance(octets, bytes)
    calendar = Calendar.from_ical(octets.decode())
    assert isinstance(calendar, Calendar)
    assert file.get_param("method") == calendar["method"]
    for line in octets.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
    return calendar


async def by_hand(world: World, episode: str, now: datetime, key: str = "") -> None:
    """``reflexe send-now``, and the look that follows."""
    app = world.app
    one = occurrence_to_send(app.agenda, "webinaire", episode, key, now.date())
    await bring_forward(app.agenda, app.ledger, app.hand, one, ["staff"], "Camille", now)
    await world.at(now)


async def test_the_program_fills_what_it_knows_of_the_event(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))

        await world.at(INVITED)
        await world.at(INVITED + EMAIL_FIRST)

        (mail,), (text,) = world.email.accepted, world.sms.accepted
        assert read(mail.body)["subject"] == "Webinaire le mardi 13/10"
        assert text.body.decode().startswith("Webinaire mardi 13/10 14h30 salle 12")
        body = read(mail.body).get_body(("plain",))
        assert body is not None
        said = " ".join(body.get_content().split())
        assert "Le mardi 13 octobre 2026 à 14h30 (heure de Paris), salle 12, 30 minutes." in said


async def test_the_invitation_puts_the_event_into_agendas(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))

        await world.at(INVITED)

        calendar = calendar_of(world.email.accepted[0])
        (event,) = calendar.events
        assert calendar["method"] == "PUBLISH"
        assert event["uid"] == "webinaire@cyber.example.org"
        assert (event["sequence"], event["summary"]) == (0, "Démonter un faux message")
        paris = ZoneInfo("Europe/Paris")
        assert event.start == datetime(2026, 10, 13, 14, 30, tzinfo=paris)
        assert event.end == datetime(2026, 10, 13, 15, tzinfo=paris)
        assert event.DTSTAMP == INVITED
        assert (event["location"], event["url"]) == (
            "salle 12",
            "https://www.example.org/webinaire",
        )
        assert event["organizer"] == "mailto:cyber@example.org"
        assert "attendee" not in event
        assert calendar.timezones[0]["tzid"] == "Europe/Paris"


async def test_a_moved_event_updates_the_entry_and_is_not_announced_twice(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)

        world.config.write_text(
            world.config.read_text(encoding="utf-8")
            .replace("2026-10-13T14:30", "2026-10-20T09:00")
            .replace("2026-10-13T15:00", "2026-10-20T10:30"),
            encoding="utf-8",
        )
        world.read_again()
        moved_at = utc(28, 8, month=9)
        await world.at(moved_at)
        assert len(world.email.accepted) == 1
        await by_hand(world, "deplacement", moved_at)

        first, second = (calendar_of(one).events[0] for one in world.email.accepted)
        assert first["uid"] == second["uid"]
        assert (second["sequence"], second.DTSTAMP) == (1, moved_at)
        assert second.start.day == 20
        await world.at(utc(19, 8))
        assert calendar_of(world.email.accepted[2]).events[0]["sequence"] == 1


@pytest.mark.parametrize(
    ("file", "was", "becomes"),
    [
        ("config.yaml", "https://www.example.org/webinaire", "https://www.example.org/salon"),
        ("config.yaml", "place: salle 12", "place: salle 14"),
        ("config.yaml", "values: {lien:", "values: {lieu_complet: Hall B, lien:"),
        ("config.yaml", "Centre hospitalier d’Essai", "Clinique d’Essai"),
        ("templates", "Démonter un faux message", "Trente minutes de trop"),
    ],
    ids=["link", "place", "whole place", "organiser", "summary"],
)
async def test_whatever_an_agenda_shows_makes_a_new_entry(
    tmp_path: Path, file: str, was: str, becomes: str
) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)

        edited = (
            world.config
            if file == "config.yaml"
            else world.config.parent / "templates/rendez-vous/invitation/message.yaml"
        )
        text = edited.read_text(encoding="utf-8")
        assert was in text
        edited.write_text(text.replace(was, becomes), encoding="utf-8")
        world.read_again()
        changed_at = utc(28, 8, month=9)
        await by_hand(world, "deplacement", changed_at)

        first, second = (calendar_of(one).events[0] for one in world.email.accepted)
        assert first["uid"] == second["uid"]
        assert (second["sequence"], second.DTSTAMP) == (1, changed_at)


async def test_an_entry_that_says_the_same_stays_as_it_is(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)
        await by_hand(world, "deplacement", utc(28, 8, month=9))

        second = calendar_of(world.email.accepted[1]).events[0]
        assert (second["sequence"], second.DTSTAMP) == (0, INVITED)


async def test_two_languages_of_one_entry_are_no_change(tmp_path: Path) -> None:
    texts = MESSAGES | {
        "rendez-vous/invitation/email.en.md": BODY,
        "_snippets/pied.en.md": FOOTER,
    }
    async with open_world(tmp_path, EVENT, messages=texts) as world:
        await world.book.take_in(STAFF, person(1), person(2, language="en"))
        await world.at(INVITED)
        await by_hand(world, "deplacement", utc(28, 8, month=9))

        said = [calendar_of(one).events[0] for one in world.email.accepted]
        assert len({one["description"] for one in said}) == 2
        assert [one["sequence"] for one in said] == [0, 0, 0, 0]


async def test_an_sms_says_whose_hour_it_shows_to_whom_it_is_not_theirs(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        here, away = person(1), person(2, place=Place(zone="Indian/Reunion", territory="974"))
        await world.book.take_in(STAFF, here, away)

        await world.at(INVITED)
        await world.at(INVITED + EMAIL_FIRST)

        said = {one.to: one.body.decode().partition(" Stop")[0] for one in world.sms.accepted}
        assert said == {
            here.phone: "Webinaire mardi 13/10 14h30 salle 12",
            away.phone: "Webinaire mardi 13/10 14h30 (Paris) salle 12",
        }


async def test_an_event_may_move_twice(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)
        await by_hand(world, "deplacement", INVITED, key="un")
        await by_hand(world, "deplacement", INVITED, key="deux")
        await by_hand(world, "deplacement", INVITED, key="deux")

        assert len(world.email.accepted) == 3  # the invitation and two moves


async def reasons_of(world: World, episode: str) -> dict[str, str]:
    """State, and the reason of those left out, of an episode's e-mails, by their address."""
    rows = await world.book.rows(
        select(delivery.c.state, delivery.c.reason, delivery.c.contact_id)
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .where(occurrence.c.episode == episode, delivery.c.channel == "email")
        .order_by(delivery.c.contact_id)
    )
    return {
        f"K{row.contact_id}": row.reason if row.state == "left-out" else row.state for row in rows
    }


@pytest.mark.parametrize("episode", ["deplacement", "annulation"])
async def test_only_who_was_invited_hears_of_a_change(tmp_path: Path, episode: str) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, *(person(n) for n in (1, 2, 3, 4)))
        world.email.refusals = {
            "p2@example.org": deque([Uncertain("", "no answer")]),
            "p4@example.org": deque([Permanent("550", "no")]),
        }
        await world.at(INVITED)
        next_day = INVITED + timedelta(days=1)
        await world.book.take_in(STAFF, person(5), at=next_day)
        refused = by_operator("email", next_day)
        await world.book.people.opt_out_identity(AddressKind.EMAIL, "p3@example.org", refused)

        await by_hand(world, episode, utc(5, 8))

        assert await reasons_of(world, episode) == {
            "K1": "sent",
            # One in doubt counts as had.
            "K2": "sent",
            "K3": "opted-out",
            "K4": "not-invited",
            "K5": "not-invited",
        }


@pytest.mark.parametrize("episode", ["deplacement", "annulation"])
async def test_what_tells_of_a_change_is_refused_once_the_event_is_over(
    tmp_path: Path, episode: str
) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)
        told = world.email.recipients

        with pytest.raises(NotFound, match="its event was on 2026-10-13"):
            await by_hand(world, episode, utc(20, 8))

        assert world.email.recipients == told
        assert await reasons_of(world, episode) == {}


async def test_who_still_waits_for_an_invitation_gets_it_with_the_new_date(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        world.email.refusals = {"p2@example.org": deque([Temporary("451", "later")])}
        await world.at(INVITED)

        edit(world.config, "2026-10-13T14:30", "2026-10-20T09:00")
        edit(world.config, "2026-10-13T15:00", "2026-10-20T10:30")
        world.read_again()
        moved_at = INVITED + timedelta(hours=2)
        await by_hand(world, "deplacement", moved_at)

        assert await reasons_of(world, "deplacement") == {"K1": "sent", "K2": "not-invited"}
        said = sorted(
            (one.to, calendar_of(one).events[0].start.day, calendar_of(one).events[0]["sequence"])
            for one in world.email.accepted
        )
        assert said == [
            ("p1@example.org", 13, 0),
            ("p1@example.org", 20, 1),
            ("p2@example.org", 20, 1),
        ]


async def test_who_still_waits_for_an_invitation_is_not_invited_to_what_is_off(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        world.email.refusals = {"p2@example.org": deque([Temporary("451", "later")])}
        await world.at(INVITED)

        await by_hand(world, "annulation", INVITED + timedelta(hours=2))

        assert await reasons_of(world, "invitation") == {"K1": "sent", "K2": "cancelled"}
        assert await reasons_of(world, "annulation") == {"K1": "sent", "K2": "not-invited"}


async def test_an_invitation_that_came_back_was_none(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.at(INVITED)
        returned = Event(
            delivery_id=DeliveryId(2),
            provider_id="",
            kind=EventKind.BOUNCED,
            code="5.1.1",
            detail="",
            at=INVITED + timedelta(hours=1),
        )
        await world.app.ledger.note_event(returned)

        await by_hand(world, "deplacement", utc(5, 8))

        assert await reasons_of(world, "deplacement") == {"K1": "sent", "K2": "not-invited"}


async def test_who_was_invited_by_mail_hears_by_sms_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1), person(2, email=None, agreed=["sms"]))
        await world.at(INVITED)

        await by_hand(world, "deplacement", INVITED)
        await world.at(INVITED + EMAIL_FIRST)

        told = Counter(one.to for one in world.sms.accepted)
        assert told == {"+33639980001": 2, "+33639980002": 2}


async def test_calling_it_off_takes_it_out_of_agendas_and_ends_the_rest(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)
        await by_hand(world, "annulation", utc(5, 8))

        calendar = calendar_of(world.email.accepted[1])
        (event,) = calendar.events
        assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
        assert (event["uid"], event["sequence"]) == ("webinaire@cyber.example.org", 1)
        await world.at(utc(12, 9))
        assert len(world.email.accepted) == 2
        states = {one.episode: one.state for one in await world.app.ledger.occurrences()}
        assert states["veille"] is OccurrenceState.CANCELLED


async def test_a_message_with_an_appointment_needs_a_dated_event(tmp_path: Path) -> None:
    undated = EVENT.replace("    starts: 2026-10-13T14:30\n    ends: 2026-10-13T15:00\n", "")
    filled = undated.replace("values: {", 'values: {date: mardi 6/10, heure: "14h30", ')
    async with open_world(tmp_path, filled, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))

        await by_hand(world, "annulation", INVITED)

        assert world.email.tries == []
        (alarm,) = [one for one in await world.app.ledger.open_alarms() if "annul" in one.subject]
        assert "n'a pas de date" in alarm.detail


async def test_the_page_of_an_event_that_is_off_says_so_at_once(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)
        await world.at(INVITED + EMAIL_FIRST)
        app = world.app
        sent = await app.public.published_since(INVITED, world.clock.now)
        paths = {one.channel: f"/m/{one.web_id}" for one in sent}
        async with visiting(app) as visitor:
            before = {channel: await visitor.get(path) for channel, path in paths.items()}

            # In the night: the messages that say so leave in the morning.
            world.clock.now = utc(4, 21)
            one = occurrence_to_send(app.agenda, "webinaire", "annulation", "", date(2026, 10, 4))
            hand = app.hand
            await bring_forward(
                app.agenda, app.ledger, hand, one, ["staff"], "Camille", world.clock.now
            )
            after = {channel: await visitor.get(path) for channel, path in paths.items()}
            passed_on = [await visitor.get(f"{path}/texte.txt") for path in paths.values()]

    off = "Annulé\N{NO-BREAK SPACE}: cet événement n’aura pas lieu.\n\n"
    assert [told.startswith(off) for _, told in passed_on] == [True, True]
    assert set(paths) == {"email", "sms"}
    for channel in paths:
        assert "Annulé" not in before[channel][1]
        assert "Annulé\N{NO-BREAK SPACE}: cet événement n’aura pas lieu." in after[channel][1]
