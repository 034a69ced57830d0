"""The messages somebody got, in words: each kept text, filled with what is known of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from scheduler.content.composing.content import Content
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import AddressId, ContactId, DeliveryId
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN
from scheduler.domain.people.person import ContactCard
from scheduler.domain.sending import Due, trial_claim
from scheduler.flow.render import Renderer
from scheduler.flow.writing.preview import read_email
from scheduler.log import get_logger

log = get_logger(__name__)

#: They have it, or may.
_GOT = (DeliveryState.SENT.value, DeliveryState.UNCERTAIN.value)


async def with_words(
    renderer: Renderer, card: ContactCard, messages: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Each message with its ``title``; what they got also with its ``subject`` and ``words``.

    ``renderer`` must be one for trials: its links open the pages, and change nothing. The fields
    are today's, for the ledger keeps no former ones.
    """
    return [await _with_words(renderer, card, one) for one in messages]


async def _with_words(
    renderer: Renderer, card: ContactCard, message: Mapping[str, Any]
) -> dict[str, Any]:
    told = {name: value for name, value in message.items() if name != "content"}
    if message["content"] is None:
        return {**told, "title": "", "notice_version": "", "subject": "", "words": ""}
    content = Content.from_json(await renderer.contents.content(message["content"]))
    told |= {"title": content.title, "notice_version": content.notice}
    if message["state"] not in _GOT:
        return {**told, "subject": "", "words": ""}
    subject, words = await _words(renderer, card, message, content)
    return {**told, "subject": subject, "words": words}


async def _words(
    renderer: Renderer, card: ContactCard, message: Mapping[str, Any], content: Content
) -> tuple[str, str]:
    now = datetime.fromisoformat(message["at"])
    claim = trial_claim(
        message=content.message,
        campaign=message["occurrence"].partition("/")[0],
        channel=content.channel,
        audience=content.audience,
        place=Place(zone=card.zone, territory=card.territory),
        now=now,
    )
    due = Due(
        delivery_id=DeliveryId(0),
        contact_id=ContactId(0),
        address_id=AddressId(0),
        content_id=message["content"],
        attempts=0,
        to=message["to"] or "personne@example.org",
        short_token=TEST_SHORT_TOKEN,
        language=content.language,
        fields=card.fields,
    )
    try:
        body = (await renderer.message(due, claim, now)).body
    except Exception:
        # An audience that is no more, a file of another version: the text itself is there still.
        log.warning("dossier.unrenderable", occurrence=message["occurrence"])
        return content.subject, content.body
    if not content.is_letter:
        return "", body.decode()
    view = read_email(body)
    return view.subject, view.text
