"""What a writer puts into a text with one press: the components, the blanks of its message."""

from collections.abc import Sequence

from scheduler.bootstrap import App
from scheduler.content.sms import SmsSuffix
from scheduler.domain.errors import ConfigError, ContentError, NotFound
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN
from scheduler.domain.values import frozen
from scheduler.flow.writing.writing import message_of

LETTER = (
    ("Gras", "**texte**"),
    ("Liste", "\n- un point\n- un autre\n"),
    ("Titre", "\n## Titre\n"),
    ("Lien", "[texte](https://www.example.org)"),
    ("Bouton", "\n[[Voir la page|{{ page_aide }}]]\n"),
    ("Encadré", "\n::: encadre Le geste\nTexte.\n:::\n"),
    ("Points clés", "\n::: points\n- un point\n:::\n"),
    ("Aide", "\n::: aide\nTexte.\n:::\n"),
)


@frozen
class Tools:
    #: What it is called, and what it puts in.
    pieces: Sequence[tuple[str, str]]
    #: Of an SMS: the room that its end takes; None: it is none.
    suffix: int | None = None


def tools_of(app: App, path: str, shown_in: str) -> Tools:
    name = path.rpartition("/")[2]
    if name.endswith(".yaml"):
        return Tools(pieces=())
    blanks = [(f"{{{{ {one} }}}}", f"{{{{ {one} }}}}") for one in _blanks(app, path, shown_in)]
    if name.endswith(".md"):
        return Tools(pieces=[*LETTER, *blanks])
    return Tools(pieces=blanks, suffix=_suffix(app))


def _blanks(app: App, path: str, shown_in: str) -> list[str]:
    library = app.agenda.library
    try:
        return list(library.load(message_of(library, path, shown_in)).placeholders)
    except (ContentError, NotFound):
        return []


def _suffix(app: App) -> int:
    settings = app.configuration.settings
    try:
        added = SmsSuffix.of(
            settings.channels.sms.sender, app.links.short_url, settings.organisation.sms_name or ""
        )
    except ConfigError:
        return 0
    return len(added.text(TEST_SHORT_TOKEN)) + len(added.lead)
