"""The inbound step: what comes back of a message, and what its readers answer.

A provider's word on a message becomes an event of its delivery; a text that somebody sends becomes
a reply, and does what it asks.
"""

import asyncio
import sys
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Protocol

from scheduler.content.sms import transliterate
from scheduler.domain.answers.events import UNDELIVERED, Consequence, Event, EventKind
from scheduler.domain.answers.replies import Reply, TakenReply
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.ids import DeliveryId
from scheduler.domain.masking import one_line
from scheduler.domain.names.tokens import Tokens
from scheduler.domain.provider import Callback
from scheduler.domain.values import frozen
from scheduler.log import get_logger

log = get_logger(__name__)


class EventLedger(Protocol):
    async def note_event(self, found: Event) -> bool:
        """Append an event and do what it asks; False when it says nothing new, or no delivery is
        meant."""


class ReplyLedger(Protocol):
    async def take(
        self, heard: Reply, hearing: Hearing, now: datetime, *, answerable: bool
    ) -> TakenReply | None:
        """Write a reply down and do what it asks; None when it is known already."""


@frozen
class Identity:
    """Who we are, in an answer of 160 characters."""

    name: str
    contact: str
    help_page: str
    #: How to reach whoever makes appointments; empty: nobody is named.
    appointments: str = ""


#: In GSM-7 and in few words. They name no list and no audience: another may hold the telephone.
ANSWERS: Mapping[str, Mapping[ReplyKind, str]] = {
    "fr": {
        ReplyKind.OPT_OUT: "C'est noté : vous ne recevrez plus nos SMS. {name}, {contact}",
        ReplyKind.LEAVES_SERIES: "C'est noté : plus de conseils par SMS. Pour ne plus rien "
        "recevoir de nous, répondez STOP. {name}",
        ReplyKind.OPT_IN: "C'est noté : vous recevrez de nouveau nos SMS. Pour ne plus "
        "en recevoir, répondez STOP. {name}",
        ReplyKind.HELP: "{name} : conseils de cybersécurité. Contact : {contact}. {help_page} "
        "Pour ne plus recevoir nos SMS, répondez STOP.",
    },
    "en": {
        ReplyKind.OPT_OUT: "Done: you will get no more SMS from us. {name}, {contact}",
        ReplyKind.LEAVES_SERIES: "Done: no more advice by SMS. To get nothing at all from us, "
        "reply STOP. {name}",
        ReplyKind.OPT_IN: "Done: you will get our SMS again. To stop them, reply STOP. {name}",
        ReplyKind.HELP: "{name}: advice on cybersecurity. Contact: {contact}. {help_page} "
        "To get no more SMS, reply STOP.",
    },
}


#: To whoever may wait for somebody: an appointment, an emergency, a question. One segment.
NOBODY_READS: Mapping[str, str] = {
    "fr": "Personne ne lit ce numéro. Urgence : 15 ou 112, par SMS 114.",
    "en": "Nobody reads this number. Emergency: 15 or 112, by SMS 114.",
}
APPOINTMENTS: Mapping[str, str] = {
    "fr": " Rendez-vous : {appointments}",
    "en": " Appointments: {appointments}",
}


async def note_callback(
    callback: Callback,
    words: Mapping[str, str],
    tokens: Tokens,
    ledger: EventLedger,
    now: datetime,
) -> None:
    """Write down a provider's callback and do what it asks: repeated, late or out of order, with
    the same end.

    ``words`` says what the provider's statuses mean, in ours. The delivery is the one our
    reference names; without a reference, the one that has the provider's id.
    """
    token = tokens.open_delivery(callback.reference) if callback.reference else None
    event = as_event(callback, words, token.delivery_id if token else None, now)
    if event is None or (callback.reference and token is None):
        log.warning("callback.unknown", status=one_line(callback.status))
        return
    if await ledger.note_event(event):
        log.info("event", kind=event.kind.value, delivery=event.delivery_id, code=event.code)


def as_event(
    callback: Callback, words: Mapping[str, str], delivery: DeliveryId | None, now: datetime
) -> Event | None:
    """What a callback says, in the ledger's words; None for a status nobody knows."""
    meaning = words.get(callback.status)
    if meaning is None:
        return None
    kind = EventKind(meaning)
    return Event(
        delivery_id=delivery,
        provider_id=callback.provider_id,
        kind=kind,
        code=one_line(callback.code),
        detail=one_line(callback.status),
        at=now,
        consequence=callback.consequence if kind in UNDELIVERED else Consequence.NOTHING,
    )


async def note_reply(
    reply: Reply, ledger: ReplyLedger, identity: Identity, now: datetime, *, may_answer: bool = True
) -> str:
    """Do what a reply asks, once; the words to send back, mostly none.

    Silent where the provider has answered, towards machines, and after a first answer that day.
    """
    hearing = await _heard(reply)
    answerable = may_answer and not reply.mark and reply.from_telephone
    taken = await ledger.take(reply, hearing, now, answerable=answerable)
    if taken is None:
        return ""
    log.info("reply", channel=reply.channel, kind=hearing.kind.value, changed=taken.changed)
    if not taken.answer:
        return ""
    return transliterate(
        _answer(hearing, "en" if taken.language == "en" else "fr", identity).format(
            name=identity.name,
            contact=identity.contact,
            help_page=identity.help_page,
            appointments=identity.appointments,
        )
    )


async def _heard(reply: Reply) -> Hearing:
    """The patterns of all that people answer are 0.1 s of a start and 3 MB, and most processes
    never hear a reply: they are loaded at the first one, beside the loop, which sends meanwhile."""
    if "scheduler.domain.hearing.deciding" not in sys.modules:
        await asyncio.to_thread(import_module, "scheduler.domain.hearing.deciding")
    from scheduler.domain.hearing.deciding import hear_marked

    return hear_marked(reply.mark, reply.text)


def _answer(hearing: Hearing, language: str, identity: Identity) -> str:
    found = ANSWERS[language].get(hearing.kind)
    if found is not None and not hearing.expects:
        return found
    return NOBODY_READS[language] + (APPOINTMENTS[language] if identity.appointments else "")
