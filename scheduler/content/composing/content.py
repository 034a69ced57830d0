"""A message's text for one channel, audience and language, frozen at planning.

The ledger keeps it whole (``Content.to_json``): whatever happens to the writers' files later, a
planned delivery is composed from the text that was planned.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace

from scheduler.content import drawings, kickers
from scheduler.content.composing.layout import PATH as LAYOUT_PATH
from scheduler.content.composing.layout import check as check_layout
from scheduler.content.composing.texts import Texts, is_shown
from scheduler.content.drawings import Drawing
from scheduler.content.fields import HOST, RESERVED, RESERVED_IN_FILES, RESULTS
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.kickers import KeptKicker
from scheduler.content.library import Library
from scheduler.content.placeholders import filled
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import ContentError
from scheduler.domain.host import beside
from scheduler.domain.message import MessageClass, OnWeb
from scheduler.domain.values import frozen

#: The version of the notice on data, among its values, under a name that no writer can type.
_NOTICE = "@notice"
#: Fields that were not always there: left out where they say nothing.
_LATER = ("reads_as", "web")


@frozen
class Content:
    """Everything needed to compose a message again; equal contents have equal fingerprints."""

    message: str
    channel: str
    #: Name of the audience it is for.
    audience: str
    #: ``fr``, ``en``, ``fr-falc``.
    variant: str
    message_class: MessageClass
    title: str
    credit: str
    reviewed_by: str
    #: Templates still, as ``body`` and ``footer`` are: ``values`` fill them. Empty for SMS.
    subject: str
    preheader: str
    #: Markdown for e-mail, one line for SMS; snippets are in it.
    body: str
    #: The HTML layout, and the Markdown of the footer; empty for SMS.
    layout: str
    footer: str
    #: The placeholders, filled.
    values: Mapping[str, str]
    #: Contact fields that the body may use.
    field_names: tuple[str, ...]
    #: The .ics file that goes with it (RFC 5545); empty: none.
    calendar: str = ""
    #: What ``{{ audience }}`` says, for one that selects from another; empty: its own name.
    reads_as: str = ""
    #: Where its web version may be found.
    web: OnWeb = OnWeb.UNSAID

    @property
    def is_letter(self) -> bool:
        """It has a subject and a layout; otherwise it is one line, as it is read."""
        return bool(self.layout)

    @property
    def language(self) -> str:
        return self.variant.removesuffix("-falc")

    @property
    def calendar_method(self) -> str:
        """PUBLISH or CANCEL (RFC 5546); empty without a calendar file."""
        method = re.search(r"^METHOD:([A-Z]+)", self.calendar, re.MULTILINE)
        return method[1] if method else ""

    def carrying(self, calendar: str) -> "Content":
        """The same with an .ics file."""
        return replace(self, calendar=calendar)

    def saying(self, values: Mapping[str, str]) -> "Content":
        """The same with other values."""
        return replace(self, values=values)

    @property
    def drawing(self) -> Drawing | None:
        return drawings.of(self.values)

    @property
    def kicker(self) -> KeptKicker | None:
        return kickers.of(self.values)

    @property
    def notice(self) -> str:
        """The version of the notice on data that it leads to; empty: none was said."""
        return self.values.get(_NOTICE, "")

    @property
    def where(self) -> str:
        """What a fault found when composing is said to be in."""
        return f"{self.message} ({self.channel}, {self.variant})"

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, of ``to_json()``."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """Canonical: the same content always gives the same text."""
        kept = asdict(self)
        for name in _LATER:
            # Texts that were kept before it was known keep their fingerprint.
            if not kept[name]:
                del kept[name]
        return json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Content":
        """The content that ``to_json`` wrote."""
        stored = json.loads(text)
        stored["message_class"] = MessageClass(stored["message_class"])
        stored["web"] = OnWeb(stored.get("web", ""))
        stored["field_names"] = tuple(stored["field_names"])
        return cls(**stored)


def freeze(
    library: Library,
    message: MessageFolder,
    source: Source,
    audience: Audience,
    values: Mapping[str, str],
) -> Content:
    """``source`` with its snippets, layout, footer and placeholders, checked and complete.

    Raises ContentError, with file and line, for a syntax error, an unknown field or value, a
    placeholder not filled or too long, a contact field where none may be, or refused Markdown.
    """
    if source.fault is not None:
        raise ContentError.of(source.fault)
    slots = tuple(field.name for field in audience.fields if field.name.isidentifier())
    _check_names(message, slots, library.where(f"{message.path}/message.yaml"))
    texts = Texts(library=library, message=message, source=source, slots=slots)
    letter = source.is_letter
    if letter:
        texts.check_head()
    body = texts.body() if letter else texts.line()
    given = filled(message, values, library.where(f"{message.path}/message.yaml"))
    credit = message.credit
    if HOST not in given and is_shown(HOST, source.subject, source.preheader, body):
        # Kept with the text, as it was planned: another host's name takes a text of its own.
        given[HOST] = library.host.name
        credit = library.host.beside(credit)
    if letter:
        shown = (one for one in RESULTS if one not in given)
        given |= {
            one: ""  # whoever has the figures says them
            for one in shown
            if is_shown(one, source.subject, source.preheader, body)
        }
    if library.notice_version:
        given[_NOTICE] = library.notice_version
    if letter:
        given |= drawings.kept(library, message, source, audience)
        line = kickers.kept(message, source, audience)
        if line and message.kicker:
            given |= line
            credit = beside(credit, message.kicker.credit)
    return Content(
        message=message.path,
        channel=source.channel,
        audience=audience.name,
        reads_as=message.parents.get(audience.name, ""),
        web=message.web,
        variant=source.variant,
        message_class=message.message_class,
        title=message.title,
        credit=credit,
        reviewed_by=message.reviewed_by,
        subject=source.subject,
        preheader=source.preheader,
        body=body,
        layout=check_layout(library.layout(), library.where(LAYOUT_PATH)) if letter else "",
        footer=texts.footer() if letter else "",
        values=given,
        field_names=slots if letter else (),
    )


def _check_names(message: MessageFolder, slots: tuple[str, ...], where: str) -> None:
    """One name, one meaning: placeholders, contact fields and the program's own don't overlap."""
    placeholders = {*message.placeholders}
    taken = RESERVED & placeholders | RESERVED_IN_FILES & {*slots} | placeholders & {*slots}
    if taken:
        raise ContentError(
            where=where,
            what=f"« {min(taken)} » désigne deux choses à la fois (programme, message ou contacts)",
            remedy="donnez un autre nom au champ du message ou de l'audience",
        )
