"""A small library of messages and what composes them, for the content engine's tests."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

from scheduler.content.composing.compose import EmailComposer, EmailRecipient
from scheduler.content.composing.content import Content, freeze
from scheduler.content.library import Library
from scheduler.domain.calendar.campaigns import Audience, AudienceField
from scheduler.domain.organisation import EmailSender, Links, Organisation

ORGANISATION = Organisation(
    name="Hôpital de l'Exemple",
    address="1 rue du Port, 99000 Exemple",
    contact="cyber@example.org",
    dpo="dpo@example.org",
    site="https://example.org",
    privacy_url="https://example.org/vie-privee",
)
LINKS = Links(public_url="https://cyber.example.org", short_url="https://sms.example.org")
SENDER = EmailSender(
    sender="Réflexes cyber <reflexes@cyber.example.org>",
    reply_to="cyber@example.org",
    return_path_domain="retour.example.org",
)
STAFF = Audience(
    name="staff",
    label="Professionnels",
    source="staff",
    key="id",
    channels={},
    fields=[AudienceField(name="prenom", label="Prénom"), AudienceField(name="service", label="")],
)
GROUNDS = "Vous recevez ce message car vous travaillez chez nous."
LAYOUT = """<!DOCTYPE html>
<html lang="{{ lang }}"><head><title>{{ subject }}</title><style>
p { color: #111111; }
@media (prefers-color-scheme: dark) { p { color: #222222 !important; } }
</style></head><body><div hidden>{{ preheader }}</div>
{{ body }}<footer>{{ footer }}</footer></body></html>
"""
FOOTER = """{{ organisation }} · {{ contact }}

{{ motif }} [Se désinscrire]({{ page_desinscription }})
{% if credit %}

Crédit : {{ credit }}
{% endif %}
"""
MESSAGE = """title: Fermer sa porte
class: awareness
credit: Agence Exemple
channels: [{channels}]
placeholders:
  date: {{label: Date, example: mardi 13/10, default: mardi 6/10, max_length: 14}}
"""
HEAD = "---\nsubject: Fermer sa porte\npreheader: Trois gestes simples.\n---\n"
GREETING = "Bonjour{% if prenom %} {{ prenom }}{% endif %},\n"


def write(root: Path, files: Mapping[str, str]) -> Library:
    """A library at ``root`` holding ``files`` beside a layout and a footer."""
    shared = {"_layouts/email.html": LAYOUT, "_snippets/pied.fr.md": FOOTER}
    for path, text in (shared | dict(files)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Library(root)


def email_content(
    root: Path,
    body: str = GREETING,
    *,
    head: str = HEAD,
    message: str = MESSAGE.format(channels="email"),
    values: Mapping[str, str] | None = None,
    **files: str,
) -> Content:
    """The frozen content of one e-mail to the staff; ``files`` are snippets by name."""
    snippets = {f"_snippets/{name}.fr.md": text for name, text in files.items()}
    sources = {"porte/message.yaml": message, "porte/email.fr.md": head + body}
    library = write(root, snippets | sources)
    folder = library.load("porte")
    return freeze(library, folder, folder.sources[0], STAFF, values or {})


def composer(content: Content, sender: EmailSender = SENDER) -> EmailComposer:
    return EmailComposer(content, sender, ORGANISATION, LINKS, campaign="octobre", grounds=GROUNDS)


def recipient(**fields: str) -> EmailRecipient:
    return EmailRecipient(
        to="prenom.nom@example.org",
        fields=fields,
        optout_url="https://cyber.example.org/d/aB3-xyz_42",
        optout_mailto="desinscription+ab3xyz42@retour.example.org",
        message_id="r-1@cyber.example.org",
        date=datetime(2026, 10, 4, 8, tzinfo=UTC),
    )


class Outline(HTMLParser):
    """The tags, link targets and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    return parser


def read(wire: bytes) -> EmailMessage:
    message = message_from_bytes(wire, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
