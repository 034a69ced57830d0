"""Holds the e-mail layout to its rules, on a page that has one of everything writers may use."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from scheduler.content.composing import layout as layouts
from scheduler.content.composing.compose import EmailComposer, EmailRecipient
from scheduler.content.composing.content import Content
from scheduler.content.composing.texts import FOOTER_NAME
from scheduler.content.library import Library
from scheduler.content.rules.contrast import contrast
from scheduler.content.rules.passage import Passage
from scheduler.content.rules.texts import told
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.message import MessageClass
from scheduler.domain.organisation import EmailSender, Links, Organisation
from scheduler.domain.values import frozen

SAMPLE = """# Titre

Un texte, **un mot**, *une nuance*, [un lien](https://example.org/page).

## Sous-titre

- un point
- [www.example.org](https://www.example.org)

1. un premier

> une phrase citée

[[Un bouton|https://example.org/page]]
""" + "".join(
    f"\n::: {kind} Titre\nUn texte, [un lien](https://example.org/page).\n\n"
    "1. **un** point\n\n2. un autre\n\n- un autre\n:::\n"
    for kind in ("encadre", "points", "aide", "citation")
)

_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\balt\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
#: Nobody's: the page is looked at here and goes nowhere.
_READER = EmailRecipient(
    to="page@example.org",
    fields={},
    optout_url="https://example.org/d/page",
    optout_mailto="page@example.org",
    message_id="page@example.org",
    date=datetime(2026, 10, 4, tzinfo=UTC),
)


@frozen
class LayoutRules:
    library: Library
    sender: EmailSender
    organisation: Organisation
    links: Links

    def check(self) -> Iterator[Finding]:
        where = self.library.where(layouts.PATH)
        try:
            source = self.library.layout()
        except ContentError as error:
            yield told(error.fault)
            return
        yield from _images(source, where)
        try:
            layouts.check(source, where)
        except ContentError as error:
            yield told(error.fault)
        try:
            yield from contrast(source, where, self._page)
        except (ContentError, NotFound):
            return  # a page can't be made: told above, or by the messages

    def _page(self, layout: str) -> str:
        footer, _ = self.library.snippet(FOOTER_NAME, "fr")
        content = Content(
            message=layouts.PATH,
            channel="email",
            audience="",
            # Easy to read and re-read by readers: the layout then shows all it has.
            variant="fr-falc",
            message_class=MessageClass.AWARENESS,
            title="Titre",
            credit="Crédit",
            reviewed_by="lecteurs",
            subject="Objet",
            preheader="Pré-en-tête",
            body=SAMPLE,
            layout=layout,
            footer=footer,
            values={},
            field_names=(),
        )
        composer = EmailComposer(
            content, self.sender, self.organisation, self.links, campaign="check", grounds="Motif."
        )
        return composer.html(_READER)


def _images(source: str, where: str) -> Iterator[Finding]:
    for found in _IMAGE.finditer(source):
        if not _ALTERNATIVE.search(found[0]):
            yield Passage(file=where, text=source).finding(
                "image",
                found.start(),
                "une image n'a pas de texte de remplacement",
                'ajoutez alt="…", ou alt="" si elle ne dit rien',
            )
