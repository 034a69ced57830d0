"""What one reader would get of a message, through the real render step.

Apart from its tokens, which open the opt-out page and change nothing, a preview is byte for byte
what would be sent. Nobody needs to be in the ledger.
"""

import asyncio
import re
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from scheduler.content.composing.compose import EmailComposer
from scheduler.content.composing.content import Content
from scheduler.content.proving import prove
from scheduler.content.sms import count
from scheduler.domain.calendar.appointment import AgendaEntry
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import AddressId, ContactId, ContentId, DeliveryId
from scheduler.domain.message import AddressKind
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN
from scheduler.domain.sending import Due, trial_claim
from scheduler.domain.showing.desk import Attachment, EmailView, Preview, Reader, SmsView
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.render import Renderer
from scheduler.flow.showing.messages import sample_content

#: Invented readers, the hard ones too: no name, a very long one, other scripts, other directions.
READERS = (
    Reader(
        name="camille",
        fields={
            "prenom": "Camille",
            "nom": "Moreau",
            "etablissement": "Centre hospitalier de l’Exemple",
            "service": "Accueil",
            "fonction": "secrétaire médicale",
        },
    ),
    Reader(
        name="premier-message",
        fields={"prenom": "Camille", "nom": "Moreau"},
        origin="l’annuaire de l’établissement",
    ),
    Reader(name="sans-nom"),
    Reader(name="long", fields={"prenom": "Marie-" + "Bérengère-" * 11 + "Anne", "nom": "Long"}),
    Reader(name="mei-ling", fields={"prenom": "美玲", "nom": "王"}),
    Reader(name="layla", fields={"prenom": "ليلى", "nom": "حداد"}),
    Reader(name="yael", fields={"prenom": "יעל", "nom": "כהן"}),
    Reader(name="accents", fields={"prenom": "Maëlys-Zoé", "nom": "L’Hôpital d'Œuvre"}),
    Reader(name="balise", fields={"prenom": "<b>Léa</b>", "nom": "{{ prenom }}"}),
)

#: Where a page shows a picture of its own message.
_PICTURE = re.compile(r"""(?<==["'])cid:([^"'<>\s]+)""")


@frozen
class Asked:
    """Which preview is wanted."""

    #: Folder path under templates/.
    message: str
    channel: str
    #: The audience's name.
    audience: str
    language: str = "fr"
    easy_to_read: bool = False
    reader: Reader = READERS[0]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The one text of a preview, as the ledger would give it."""

    text: str

    async def content(self, content_id: ContentId) -> str:
        return self.text


async def preview(agenda: Agenda, renderer: Renderer, asked: Asked, now: datetime) -> Preview:
    """Compose it for this reader. ``renderer`` must be one for trials (``test``).

    Raises NotFound for an unknown message or audience, or when there is no text for these, and
    ContentError for a fault in the writers' files.
    """
    audience = agenda.configuration.audience(asked.audience)
    folder = agenda.library.load(asked.message)
    source = folder.pick(asked.channel, audience.name, asked.language, asked.easy_to_read)
    if source is None or asked.channel not in audience.channels:
        raise NotFound(f"{folder.path} : aucun texte {asked.channel} pour « {audience.label} »")
    entry = AgendaEntry(sequence=0, changed_at=now)
    content, campaign = await asyncio.to_thread(
        sample_content, agenda, folder, source, audience, entry
    )
    await prove(content, agenda.configuration.kept_findings)
    body = await _body(renderer, content, asked, campaign, now)
    composer = renderer.composer(content, campaign, audience.name)
    is_text = renderer.channels[asked.channel].address_kind is AddressKind.PHONE
    return Preview(
        source=source.path,
        variant=source.variant,
        body=body,
        view=read_sms(body) if is_text else read_email(body),
        preheader=composer.preheader if isinstance(composer, EmailComposer) else "",
    )


def read_email(body: bytes) -> EmailView:
    """A whole RFC 5322 message, read as a mail program does. A part that isn't there is empty."""
    message = message_from_bytes(body, _class=EmailMessage, policy=policy.default)
    return EmailView(
        subject=str(message["subject"] or ""),
        html=_with_pictures(message, _part(message, "html")),
        text=_part(message, "plain"),
        headers=[(name, str(value)) for name, value in message.items()],
        attachments=[_attachment(part) for part in message.walk() if _is_beside(part)],
    )


def read_sms(body: bytes) -> SmsView:
    """The text of an SMS, and what it costs."""
    text = body.decode(errors="replace")
    cost = count(text)
    return SmsView(
        body=text,
        encoding=cost.encoding,
        units=cost.units,
        segments=cost.segments,
        costly=cost.costly,
    )


def _with_pictures(message: Message, html: str) -> str:
    """The page with the pictures that the message carries in their place (RFC 2392)."""
    pictures = {
        str(part["Content-ID"]).strip("<> "): part
        for part in message.walk()
        if part["Content-ID"] and part.get_content_maintype() == "image"
    }

    def picture(named: re.Match[str]) -> str:
        part = pictures.get(named[1])
        return f"data:{part.get_content_type()};base64,{_base64(part)}" if part else named[0]

    return _PICTURE.sub(picture, html)


def _base64(part: Message) -> str:
    octets = part.get_payload(decode=True)
    return b64encode(octets).decode() if isinstance(octets, bytes) else ""


def _is_beside(part: Message) -> bool:
    """Neither a container, nor one of the two parts that are read, nor a picture of the page."""
    read = part.get_content_type() in ("text/plain", "text/html")
    return not (part.is_multipart() or part["Content-ID"] or (read and not part.get_filename()))


def _attachment(part: Message) -> Attachment:
    octets = part.get_payload(decode=True)
    is_text = part.get_content_maintype() == "text"
    return Attachment(
        name=part.get_filename() or "",
        kind=part.get_content_type(),
        text=octets.decode(errors="replace") if is_text and isinstance(octets, bytes) else "",
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if isinstance(part, EmailMessage) else ""


async def _body(
    renderer: Renderer, content: Content, asked: Asked, campaign: str, now: datetime
) -> bytes:
    reader = asked.reader
    by_phone = renderer.channels[asked.channel].address_kind is AddressKind.PHONE
    due = Due(
        delivery_id=DeliveryId(0),
        contact_id=ContactId(0),
        address_id=AddressId(0),
        content_id=ContentId(0),
        attempts=0,
        to=reader.phone if by_phone else reader.email,
        short_token=TEST_SHORT_TOKEN,
        language=asked.language,
        fields=reader.fields,
        origin=reader.origin,
    )
    claim = trial_claim(
        message=asked.message,
        campaign=campaign,
        channel=asked.channel,
        audience=asked.audience,
        place=reader.place,
        now=now,
    )
    alone = replace(renderer, contents=_Kept(content.to_json()), _composers={})
    return (await alone.message(due, claim, now)).body
