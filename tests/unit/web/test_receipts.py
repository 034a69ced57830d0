"""What comes back of a message: the provider's word and the reader's, from the HTTP request on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from sqlalchemy import Connection, insert, select, update

from scheduler.bootstrap import App
from scheduler.channels import twilio_sms
from scheduler.content.sms import count
from scheduler.domain.answers.events import EventKind, outranking
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.flow.answers.inbound import ANSWERS, APPOINTMENTS, NOBODY_READS
from scheduler.store.schema.tables import contact, delivery, event, occurrence, slot
from scheduler.web.public import make_public
from tests.fakes import sign
from tests.serving import serving
from tests.worlds import make_world

TOKEN = "token-of-the-look-alike"
TWILIO = twilio_sms.Provider(twilio_sms.Options(account_sid="AC1", auth_token=TOKEN))
PUBLIC = "https://cyber.example.org"
MARIE = "+33639980001"
SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Twilio, or somebody who says so."""

    app: App
    session: aiohttp.ClientSession
    delivery: int

    async def says(
        self, status: str, *, code: str = "", reference: str | None = None, **options: str
    ) -> int:
        """Make a callback; the HTTP status of its answer. ``reference`` is ours by default."""
        known = self.app.ledger.tokens.delivery(self.delivery)
        query = urlencode({"ref": known if reference is None else reference})
        fields = {"MessageSid": "SM1", "MessageStatus": status, "ErrorCode": code}
        url = f"{PUBLIC}/receipts/twilio?{query}"
        signature = sign(options.get("token", TOKEN), url, list(fields.items()))
        headers = {"X-Twilio-Signature": signature, "Host": options.get("host", "127.0.0.1")}
        async with self.session.post(
            f"/receipts/twilio?{query}", data=fields, headers=headers
        ) as answer:
            return answer.status

    async def writes(self, words: str, number: int = 1, **fields: str) -> str:
        """A text comes in; the body of the answer."""
        form = {"MessageSid": f"SM9{number}", "SmsStatus": "received", "From": MARIE} | fields
        form |= {"To": "36180", "Body": words, "NewField": " kept as it is "}
        signature = sign(TOKEN, f"{PUBLIC}/receipts/twilio", list(form.items()))
        headers = {"X-Twilio-Signature": signature}
        async with self.session.post("/receipts/twilio", data=form, headers=headers) as answer:
            assert (answer.status, answer.content_type) == (200, "text/xml")
            return await answer.text()

    async def opt_outs(self) -> list[tuple[str, str, str]]:
        return [(row.address, row.scope, row.route) for row in await self.app.people.opt_outs()]

    async def events(self) -> list[tuple[str, str, str]]:
        def find(connection: Connection) -> list[tuple[str, str, str]]:
            rows = connection.execute(
                select(event.c.kind, event.c.code, event.c.detail)
                .where(event.c.delivery_id == self.delivery)
                .order_by(event.c.id)
            )
            return [(row.kind, row.code, row.detail) for row in rows]

        return await self.app.ledger.database.read(find)

    async def set_state(self, state: DeliveryState) -> None:
        def change(connection: Connection) -> None:
            connection.execute(update(delivery).values(state=state, provider_id=""))

        await self.app.ledger.database.write(change)

    async def state(self) -> tuple[str, str]:
        def find(connection: Connection) -> tuple[str, str]:
            row = connection.execute(select(delivery.c.state, delivery.c.provider_id)).one()
            return row.state, row.provider_id

        return await self.app.ledger.database.read(find)


@pytest.fixture
async def caller(tmp_path: Path) -> AsyncIterator[Caller]:
    app = await make_world(tmp_path)
    row = await app.ledger.database.write(lambda connection: a_sent_sms(connection, app))
    public = make_public(
        lambda: app,
        lambda: {"twilio": TWILIO},
        ready=lambda: True,
    )
    with serving(public) as address:
        async with aiohttp.ClientSession(address) as session:
            yield Caller(app=app, session=session, delivery=row)
    await app.close()


def a_sent_sms(connection: Connection, app: App) -> int:
    now = app.clock()
    hers = connection.execute(select(contact.c.phone_id).where(contact.c.id == 1)).scalar_one()
    where = {"channel": "sms", "audience": "staff", "zone": "Europe/Paris", "territory": "FR"}
    times = {"due_at": now, "not_after": now, "planned_at": now}
    of_occurrence = connection.execute(
        insert(occurrence)
        .values(campaign="c", episode="e", local_date="2026-09-01", state="running")
        .returning(occurrence.c.id)
    ).scalar_one()
    of_slot = connection.execute(
        insert(slot)
        .values(occurrence_id=of_occurrence, state="planned", **where, **times)
        .returning(slot.c.id)
    ).scalar_one()
    row = connection.execute(
        insert(delivery)
        .values(occurrence_id=of_occurrence, slot_id=of_slot, contact_id=1, channel="sms")
        .values(basis="consent", state="sent", at=now, provider_id="SM1", address_id=hers)
        .returning(delivery.c.id)
    ).scalar_one()
    return int(row)


async def test_a_signed_callback_becomes_an_event(caller: Caller) -> None:
    assert await caller.says("undelivered", code="30003") == 204

    assert await caller.events() == [("bounced", "30003", "undelivered")]


@pytest.mark.parametrize(("code", "reason"), [("21610", "opted-out"), ("30006", "bounced")])
async def test_what_a_code_says_of_the_number_holds(caller: Caller, code: str, reason: str) -> None:
    assert await caller.says("undelivered", code=code) == 204

    (row,) = await caller.app.people.opt_outs()
    assert (row.address, row.route) == (MARIE, "provider")
    assert row.reason == reason


async def test_a_code_that_concerns_every_message_halts_the_campaign(caller: Caller) -> None:
    await caller.says("failed", code="30007")

    (alarm,) = await caller.app.ledger.open_alarms()
    assert (alarm.kind, alarm.subject, alarm.detail) == ("campaign-halted", "c/sms", "30007 failed")


async def test_a_code_beside_a_message_that_arrived_asks_nothing(caller: Caller) -> None:
    await caller.says("delivered", code="21610")

    assert await caller.opt_outs() == []
    assert await caller.events() == [("delivered", "21610", "delivered")]


async def test_only_the_configured_address_counts_not_the_host_header(caller: Caller) -> None:
    assert await caller.says("delivered", host="evil.example") == 204
    assert len(await caller.events()) == 1


async def test_a_callback_that_is_not_the_providers_is_refused(caller: Caller) -> None:
    assert await caller.says("delivered", token="guessed") == 403
    async with caller.session.post("/receipts/twilio", data={"MessageStatus": "sent"}) as unsigned:
        assert unsigned.status == 403
    async with caller.session.post("/receipts/nobody", data={}) as unknown:
        assert unknown.status == 404

    assert await caller.events() == []


async def test_callbacks_may_be_repeated_and_out_of_order(caller: Caller) -> None:
    for status in ("queued", "delivered", "delivered", "sent", "undelivered", "queued"):
        assert await caller.says(status) == 204

    assert [kind for kind, _, _ in await caller.events()] == ["queued", "delivered"]


async def test_a_callback_without_our_reference_is_found_by_the_providers_id(
    caller: Caller,
) -> None:
    assert await caller.says("delivered", reference="") == 204

    assert [kind for kind, _, _ in await caller.events()] == ["delivered"]


async def test_a_reference_that_is_not_ours_or_a_word_nobody_knows_changes_nothing(
    caller: Caller,
) -> None:
    other = caller.app.ledger.tokens.delivery(caller.delivery + 1)

    for reference in ("invented", other):
        assert await caller.says("delivered", reference=reference) == 204
    assert await caller.says("teleported") == 204

    assert await caller.events() == []


async def test_a_message_the_provider_speaks_of_is_no_longer_uncertain(caller: Caller) -> None:
    await caller.set_state(DeliveryState.UNCERTAIN)

    await caller.says("sent")

    assert await caller.state() == ("sent", "SM1")


async def test_a_callback_never_moves_a_delivery_that_is_certain(caller: Caller) -> None:
    await caller.set_state(DeliveryState.FAILED)

    await caller.says("delivered")

    assert await caller.state() == ("failed", "")


# What readers answer


async def test_stop_opts_out_and_is_confirmed_once(caller: Caller) -> None:
    first = await caller.writes("stop.", 1)
    again = await caller.writes("STOP", 2)

    assert "<Message>C'est noté : vous ne recevrez plus nos SMS." in first
    assert "cyber@example.org</Message>" in first
    assert again == SILENCE
    assert await caller.opt_outs() == [(MARIE, "everything", "sms")]


async def test_the_same_text_twice_is_handled_once(caller: Caller) -> None:
    assert await caller.writes("AIDE") != SILENCE
    assert await caller.writes("AIDE") == SILENCE


async def test_a_reader_who_reads_english_is_answered_in_english(caller: Caller) -> None:
    answer = await caller.writes("help", From="+33639980002")

    assert "advice on cybersecurity" in answer
    assert "https://cyber.example.org/aide" in answer


async def test_twilio_has_answered_already_where_it_says_so(caller: Caller) -> None:
    assert await caller.writes("ça suffit", OptOutType="STOP") == SILENCE

    assert await caller.opt_outs() == [(MARIE, "everything", "sms")]


@pytest.mark.parametrize("sender", ["36180", "CHVALBRI", "+33", "whatsapp:+33639980001"])
async def test_machines_are_never_answered(caller: Caller, sender: str) -> None:
    assert await caller.writes("AIDE", From=sender) == SILENCE
    assert await caller.writes("STOP", 2, From=sender) == SILENCE


async def test_an_auto_reply_is_neither_answered_nor_an_opt_out(caller: Caller) -> None:
    words = "Réponse automatique : je suis absente"

    assert await caller.writes(words) == SILENCE
    assert await caller.opt_outs() == []
    assert await caller.app.replies.open_replies() == []


async def test_an_auto_reply_that_may_be_leaving_is_held_and_not_answered(caller: Caller) -> None:
    assert await caller.writes("Automatic reply: I’m away, contact 36180") == SILENCE

    assert len(await caller.opt_outs()) == 1
    (waiting,) = await caller.app.replies.open_replies()
    assert waiting.kind == ReplyKind.DOUBT


async def test_other_words_wait_for_a_person_and_their_sender_is_told_so(caller: Caller) -> None:
    answer = await caller.writes("Arrêtez-vous de fumer ?")

    assert "Personne ne lit ce numéro. Urgence : 15 ou 112, par SMS 114." in answer
    assert await caller.writes("Je dois annuler mon rdv", 2) == SILENCE
    assert await caller.opt_outs() == []
    _, waiting = await caller.app.replies.open_replies()
    assert waiting.text == "Je dois annuler mon rdv"


@pytest.mark.parametrize("words", ["Mauvais numéro", "Il est décédé", "Merci !", "non stop"])
async def test_strangers_thanks_and_doubts_are_not_answered(caller: Caller, words: str) -> None:
    assert await caller.writes(words) == SILENCE

    (waiting,) = await caller.app.replies.open_replies()
    assert waiting.text == words


async def test_who_leaves_the_series_in_their_own_words_is_told_once_how_to_leave_all(
    caller: Caller,
) -> None:
    answer = await caller.writes("J’en ai marre")

    assert "C'est noté : plus de conseils par SMS." in answer
    assert "répondez STOP" in answer
    assert [(one.scope, one.reason) for one in await caller.app.people.opt_outs()] == [
        ("topics", "left-series")
    ]


async def test_a_question_waits_for_a_person(caller: Caller) -> None:
    await caller.writes("Arrêtez-vous de fumer ?")

    (waiting,) = await caller.app.replies.open_replies()
    assert (waiting.sender, waiting.text) == (MARIE, "Arrêtez-vous de fumer ?")


async def test_start_is_heard_where_the_person_had_agreed(caller: Caller) -> None:
    await caller.writes("STOP", 1)

    await caller.writes("start", 2)

    assert await caller.opt_outs() == []


async def test_a_text_with_another_signature_is_refused(caller: Caller) -> None:
    form = {"MessageSid": "SM9", "From": MARIE, "To": "36180", "Body": "STOP"}
    signature = sign(TOKEN, f"{PUBLIC}/receipts/twilio", [*form.items(), ("Body", "stop")])
    headers = {"X-Twilio-Signature": signature}

    async with caller.session.post("/receipts/twilio", data=form, headers=headers) as answer:
        assert answer.status == 403
    assert await caller.opt_outs() == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_that_nobody_reads_is_told_in_one_segment(language: str) -> None:
    words = NOBODY_READS[language] + APPOINTMENTS[language].format(appointments="é" * 80)

    counted = count(words)

    assert (counted.encoding, counted.segments) == ("GSM-7", 1)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", [ReplyKind.OPT_OUT, ReplyKind.OPT_IN, ReplyKind.HELP])
def test_each_answer_is_at_most_two_segments_of_plain_letters(
    language: str, kind: ReplyKind
) -> None:
    words = ANSWERS[language][kind].format(
        name="Centre hospitalier d'Essai", contact="cyber@example.org", help_page=f"{PUBLIC}/aide"
    )

    counted = count(words)

    assert counted.encoding == "GSM-7"
    assert counted.segments <= 2


async def test_too_many_fields_are_refused_before_anything_is_checked(caller: Caller) -> None:
    fields = {f"f{number}": "" for number in range(500)}

    async with caller.session.post("/receipts/twilio", data=fields) as answer:
        assert answer.status == 400


def test_what_is_delivered_is_never_taken_back() -> None:
    # Only its reader can say more of it.
    assert outranking(EventKind.DELIVERED) == {EventKind.COMPLAINED}
    assert outranking(EventKind.COMPLAINED) == frozenset()
    assert all(
        EventKind.DELIVERED in outranking(kind)
        for kind in EventKind
        if kind not in (EventKind.DELIVERED, EventKind.COMPLAINED)
    )


def test_twilios_words_are_all_kinds_of_events_but_our_own_and_a_mail_s() -> None:
    words = {EventKind(word) for word in twilio_sms.Provider.events.values()}

    assert words == set(EventKind) - {
        EventKind.COMPLAINED,
        EventKind.RETRIED,
        EventKind.CHALLENGED,
    }
