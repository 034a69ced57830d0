"""Messages from a frozen content: composed once, filled for each recipient.

What a template asks of a contact field (``{% if prenom %}``) makes another skeleton, one for each
combination of answers met. A value is escaped and encoded by itself and put into a hole, so no
name can become a link, a mark-up, a header or a line.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple

from scheduler.content.composing import headers
from scheduler.content.composing.content import Content
from scheduler.content.composing.decisions import Decisions
from scheduler.content.composing.drafting import Drafter
from scheduler.content.composing.render import PLAIN, Text
from scheduler.content.composing.skeleton import (
    OPTOUT,
    Marks,
    Skeleton,
    build,
    link_values,
    wire_values,
)
from scheduler.content.elsewhere import for_elsewhere, is_elsewhere
from scheduler.content.fields import ESTABLISHMENT, HELP, OF_READER, ORIGIN, OWN_FILE, SUPPORT
from scheduler.content.grammar import Scope
from scheduler.content.sms import SmsSuffix, SmsText, count, transliterate, without_own_stop
from scheduler.content.wording import one_line
from scheduler.domain.errors import AddressRefused
from scheduler.domain.organisation import (
    NO_SUPPORT,
    EmailSender,
    File,
    Links,
    Organisation,
    Support,
)
from scheduler.domain.people.self_linking import links_itself

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.:\[\]-]{1,255}")
#: What readers save the calendar file as.
CALENDAR_NAME = "rendez-vous.ics"
#: What may stand between angle brackets in a header.
_IN_BRACKETS = r"[!-;=?-~]{1,900}"
#: All at once, line by line: none of them has room for a line's end.
_THREE_IN_BRACKETS = re.compile("\n".join([_IN_BRACKETS] * 3))


class EmailRecipient(NamedTuple):
    """Whom an e-mail is for, and what is theirs alone in it."""

    #: A bare address, in ASCII.
    to: str
    #: Contact fields; one that is missing is empty.
    fields: Mapping[str, str]
    #: The person's own opt-out page, which is the one-click address too (RFC 8058).
    optout_url: str
    #: The address that takes opt-outs by mail, without ``mailto:``.
    optout_mailto: str
    #: Whole, without angle brackets.
    message_id: str
    #: Aware, UTC.
    date: datetime
    #: Where their address came from, in the first message they get; empty ever after.
    origin: str = ""
    #: That source is the organisation's own file (GDPR article 13).
    own_file: bool = False


class EmailComposer:
    """One message in one language for one audience, ready to be filled."""

    def __init__(
        self,
        content: Content,
        sender: EmailSender,
        organisation: Organisation,
        links: Links,
        *,
        campaign: str,
        grounds: str,
        support: Support = NO_SUPPORT,
    ) -> None:
        """Compose what is the same for all. Raises ContentError when it can't be.

        ``campaign`` is named in Feedback-ID; ``grounds`` is the footer's sentence on why the
        reader gets this message, in the content's language; ``support`` is told to staff alone.
        """
        self._names = content.field_names
        self._support = support
        names = (*content.field_names, *OF_READER)
        if SUPPORT not in {*content.values, *content.field_names}:
            # A text that was kept before may say something of its own by that name.
            names = (*names, SUPPORT)
        self._marks = Marks(content.fingerprint, names, links.public_url)
        drawing = content.drawing if organisation.images else None
        shown = (organisation.logo, drawing.file if drawing else None)
        self._pictures = [picture for picture in shown if picture]
        self._files = [_calendar_file(content)] if content.calendar else []
        self._drafter = Drafter(content, organisation, links, grounds, self._marks)
        self._skeletons = Decisions[Skeleton]()
        self.subject = self._drafter.subject
        self.preheader = self._drafter.preheader
        self._head = headers.build(content, self.subject, campaign, sender, organisation, links)
        # Whatever is wrong shows now, not at the first recipient.
        self._skeleton({})

    def fill(self, recipient: EmailRecipient) -> bytes:
        """The whole RFC 5322 message: CRLF, 7-bit, no line over 998 octets or starting with a dot.

        Raises AddressRefused when ``to`` can't stand in a header.
        """
        return b"".join(self.splice(recipient))

    def splice(self, recipient: EmailRecipient) -> list[bytes]:
        """The same in pieces, which put together are the message."""
        fields = self._fields(recipient)
        skeleton = self._skeleton(fields)
        holes = wire_values({name: fields[name] for name in skeleton.names})
        holes |= link_values(recipient.optout_url)
        return skeleton.splice(holes | _header_values(recipient))

    def html(self, recipient: EmailRecipient) -> str:
        """The HTML part alone, as a mail program shows it."""
        fields = self._fields(recipient) | {OPTOUT: recipient.optout_url}
        skeleton = self._skeleton(fields)
        return skeleton.html % {name: escape(value) for name, value in fields.items()}

    def text(self, recipient: EmailRecipient) -> str:
        """The text part alone."""
        fields = self._fields(recipient) | {OPTOUT: recipient.optout_url}
        return self._skeleton(fields).text % fields

    def _fields(self, recipient: EmailRecipient) -> dict[str, str]:
        given = recipient.fields
        fields = {name: _shown(given.get(name, "")) for name in self._names}
        line = self._support.line(given.get(ESTABLISHMENT, ""))
        own = {
            ORIGIN: one_line(recipient.origin).strip(),
            OWN_FILE: "x" if recipient.own_file and recipient.origin else "",
            SUPPORT: one_line(line).strip(),
        }
        return own | fields

    def _skeleton(self, fields: Mapping[str, str]) -> Skeleton:
        found = self._skeletons.find(fields)
        if found is None:
            draft = self._drafter.draft(fields)
            found = build(
                self._marks,
                self._head,
                draft.text,
                draft.html,
                pictures=self._pictures,
                files=self._files,
            )
            self._skeletons.add(draft.answers, found)
        return found


def _calendar_file(content: Content) -> File:
    return File(
        content_type=f"text/calendar; charset=utf-8; method={content.calendar_method}",
        name=CALENDAR_NAME,
        body=content.calendar.encode(),
    )


def _header_values(recipient: EmailRecipient) -> dict[bytes, bytes]:
    if not _ADDRESS.fullmatch(recipient.to):
        raise AddressRefused("cette adresse ne peut pas figurer dans un en-tête")
    three = f"{recipient.message_id}\n{recipient.optout_url}\n{recipient.optout_mailto}"
    if not _THREE_IN_BRACKETS.fullmatch(three):
        raise ValueError("what is between brackets can't stand in a header")
    message_id, optout_url, optout_mailto = three.encode("ascii").split(b"\n")
    return {
        b"message_id": message_id,
        b"optout_url": optout_url,
        b"optout_mailto": optout_mailto,
        b"to": recipient.to.encode("ascii"),
        b"date": _date(recipient.date.replace(microsecond=0)),
    }


@lru_cache(maxsize=16)  # a batch shares its seconds, and formatting is slow
def _date(moment: datetime) -> bytes:
    return format_datetime(moment).encode("ascii")


@lru_cache(maxsize=16_384)
def _shown(value: str) -> str:
    """A contact's field in one line; nothing of what a mail program would make a link of. A file
    with such a name is told when it is imported: this is for what is in the ledger already."""
    text = one_line(value).strip()
    return "" if links_itself(text) else text


class SmsComposer:
    """One SMS text: the same for all but for the opt-out token, whose hour it says, and whom the
    reader may call."""

    def __init__(
        self, content: Content, suffix: SmsSuffix, *, support: Support = NO_SUPPORT, help: str = ""
    ) -> None:
        """``support`` is told to staff alone, ``help`` to all. Raises ContentError when the text
        can't be rendered."""
        self._content = content
        self._suffix = suffix
        self._support = support
        self._help = help
        self._elsewhere = for_elsewhere(content.values)
        self._lines: dict[tuple[bool, str], SmsText] = {}
        # Whatever is wrong shows now, not at the first recipient.
        for elsewhere in (False, True):
            self._kept(elsewhere, support.line())

    def fill(
        self, short_token: str, zone: str | None = None, *, establishment: str = ""
    ) -> SmsText:
        """The text with its suffix, for a reader of ``zone`` (IANA; None: nobody knows) who works
        in ``establishment``.

        The token has 8 letters or digits: ValueError otherwise.
        """
        elsewhere = is_elsewhere(self._content.values, zone)
        line = self._kept(elsewhere, self._support.line(establishment))
        return SmsText(
            body=self._suffix.lead + line.body + self._suffix.text(short_token),
            encoding=line.encoding,
            segments=line.segments,
        )

    def _kept(self, elsewhere: bool, support: str) -> SmsText:
        """As many as there are lines of support, twice where the text says an hour."""
        away = self._elsewhere if elsewhere else None
        key = (away is not None, support)
        if key not in self._lines:
            self._lines[key] = self._line(away or self._content.values, support)
        return self._lines[key]

    def _line(self, filled: Mapping[str, str], support: str) -> SmsText:
        """The text without its suffix, and what it costs with one."""
        values = {
            SUPPORT: transliterate(support),
            HELP: transliterate(self._help),
            **filled,
            "audience": self._content.reads_as or self._content.audience,
        }
        scope = Scope(where=self._content.where, fields=tuple(values))
        body = without_own_stop(Text(PLAIN, self._content.body, scope).render(values).strip())
        cost = count(body + self._suffix.sample)
        return SmsText(body=body, encoding=cost.encoding, segments=cost.segments)
