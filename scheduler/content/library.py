"""Reads the templates' folder: messages, shared snippets and the e-mail layout.

    <message path>/message.yaml
    <message path>/<channel>[.<audience>].<variant>.<ending>     email → .md, others → .txt
    _snippets/<name>.<variant>.md    _layouts/email.html    _pages/accessibilite.<language>.md
    _images/<name>.png               and the .svg that it was made from

Every fault is a ContentError with file, line and remedy, in French: writers read it. What is in
the way and none of these (an editor's copy, a system's file) is not read (``strays``).
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from scheduler.content import message_yaml, strays, yaml_text
from scheduler.content.folder import MessageFolder, Source
from scheduler.domain.errors import ContentError, Fault, NotFound
from scheduler.domain.host import VICTOR, Host

_NAME = re.compile("[a-z0-9-]+")
#: An e-mail's first lines, and what an editor says of them.
HEAD_KEYS = {
    "subject": "L’objet : moins de 60 caractères, sans mot d’urgence",
    "preheader": "La phrase montrée à côté de l’objet : de 40 à 90 caractères, sans le répéter",
}
#: Characters. Nested marks are read in quadratic time, and nobody reads such a paragraph.
MAX_PARAGRAPH = 8_000
#: Bytes; ten times what the longest text of ours has.
MAX_FILE = 200_000
#: Characters of each kind of file; several times what the longest of ours has.
MAX_EMAIL = 50_000
MAX_SMS = 1_600
MAX_MESSAGE_FILE = 12_000
#: Of an e-mail's first lines.
MAX_HEAD = 2_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class TooLong(ContentError):
    """A file is over its limit: nothing more of it is read."""


class Library:
    """The templates under ``root``, read anew at each call: an edit shows at once."""

    def __init__(
        self,
        root: Path,
        parents: Mapping[str, str] | None = None,
        host: Host = VICTOR,
        notice_version: str = "",
    ) -> None:
        """``parents``: audience -> the one that it selects from; ``host``: whose voice the texts
        borrow; ``notice_version``: of the page on data that they lead to."""
        self._root = root
        self._parents = dict(parents or {})
        self.host = host
        self.notice_version = notice_version

    @property
    def root(self) -> Path:
        return self._root

    def messages(self) -> list[str]:
        """Every message path, sorted."""
        found = (file.parent.relative_to(self._root) for file in self._root.rglob("message.yaml"))
        return sorted(path.as_posix() for path in found if strays.is_message(path.as_posix()))

    def load(self, message: str) -> MessageFolder:
        """One message. Raises NotFound for a path that leads to none, ContentError for a fault of
        message.yaml; a text that can't be read carries its fault, for the others may leave."""
        if not strays.is_message(message) or not (self._root / message / "message.yaml").is_file():
            raise NotFound(f"aucun message « {message} » sous {self._root.name}/")
        path = f"{message}/message.yaml"
        head = yaml_text.read(self._read(path, MAX_MESSAGE_FILE), self.where(path))
        found = message_yaml.folder(message, head, self._sources(message))
        return replace(found, parents=self._parents)

    def layout(self) -> str:
        """The e-mail layout's template. Raises ContentError when it is missing."""
        return self._read("_layouts/email.html", MAX_FILE)

    def snippet(self, name: str, variant: str) -> tuple[str, str]:
        """A shared text in ``variant``, else in its plain language; and its path under the root.

        Raises NotFound when there is neither, or when ``name`` isn't a snippet's name.
        """
        for language in (variant, variant.removesuffix("-falc")):
            path = f"_snippets/{name}.{language}.md"
            if _NAME.fullmatch(name) and (self._root / path).is_file():
                return self._read(path), path
        raise NotFound(f"aucun extrait « {name} » en « {variant} »")

    def snippets(self) -> list[str]:
        """The names of all snippets, sorted."""
        names = (strays.snippet_name(file.name) for file in self._root.glob("_snippets/*.md"))
        return sorted({parts["name"] for parts in names if parts})

    def picture(self, name: str) -> bytes | None:
        """A drawing's PNG; None when there is none that can be read. ``name`` is a plain word."""
        try:
            with (self._root / "_images" / f"{name}.png").open("rb") as file:
                return file.read(MAX_FILE)
        except OSError:
            return None

    def vector(self, name: str) -> str | None:
        """The SVG that a drawing was made from; None when there is none that can be read."""
        try:
            return self._read(f"_images/{name}.svg")
        except ContentError:
            return None

    def pictures(self) -> list[str]:
        """The names of all drawings, sorted."""
        return sorted(file.stem for file in self._root.glob("_images/*.png"))

    def statement(self, language: str) -> str | None:
        """The accessibility statement's file; None without one. Raises ContentError."""
        path = strays.STATEMENT.format(language=language)
        return self._read(path) if (self._root / path).is_file() else None

    def where(self, path: str) -> str:
        """``path`` as people know it, from the templates' folder on."""
        return f"{self._root.name}/{path}"

    def _texts(self, message: str) -> list[str]:
        """The names of the texts in a message's folder, sorted."""
        names = (file.name for file in (self._root / message).iterdir() if file.is_file())
        return sorted(name for name in names if strays.text_name(name))

    def _sources(self, message: str) -> tuple[Source, ...]:
        return tuple(self._readable(message, name) for name in self._texts(message))

    def _readable(self, message: str, name: str) -> Source:
        """A text, or what its name says of it with the fault that keeps it from being read."""
        try:
            return self._source(message, name)
        except ContentError as error:
            return self._unread(f"{message}/{name}", error.fault)

    def _unread(self, path: str, fault: Fault) -> Source:
        parts = self._parts(path)
        return Source(
            channel=parts["channel"],
            audience=parts["audience"],
            variant=parts["variant"],
            path=path,
            subject="",
            preheader="",
            body="",
            body_line=1,
            fault=fault,
        )

    def _parts(self, path: str) -> re.Match[str]:
        parts = strays.text_name(path.rpartition("/")[2])
        if parts is None:
            raise ContentError(
                where=self.where(path),
                what="le nom du fichier ne dit pas à quoi il sert",
                remedy="nommez-le canal[.public].langue.md (courriel) ou .txt (SMS), "
                "par exemple email.patients.fr.md",
            )
        return parts

    def _source(self, message: str, name: str) -> Source:
        path = f"{message}/{name}"
        parts = self._parts(path)
        is_email = parts["ending"] == "md"
        text = self._read(path, MAX_EMAIL if is_email else MAX_SMS)
        refuse_long_paragraphs(text, self.where(path))
        read = _split(text, self.where(path)) if is_email else _Split(text, 1)
        return Source(
            channel=parts["channel"],
            audience=parts["audience"],
            variant=parts["variant"],
            path=path,
            subject=read.subject,
            preheader=read.preheader,
            body=read.body,
            body_line=read.body_line,
            subject_line=read.subject_line,
            preheader_line=read.preheader_line,
        )

    def _read(self, path: str, most: int = MAX_EMAIL) -> str:
        """``most``: characters. Raises ContentError."""
        try:
            with (self._root / path).open("rb") as file:
                content = file.read(MAX_FILE + 1)
            text = content.decode("utf-8-sig")
        except FileNotFoundError:
            raise ContentError(
                where=self.where(path), what="ce fichier manque", remedy="remettez-le en place"
            ) from None
        except OSError:
            raise ContentError(
                where=self.where(path),
                what="ce fichier ne s'ouvre pas",
                remedy="rendez-le lisible par le programme",
            ) from None
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise ContentError(
                where=self.where(path),
                what="ce fichier n'est pas en UTF-8",
                remedy="enregistrez-le de nouveau en UTF-8",
                line=line,
            ) from None
        if len(content) > MAX_FILE:
            raise TooLong(
                where=self.where(path),
                what=f"ce fichier fait plus de {MAX_FILE // 1000} ko",
                remedy="un message est bien plus court : raccourcissez-le",
            )
        if len(text) > most:
            raise TooLong(
                where=self.where(path),
                what=f"ce fichier fait {len(text)} caractères",
                remedy=f"restez à {most} au plus : un message est bien plus court",
            )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if unseen := _CONTROL.search(text):
            raise ContentError(
                where=self.where(path),
                what="un caractère de contrôle invisible est dans le texte",
                remedy="retapez cette ligne",
                line=text.count("\n", 0, unseen.start()) + 1,
            )
        return text


class _Split(NamedTuple):
    body: str
    body_line: int
    subject: str = ""
    preheader: str = ""
    subject_line: int = 1
    preheader_line: int = 1


def refuse_long_paragraphs(text: str, where: str) -> None:
    """Raises TooLong, with its line, for one over its limit."""
    line = 1
    for paragraph in text.split("\n\n"):
        if len(paragraph) > MAX_PARAGRAPH:
            raise TooLong(
                where=where,
                what=f"un paragraphe a plus de {MAX_PARAGRAPH} caractères",
                remedy="faites-en plusieurs",
                line=line,
            )
        line += paragraph.count("\n") + 2


def _split(text: str, where: str) -> _Split:
    """The front matter and the body of an e-mail's file."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() == "---" and end is None:
        raise ContentError(
            where=where,
            what="l'en-tête n'est pas fermé",
            remedy="ajoutez une ligne --- sous subject: et preheader:",
            line=1,
        )
    if lines[0].rstrip() != "---" or end is None:
        raise ContentError(
            where=where,
            what="l'objet et le pré-en-tête manquent",
            remedy="commencez par ---, subject: …, preheader: …, puis ---",
            line=1,
        )
    front = "\n".join(lines[1:end])
    if len(front) > MAX_HEAD:
        raise TooLong(
            where=where,
            what=f"l'objet et le pré-en-tête font {len(front)} caractères à eux deux",
            remedy="raccourcissez-les, et fermez-les par une ligne ---",
            line=1,
        )
    head = yaml_text.read(front, where, first_line=2)
    head.only(*HEAD_KEYS)
    return _Split(
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
        subject=head.text("subject"),
        preheader=head.text("preheader"),
        subject_line=head.entries["subject"][0],
        preheader_line=head.entries["preheader"][0],
    )
