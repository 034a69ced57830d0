"""What the desk, a complaint's answer and the public pages show of messages that lack something."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import app_on, make_renderer, with_newest_edits
from scheduler.domain.audit import AuditAct
from scheduler.domain.calendar.campaigns import CampaignKind
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.errors import NotFound
from scheduler.flow.showing import desk, titles
from scheduler.flow.showing.called_off import Standing, standing_of
from scheduler.flow.showing.kept_messages import with_words
from scheduler.flow.showing.messages import listing, next_dates
from scheduler.flow.showing.unfinished import unfinished
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.watching import calendar_behind
from tests.flow_world import EVENT, MESSAGES, SERIES, World, open_world, utc
from tests.samples.changes import asked, switched
from tests.samples.ledger import STAFF, person

KINDS = EVENT + SERIES.lstrip("\n")
CANCELS = {
    "annule/message.yaml": MESSAGES["essai/message.yaml"].replace("[email, sms]", "[email]")
    + "calendar: {method: cancel, summary: Essai}\n",
    "annule/email.fr.md": MESSAGES["essai/email.fr.md"],
}
CANCELLED = EVENT + (
    "      annulation: {message: annule, when: by-hand}\n"
    "      disparu: {message: nulle-part, when: by-hand}\n"
)


async def test_an_event_is_on_until_somebody_sends_that_it_is_not(tmp_path: Path) -> None:
    async with open_world(tmp_path, CANCELLED + SERIES.lstrip("\n"), messages=CANCELS) as world:
        await world.book.take_in(STAFF, person(1))
        app, now = world.app, utc(1, 8)

        async def standing(campaign: str) -> Standing:
            return await standing_of(app.agenda, app.public, campaign)

        assert await standing("nowhere") is Standing.NO_EVENT
        assert await standing("cybermois") is Standing.NO_EVENT
        assert await standing("webinaire") is Standing.ON

        for episode in ("disparu", "annulation"):
            one = occurrence_to_send(app.agenda, "webinaire", episode, "", now.date())
            await app.hand.bring_forward(one, ["staff"], "Camille", now, ())
            assert (await standing("webinaire") is Standing.CALLED_OFF) is (episode == "annulation")


async def test_a_message_that_cannot_be_read_is_shown_with_its_fault(tmp_path: Path) -> None:
    lost = SERIES + "      deux: {message: nulle-part, when: sunday-2}\n"
    faulty = {"faux/message.yaml": "titre: Essai\n"}
    async with open_world(tmp_path, lost, messages=faulty) as world:
        shown = {one.path: one for one in listing(world.app.agenda)}
        dates = next_dates(world.app.agenda, date(2026, 9, 1), date(2027, 9, 1))
        lacking = {one.message for one in unfinished(world.app.agenda)}

    assert shown["essai"].fault is None
    nowhere, broken = shown["nulle-part"].fault, shown["faux"].fault
    assert nowhere is not None
    assert "retirez-le de la campagne" in nowhere.remedy
    assert broken is not None
    assert broken.where.endswith("faux/message.yaml")
    assert dates == {"essai": date(2026, 10, 4), "nulle-part": date(2026, 10, 11)}
    assert "faux" in lacking


async def test_an_occurrence_is_found_by_its_printed_id_alone(tmp_path: Path) -> None:
    async with open_world(tmp_path, KINDS) as world:
        await world.book.take_in(STAFF, person(1))
        app = world.app
        kinds = {name: one.address_kind for name, one in app.channels.items()}
        await desk.know_people(app.agenda, app.desk, kinds)

        found = await desk.occurrence(app.agenda, app.desk, kinds, "cybermois/un/2026-10-04")
        assert found.title == "Essai"
        for printed in ("cybermois/un/bientot", "cybermois/un/2026-10-05", ""):
            with pytest.raises(NotFound):
                await desk.occurrence(app.agenda, app.desk, kinds, printed)


async def test_a_campaign_is_called_by_what_it_says(tmp_path: Path) -> None:
    async with open_world(tmp_path, KINDS) as world:
        agenda = world.app.agenda
        event, series = (agenda.configuration.campaign(one) for one in ("webinaire", "cybermois"))

        assert titles.campaign_title(agenda, event) == "Essai, mardi 13 octobre 2026"
        assert titles.campaign_title(agenda, series) == "Série «\u00a0Essai\u00a0»"
        assert titles.campaign_title(agenda, replace(series, episodes=[])) == "cybermois"
        assert event.kind is CampaignKind.EVENT
        unread = replace(event.episodes[0], name="veille", message="nulle-part", when="j-1")
        both = replace(event, episodes=(unread, *event.episodes))
        # Of titles that have no beginning in common, that of the invitation, wherever it stands.
        assert titles.campaign_title(agenda, both) == "Essai, mardi 13 octobre 2026"


async def dossier(world: World) -> list[dict[str, str]]:
    (card,) = await world.app.people.find("K1", None)
    found = await world.app.people.dossier(card, "Camille", world.clock.now)
    return await with_words(make_renderer(world.app, test=True), card, found["messages"])


async def test_a_person_reads_what_they_got_even_of_an_audience_that_is_no_more(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(4, 8))
        (whole,) = await dossier(world)
        gone = replace(world.app.configuration, audiences=(), campaigns=())
        world.app = app_on(gone, world.app.ledger, world.clock)
        (kept,) = await dossier(world)

    assert "Un essai." in whole["words"]
    assert "Un essai." in kept["words"]
    assert whole["subject"] == kept["subject"] == "Essai"


async def test_a_sending_for_which_nobody_had_a_text_is_shown_without(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        (card,) = await world.app.people.find("K1", None)
        row = {"occurrence": "cybermois/un/2026-10-04", "state": "left-out", "content": None}

        (shown,) = await with_words(make_renderer(world.app, test=True), card, [row])

    assert shown == {
        "occurrence": "cybermois/un/2026-10-04",
        "state": "left-out",
        **dict.fromkeys(("title", "notice_version", "subject", "words"), ""),
    }


async def test_what_a_person_was_not_sent_has_no_words(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        (card,) = await world.app.people.find("K1", None)
        assert card.email_id is not None
        refusal = by_email_link(utc(3, 8), one_click=True, person=card.contact)
        await world.app.people.opt_out(card.email_id, refusal)
        await world.at(utc(4, 8))

        (left_out,) = [one for one in await dossier(world) if one["channel"] == "email"]

    assert (left_out["state"], left_out["subject"], left_out["words"]) == ("left-out", "", "")
    assert left_out["title"] == "Essai"


async def test_a_decision_that_a_file_overtook_calls_a_person_until_it_is_decided(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        changes = world.app.changes
        await changes.decide(
            [asked(switched("partie", on=False))], 0, AuditAct.CHANGE_CALENDAR, world.clock.now
        )
        laid = (await with_newest_edits(world.app.configuration, world.app.ledger.database)).changes

        await calendar_behind.look(laid, world.app.ledger, world.clock.now + timedelta(days=60))
        assert await world.alarms() == ["calendar-behind partie/enabled"]
        await calendar_behind.look([], world.app.ledger, world.clock.now)
        assert await world.alarms() == []
