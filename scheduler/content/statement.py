"""The accessibility statement of the public site: ``_pages/accessibilite.<language>.md``.

An operator edits it after an audit. Folders of templates that are older than it, or a file that
can't be used, get the one that is beside this module: it claims nothing that wasn't measured.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path

from scheduler.config.settings import Settings
from scheduler.content import yaml_text
from scheduler.content.composing import markdown, static
from scheduler.content.composing.components import MarkdownFault
from scheduler.content.composing.render import MARKDOWN, Text, safe
from scheduler.content.grammar import Scope
from scheduler.content.library import Library, refuse_long_paragraphs
from scheduler.content.strays import STATEMENT
from scheduler.content.wording import did_you_mean
from scheduler.domain.errors import ContentError, Fault
from scheduler.domain.showing.public_pages import Conformity
from scheduler.domain.values import frozen

#: The languages of the public pages; what the French statement claims, all do.
LANGUAGES = ("fr", "en")
FIELDS = ("organisation", "adresse", "contact", "site", "adresse_publique", "adresse_courte")
_FRONT = re.compile(r"---[ \t]*\n(?P<head>.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)


@frozen
class Statement:
    language: str
    state: Conformity
    #: Where its file is, as people know it.
    where: str
    body: str
    #: Line of the file at which the body starts.
    body_line: int = 1


def values_of(settings: Settings) -> dict[str, str]:
    """What its fields stand for."""
    organisation, web = settings.organisation, settings.web
    short = web.short_url or ""
    return {
        "organisation": organisation.name,
        "adresse": organisation.address,
        "contact": organisation.contact,
        "site": organisation.site,
        "adresse_publique": web.public_url,
        "adresse_courte": short if short != web.public_url else "",
    }


def as_html(statement: Statement, values: Mapping[str, str]) -> str:
    """Safe to put into a page. Ours, where the other can't be put together."""
    try:
        scope = _scope(statement.where, statement.body_line)
        text = Text(MARKDOWN, statement.body, scope).render(values)
        return safe(markdown.to_html(markdown.parse(text)))
    except (ContentError, MarkdownFault):
        return as_html(_ours(statement.language), values)


def statement_in(templates: Path, language: str) -> Statement:
    """What a reader of ``language`` is shown: in French, where only the French file claims what
    the site claims."""
    french = _written(templates, "fr")
    own = french if language == "fr" else _written(templates, language)
    return own if own.state is french.state else french


def faults(library: Library) -> Iterator[Fault]:
    """What ``check`` says of the files that are there."""
    found = []
    for language in LANGUAGES:
        try:
            statement = _of_file(library, language)
        except ContentError as error:
            yield error.fault
        else:
            found += [statement] if statement else []
    for other in found[1:]:
        if other.state is not found[0].state:
            yield Fault(
                where=other.where,
                what=f"« state » n'est pas celui de {found[0].where.rpartition('/')[2]}",
                remedy=f"écrivez state: {found[0].state.value}, ou corrigez l'autre",
                line=2,
            )


def _written(templates: Path, language: str) -> Statement:
    try:
        file = templates / STATEMENT.format(language=language)
        stat = file.stat()
    except OSError:
        return _ours(language)
    return _kept(templates, language, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)  # every page has the state in its footer
def _kept(templates: Path, language: str, _changed: int, _size: int) -> Statement:
    try:
        return _of_file(Library(templates), language) or _ours(language)
    except ContentError:
        return _ours(language)  # ``check`` tells


@lru_cache(maxsize=len(LANGUAGES))
def _ours(language: str) -> Statement:
    name = f"accessibilite.{language}.md"
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return read(text, name, language)


def _of_file(library: Library, language: str) -> Statement | None:
    """None: there is no such file."""
    text = library.statement(language)
    where = library.where(STATEMENT.format(language=language))
    return None if text is None else read(text, where, language)


def read(text: str, where: str, language: str) -> Statement:
    """Raises ContentError, with its line, for what can't be shown."""
    front = _FRONT.match(text)
    if front is None:
        raise ContentError(
            where=where,
            what="l'état de conformité manque",
            remedy="commencez par ---, state: none, puis ---",
            line=1,
        )
    refuse_long_paragraphs(text, where)
    head = yaml_text.read(front["head"], where, first_line=2)
    head.only("state")
    body, line = text[front.end() :], text.count("\n", 0, front.end()) + 1
    if not body.strip():
        raise ContentError(where=where, what="le texte est vide", remedy="écrivez-le", line=line)
    static.check(body, _scope(where, line))
    return Statement(language=language, state=_state(head), where=where, body=body, body_line=line)


def _state(head: yaml_text.Mapping) -> Conformity:
    word = head.text("state")
    if word not in list(Conformity):
        raise head.fault(
            f"« {word} » n'est pas un état de conformité",
            did_you_mean(word, list(Conformity)),
            head.entries["state"][0],
        )
    return Conformity(word)


def _scope(where: str, line: int) -> Scope:
    return Scope(where=where, fields=FIELDS, first_line=line)
