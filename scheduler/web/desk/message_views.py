"""What the pages on messages show: a card of the list, and a channel of one message."""

from collections.abc import Mapping, Sequence
from datetime import date

from scheduler.content.rules.client_support import notes_for
from scheduler.content.rules.client_support_data import Note
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import Fault
from scheduler.domain.showing.desk import EmailView, MessageView, Preview, SmsView
from scheduler.domain.showing.unfinished import Unfinished, Want
from scheduler.domain.values import frozen
from scheduler.web.desk.looks import has_images
from scheduler.web.desk.review import Reviewed, faults, with_faults


@frozen
class Card:
    """A message of the list."""

    view: MessageView
    #: Its next date within a year.
    when: date | None
    findings: Sequence[Finding]
    #: ``check`` hasn't read it yet.
    is_unread: bool = False
    #: What it lacks before it can leave.
    wants: Sequence[Want] = ()

    @property
    def faults(self) -> Sequence[Finding]:
        return faults(self.findings)


def cards(
    views: Sequence[MessageView],
    dates: Mapping[str, date],
    reviewed: Reviewed,
    to_complete: Sequence[Unfinished],
) -> list[Card]:
    """A card a message, the next ones to leave first, those to be completed last."""
    wants = {one.message: one.wants for one in to_complete}
    made = [_card(view, dates.get(view.path), reviewed, wants.get(view.path, ())) for view in views]
    return sorted(made, key=lambda card: (bool(card.wants), card.when or date.max))


def _card(view: MessageView, when: date | None, reviewed: Reviewed, wants: Sequence[Want]) -> Card:
    findings = reviewed.findings
    own = [one for one in findings if one.file.rpartition("/")[0] == f"templates/{view.path}"]
    refused = [view.fault] if view.fault else [one.fault for one in view.texts if one.fault]
    return Card(
        view=view,
        when=when,
        findings=with_faults(own, refused),
        is_unread=view.path in reviewed.unread,
        wants=wants,
    )


@frozen
class Shown:
    """One channel of a message: its preview, or why there is none."""

    channel: str
    preview: Preview | None = None
    fault: Fault | None = None

    @property
    def email(self) -> EmailView | None:
        view = self.preview.view if self.preview else None
        return view if isinstance(view, EmailView) else None

    @property
    def sms(self) -> SmsView | None:
        view = self.preview.view if self.preview else None
        return view if isinstance(view, SmsView) else None

    @property
    def raw_headers(self) -> str:
        """Of an e-mail, exactly as they leave."""
        body = self.preview.body if self.preview else b""
        return body.partition(b"\r\n\r\n")[0].decode("ascii", "replace").replace("\r\n", "\n")

    @property
    def has_images(self) -> bool:
        return self.email is not None and has_images(self.email.html)

    @property
    def notes(self) -> Sequence[Note]:
        return notes_for(self.email.html) if self.email else ()
