"""The texts of one source, with the snippets put in, each checked in its own file."""

import re

from scheduler.content import fields
from scheduler.content.composing import static
from scheduler.content.composing.layout import PATH as LAYOUT_PATH
from scheduler.content.composing.render import PLAIN
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.grammar import Scope, parse
from scheduler.content.library import Library
from scheduler.content.wording import did_you_mean
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.values import frozen

FOOTER_NAME = "pied"
#: Calls of shared texts in one message.
MOST_SNIPPETS = 20
_SNIPPET = re.compile(r"\{\{-?\s*snippet\(\s*([\"'])(?P<name>[^\"'{}]*)\1\s*\)\s*-?\}\}")


def is_shown(name: str, *texts: str) -> bool:
    """Whether one of these templates names the field."""
    mark = re.compile(rf"\{{[{{%][^{{}}]*\b{re.escape(name)}\b")
    return any(mark.search(text) for text in texts)


def files_of(library: Library, source: Source) -> set[str]:
    """The files that a text is made of, as people know them: its own and the shared ones."""
    files = {library.where(source.path)}
    if not source.is_letter:
        return files
    files.add(library.where(LAYOUT_PATH))
    for name in (FOOTER_NAME, *(call["name"] for call in _SNIPPET.finditer(source.body))):
        try:
            _, path = library.snippet(name, source.variant)
        except (ContentError, NotFound):
            continue  # told of where it is called
        files.add(library.where(path))
    return files


@frozen
class Texts:
    """Reads and checks; every method raises ContentError at the first fault, with its line."""

    library: Library
    message: MessageFolder
    source: Source
    #: Contact fields that the audience declares.
    slots: tuple[str, ...]

    def check_head(self) -> None:
        """Subject and preheader: placeholders yes, contact fields no."""
        subject = self._scope(*self._known, line=self.source.subject_line)
        preheader = self._scope(*self._known, line=self.source.preheader_line)
        parse(PLAIN, self.source.subject, subject)
        parse(PLAIN, self.source.preheader, preheader)

    def body(self) -> str:
        """The Markdown of an e-mail, its snippets in place."""
        self._refuse_empty()
        scope = self._scope(*self._known, line=self.source.body_line, slots=self._holes)
        if len(_SNIPPET.findall(self.source.body)) > MOST_SNIPPETS:
            raise scope.fault("trop de textes communs", f"gardez-en {MOST_SNIPPETS} au plus", 1)
        static.check(_SNIPPET.sub("", self.source.body), scope)
        return _SNIPPET.sub(self._snippet, self.source.body)

    def line(self) -> str:
        """The one line of an SMS."""
        self._refuse_empty()
        scope = self._scope(*fields.CALLS, line=self.source.body_line)
        text = self.source.body.strip()
        if "\n" in text:
            raise scope.fault(
                "un SMS tient sur une seule ligne", "retirez les retours à la ligne", 1
            )
        parse(PLAIN, text, scope)
        return text

    def footer(self) -> str:
        """The Markdown of the footer in the source's language."""
        try:
            text, path = self.library.snippet(FOOTER_NAME, self.source.variant)
        except NotFound as missing:
            raise ContentError(
                where=self.library.where("_snippets"),
                what=str(missing),
                remedy=f"écrivez {FOOTER_NAME}.{self.source.variant[:2]}.md",
            ) from None
        where = self.library.where(path)
        static.check(
            text,
            Scope(where=where, fields=fields.FOOTER, slots=fields.OF_READER, elsewhere=self.slots),
        )
        return text

    @property
    def _known(self) -> tuple[str, ...]:
        return (*fields.ORGANISATION, fields.HELP, *fields.RESULTS)

    @property
    def _holes(self) -> tuple[str, ...]:
        """What differs from reader to reader: the message's own placeholder goes before ours."""
        own = () if fields.SUPPORT in self.message.placeholders else (fields.SUPPORT,)
        return (*self.slots, *own)

    def _snippet(self, call: re.Match[str]) -> str:
        name = call["name"]
        try:
            text, path = self.library.snippet(name, self.source.variant)
        except NotFound as missing:
            line = self.source.body.count("\n", 0, call.start()) + 1
            raise self._scope(line=self.source.body_line).fault(
                str(missing), did_you_mean(name, self.library.snippets()), line
            ) from None
        scope = self._scope(*self._known, path=path, slots=self._holes)
        static.check(text, scope)
        return text.strip("\n")

    def _scope(
        self, *names: str, line: int = 1, path: str = "", slots: tuple[str, ...] = ()
    ) -> Scope:
        return Scope(
            where=self.library.where(path or self.source.path),
            fields=(*names, *fields.AUDIENCE, fields.HOST, *self.message.placeholders),
            slots=slots,
            first_line=line,
            elsewhere=() if slots else self.slots,
        )

    def _refuse_empty(self) -> None:
        if not self.source.body.strip():
            raise self._scope(line=self.source.body_line).fault(
                "le texte est vide", "écrivez-le", 1
            )
