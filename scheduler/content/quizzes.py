"""Reads ``quiz.<audience>.<language>.yaml`` beside a message: the questions on it, in one language.

A file at fault is a ContentError with file, line and remedy, in French: writers read it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from scheduler.content import strays, yaml_text
from scheduler.content.composing.render import PLAIN, Text
from scheduler.content.grammar import Scope
from scheduler.content.wording import did_you_mean
from scheduler.domain.errors import ContentError, Fault
from scheduler.domain.quizzes.quiz import ADDRESS, FEWEST, KEY, LETTER, MOST, Question, Quiz
from scheduler.domain.values import frozen

#: The fields that its words may hold.
FIELDS = ("hote", "organisation")
#: Every key, and what an editor says of it.
KEYS = {
    "address": "Le mot de son adresse sur le site public, le même dans chaque langue",
    "title": "Le titre de la page",
    "intro": "Deux phrases avant les questions",
    "questions": "Une clé par question, la même dans chaque langue",
    "now": "La seule chose à faire maintenant",
    "further": "Pour aller plus loin : les mots, puis l’adresse",
    "draft": "true : la page n’est pas encore en ligne",
}
QUESTION_KEYS = {
    "ask": "La question",
    "answers": "Les réponses, de a à e",
    "right": "La lettre de la bonne",
    "why": "L’explication, montrée après la réponse",
}
#: Bytes, and characters of one text.
MAX_FILE = 20_000
MAX_TEXT = 700
MAX_FURTHER = 4


@frozen
class QuizFile:
    """A quiz as its file has it, with its lines for ``check``."""

    #: Under the templates' root, with slashes.
    path: str
    quiz: Quiz
    #: What was typed, piece by piece: (line, words).
    texts: tuple[tuple[int, str], ...]
    #: Question -> its line.
    lines: Mapping[str, int]


def names(root: Path, message: str) -> list[str]:
    """The names of the quizzes in a message's folder, sorted."""
    try:
        found = [file.name for file in (root / message).iterdir() if file.is_file()]
    except OSError:
        return []
    return sorted(name for name in found if strays.quiz_name(name))


def everywhere(root: Path) -> list[str]:
    """The paths of all quizzes under the templates' root, sorted."""
    folders = sorted(file.parent for file in root.rglob("message.yaml"))
    paths = ((folder, folder.relative_to(root).as_posix()) for folder in folders)
    return [
        f"{message}/{name}"
        for _, message in paths
        if strays.is_message(message)
        for name in names(root, message)
    ]


def read(root: Path, path: str) -> QuizFile:
    """Raises ContentError."""
    where = f"{root.name}/{path}"
    try:
        stat = (root / path).stat()
    except OSError:
        raise _fault(where, "ce fichier ne s'ouvre pas", "rendez-le lisible") from None
    found = _kept(root, path, stat.st_mtime_ns, stat.st_size)
    if isinstance(found, Fault):
        raise ContentError(where=found.where, what=found.what, remedy=found.remedy, line=found.line)
    return found


@lru_cache(maxsize=256)
def _kept(root: Path, path: str, _changed: int, size: int) -> QuizFile | Fault:
    where = f"{root.name}/{path}"
    try:
        if size > MAX_FILE:
            raise _fault(where, f"ce fichier fait plus de {MAX_FILE // 1000} ko", "raccourcissez")
        try:
            text = (root / path).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            what, remedy = "ce fichier ne se lit pas en UTF-8", "enregistrez-le de nouveau en UTF-8"
            raise _fault(where, what, remedy) from None
        return _parsed(text, where, path)
    except ContentError as error:
        return error.fault


@lru_cache(maxsize=256)  # a file that was touched, or copied, says the same
def _parsed(text: str, where: str, path: str) -> QuizFile:
    message, _, name = path.rpartition("/")
    parts = strays.quiz_name(name)
    if parts is None:
        raise _fault(where, "ce nom n'est pas celui d'un quiz", "quiz.<public>.<langue>.yaml")
    head = yaml_text.read(text, where)
    head.only(*KEYS)
    typed = _Typed(where)
    asked = head.mapping("questions")
    if not asked.entries:
        raise head.fault("« questions » manque", "ajoutez questions:, et une clé par question")
    quiz = Quiz(
        address=_named(head, "address", ADDRESS),
        message=message,
        audience=parts["audience"],
        variant=parts["variant"],
        title=typed.text(head, "title"),
        intro=typed.text(head, "intro"),
        questions=tuple(_question(asked, key, typed) for key in asked.entries),
        now=typed.text(head, "now"),
        further=tuple(_further(head, typed)),
        draft=_draft(head),
    )
    lines = {key: line for key, (line, _) in asked.entries.items()}
    return QuizFile(path=path, quiz=quiz, texts=tuple(typed.texts), lines=lines)


class _Typed:
    """What a writer typed, noted as it is read."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.texts: list[tuple[int, str]] = []

    def text(self, head: yaml_text.Mapping, key: str) -> str:
        words = head.text(key)
        self.note(head, key, words)
        return words

    def note(self, head: yaml_text.Mapping, key: str, words: str) -> None:
        line = head.entries[key][0]
        if len(words) > MAX_TEXT:
            raise head.fault(
                f"« {key} » fait {len(words)} caractères", f"restez à {MAX_TEXT} au plus", line
            )
        if "{" in words:
            # Raises ContentError for a field that isn't one.
            Text(PLAIN, words, _scope(self._where, line)).render(dict.fromkeys(FIELDS, "x"))
        self.texts.append((line, words))


def _question(asked: yaml_text.Mapping, key: str, typed: _Typed) -> Question:
    line = asked.entries[key][0]
    if not KEY.fullmatch(key):
        raise asked.fault(
            f"« {key} » ne peut pas nommer une question",
            "des lettres minuscules et des tirets",
            line,
        )
    one = asked.mapping(key)
    one.only(*QUESTION_KEYS)
    ask = typed.text(one, "ask")
    options = one.mapping("answers")
    for letter in options.entries:
        if not LETTER.fullmatch(letter):
            raise options.fault(
                f"« {letter} » n'est pas une lettre de réponse",
                "écrivez a, b, c…",
                options.entries[letter][0],
            )
    if not FEWEST <= len(options.entries) <= MOST:
        raise one.fault(
            f"« {key} » a {len(options.entries)} réponse(s)",
            f"écrivez-en de {FEWEST} à {MOST}",
            line,
        )
    answers = {letter: typed.text(options, letter) for letter in options.entries}
    if len({" ".join(text.casefold().split()) for text in answers.values()}) < len(answers):
        raise one.fault(f"« {key} » a deux fois la même réponse", "changez-en une", line)
    right = one.text("right")
    if right not in answers:
        raise one.fault(
            f"« {right} » n'est pas une des réponses",
            did_you_mean(right, answers),
            one.entries["right"][0],
        )
    return Question(key=key, ask=ask, answers=answers, right=right, why=typed.text(one, "why"))


def _further(head: yaml_text.Mapping, typed: _Typed) -> Iterator[tuple[str, str]]:
    found = head.mapping("further")
    if len(found.entries) > MAX_FURTHER:
        raise found.fault("il y a trop d'adresses", f"gardez-en {MAX_FURTHER} au plus")
    for words, (line, _) in found.entries.items():
        address = found.text(words)
        if not address.startswith("https://"):
            raise found.fault(f"« {address} » n'est pas une adresse", "écrivez https://…", line)
        typed.texts.append((line, f"[{words}]({address})"))
        yield words, address


def _draft(head: yaml_text.Mapping) -> bool:
    word = head.text("draft", "false")
    if word not in ("true", "false"):
        raise head.fault(
            f"« {word} » n'est ni true ni false", "écrivez draft: true", head.entries["draft"][0]
        )
    return word == "true"


def _named(head: yaml_text.Mapping, key: str, pattern: re.Pattern[str]) -> str:
    word = head.text(key)
    if not pattern.fullmatch(word):
        raise head.fault(
            f"« {word} » ne peut pas être une adresse",
            "un mot court, en minuscules sans accent",
            head.entries[key][0],
        )
    return word


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its fields. A file that was read has no other."""
    return Text(PLAIN, text, _scope("", 1)).render(dict(values)).strip()


def _scope(where: str, line: int) -> Scope:
    return Scope(where=where, fields=FIELDS, first_line=line)


def _fault(where: str, what: str, remedy: str) -> ContentError:
    return ContentError(where=where, what=what, remedy=remedy)
