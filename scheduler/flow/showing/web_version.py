"""A text that was sent, composed as anybody's: its page, and in whose name it is."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.content.composing.compose import EmailComposer, EmailRecipient, SmsComposer
from scheduler.content.composing.content import Content
from scheduler.content.composing.drafting import subject_line
from scheduler.content.drawings import DRAWING_ID
from scheduler.content.sms import SmsSuffix
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.message import MessageClass
from scheduler.domain.organisation import LOGO_ID, EmailSender, File, Links, Organisation
from scheduler.domain.showing.published import PublishedText, WebVersion
from scheduler.domain.values import frozen

_GROUNDS = {
    "fr": "Vous lisez la version en ligne d’un message que nous avons envoyé.",
    "en": "You are reading the web version of a message that we sent.",
}
#: Under a web version's own address.
DRAWING_FILE = "dessin.png"
#: The part of the help page that says how to stop our messages.
HOW_TO_STOP = "#arret"
#: An SMS's ending has the reader's own link in it.
_NO_SUFFIX = SmsSuffix(before="", personal=False)


@frozen
class Writer:
    """In whose name messages are composed."""

    organisation: Organisation
    links: Links
    sender: EmailSender
    #: In which the dates are told (IANA name).
    zone: str
    #: Audience -> who they are.
    people: Mapping[str, People] = field(default_factory=dict)

    def people_of(self, text: PublishedText) -> People:
        """Of an audience that config.yaml no longer names nobody knows."""
        return self.people.get(text.audience, People.UNSAID)


def compose(content: Content, found: PublishedText, writer: Writer) -> WebVersion:
    drawing = content.drawing if writer.organisation.images else None
    html, plain = parts_of(content, found.since, writer) if content.layout else ("", "")
    text = "" if content.layout else SmsComposer(content, _NO_SUFFIX).fill("").body
    return WebVersion(
        title=title_of(content, writer),
        channel=content.channel,
        language=content.language,
        sent_on=found.since.astimezone(ZoneInfo(writer.zone)).date(),
        html=html.replace(f"cid:{DRAWING_ID}", f"{found.web_id}/{DRAWING_FILE}"),
        text=text,
        plain=plain or text,
        campaign=found.campaign,
        drawing=drawing.file.body if drawing else b"",
        message=content.message,
        audience=found.audience,
        variant=content.variant,
        is_advice=content.message_class is MessageClass.AWARENESS,
    )


def title_of(content: Content, writer: Writer) -> str:
    if not content.subject:
        return content.title
    return subject_line(content, writer.organisation, writer.links)


def page_of(content: Content, since: datetime, writer: Writer) -> str:
    return parts_of(content, since, writer)[0]


def parts_of(content: Content, since: datetime, writer: Writer) -> tuple[str, str]:
    """An e-mail's page, and its text: nobody's, and without anybody's link."""
    composer = EmailComposer(
        content,
        writer.sender,
        writer.organisation,
        writer.links,
        campaign=content.message,
        grounds=_GROUNDS.get(content.language, _GROUNDS["fr"]),
    )
    nobody = EmailRecipient(
        to="",
        fields={},
        optout_url=f"{writer.links.help_page}{HOW_TO_STOP}",
        optout_mailto="",
        message_id="",
        date=since,
    )
    html, logo = composer.html(nobody), writer.organisation.logo
    shown = html if logo is None else html.replace(f"cid:{LOGO_ID}", _in_place(logo))
    return shown, composer.text(nobody)


def _in_place(picture: File) -> str:
    """A picture that travels in the page, as it did in the message (RFC 2397)."""
    return f"data:{picture.content_type};base64,{b64encode(picture.body).decode()}"
