"""Rendering writers' text: a Jinja sandbox with three ways of treating a value.

The grammar (``scheduler.content.grammar``) already refuses whatever could loop or reach out; the
sandbox and the cap on the output stand behind it. Templates can't load other templates.

A contact field is a ``Slot``: it prints a mark, put in the place of its value until everything is
composed, so a value never meets Markdown, HTML or MIME. When a template asks something of it
(``{% if prenom %}``), the real value answers and the question is noted in ``Answers``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from scheduler.content.grammar import FILTERS, Scope, parse
from scheduler.content.wording import one_line

#: Characters; mail programs cut a page at a third of it.
MAX_OUTPUT = 300_000
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
#: An address that Markdown reads as nothing else; unescaped, it may stand between < and >.
_PLAIN_ADDRESS = re.compile(r"https://[A-Za-z0-9./-]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What a template asked of a contact field: is it filled (``other`` None), or equal to it?"""

    field: str
    other: str | None = None

    def of(self, fields: Mapping[str, str]) -> bool:
        value = fields.get(self.field, "")
        return bool(value) if self.other is None else value == self.other


class Answers:
    """The questions asked while rendering for one recipient, with their answers, in order."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.given: list[tuple[Question, bool]] = []

    def ask(self, question: Question) -> bool:
        answer = question.of(self._fields)
        self.given.append((question, answer))
        return answer


class Slot:
    """A contact field inside a template: prints as its mark, is tested as its value."""

    __hash__ = None  # type: ignore[assignment]  # compares by the recipient's value, which changes
    __slots__ = ("_answers", "_mark", "_name")

    def __init__(self, name: str, mark: str, answers: Answers) -> None:
        self._name = name
        self._mark = mark
        self._answers = answers

    def __str__(self) -> str:
        return self._mark

    def __bool__(self) -> bool:
        return self._answers.ask(Question(self._name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self._answers.ask(Question(self._name, other))


def escape_markdown(value: object) -> str:
    """``value`` as Markdown that shows exactly it, on one line, and means nothing."""
    text = one_line(str(value))
    if isinstance(value, Slot) or _PLAIN_ADDRESS.fullmatch(text):
        return text
    return _PUNCTUATION.sub(r"\\\1", text)


def _plain(value: object) -> str:
    return one_line(str(value))


def _default(value: object, replacement: object = "", _boolean: bool = True) -> object:
    """Jinja's own leaves an empty value alone; here a missing field is empty, so empty counts."""
    return value or replacement


def _environment(
    *, autoescape: bool, finalize: Callable[[object], str] | None
) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=autoescape,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.filters["default"] = _default
    return environment


#: For text that becomes Markdown, for one-line text (subject, SMS), and for the HTML layout.
MARKDOWN = _environment(autoescape=False, finalize=escape_markdown)
PLAIN = _environment(autoescape=False, finalize=_plain)
HTML = _environment(autoescape=True, finalize=None)


@lru_cache(maxsize=512)  # a layout, a footer and a snippet serve many texts
def _code(environment: ImmutableSandboxedEnvironment, source: str) -> CodeType:
    return environment.compile(source)


class Text:
    """A checked template, ready to render. Raises ContentError when it can't be used."""

    def __init__(
        self, environment: ImmutableSandboxedEnvironment, source: str, scope: Scope
    ) -> None:
        self._scope = scope
        parse(environment, source, scope)
        code = _code(environment, source)
        self._template = Template.from_code(environment, code, environment.make_globals(None))

    def render(self, values: Mapping[str, object]) -> str:
        """The text with ``values`` in it. Raises ContentError beyond ``MAX_OUTPUT`` characters."""
        return "".join(self._capped(self._template.generate(values)))

    def _capped(self, chunks: Iterable[str]) -> Iterable[str]:
        length = 0
        for chunk in chunks:
            length += len(chunk)
            if length > MAX_OUTPUT:
                raise self._scope.fault("le texte rempli est trop long", "raccourcissez-le")
            yield chunk


def safe(html: str) -> Markup:
    """``html``, already cleaned, for a place in the layout where it must not be escaped again."""
    return Markup(html)  # noqa: S704 (only ever given what nh3 let through)
