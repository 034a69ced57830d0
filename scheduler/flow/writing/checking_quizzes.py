"""What ``check`` says of quizzes, and of the messages that lead to them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.content import quizzes, strays
from scheduler.content.quizzes import QuizFile
from scheduler.content.rules.addresses import AddressRules
from scheduler.content.rules.links import Allowed
from scheduler.content.rules.passage import finding
from scheduler.content.rules.quizzes import file_findings, together
from scheduler.content.wording import did_you_mean
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ContentError

_FIELD = re.compile(r"\{\{ ?page_quiz ?\}\}(?P<word>[a-z0-9-]{0,40})")
#: Enough of a quiz's file to know it by, without reading it whole.
_ADDRESS = re.compile(r"^address: *(?P<word>[a-z0-9-]{1,40}) *$", re.MULTILINE)
_DRAFT = re.compile(r"^draft: *true *$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class QuizChecks:
    """What the files of one message's folder say by themselves."""

    root: Path
    audiences: Sequence[str]
    allowed: Allowed
    addresses: AddressRules

    def message(self, message: str) -> Iterator[Finding]:
        files: list[tuple[QuizFile, str]] = []
        unread: set[str] = set()
        for name in quizzes.names(self.root, message):
            path = f"{message}/{name}"
            where = f"{self.root.name}/{path}"
            try:
                found = quizzes.read(self.root, path)
            except ContentError as error:
                fault = error.fault
                unread.add(name)
                yield finding("quiz", fault.where, fault.line, fault.what, fault.remedy)
                continue
            files.append((found, where))
            if found.quiz.audience not in self.audiences:
                what = f"« {found.quiz.audience} » n'est pas un public"
                remedy = did_you_mean(found.quiz.audience, self.audiences)
                yield finding("quiz", where, None, what, remedy)
            yield from file_findings(found, where, self.allowed, self.addresses)
        yield from together(files, unread)


def quiz_addresses(root: Path, messages: Sequence[str]) -> Iterator[Finding]:
    """What hangs on other folders too: an address that two quizzes have, and a message that leads
    to a quiz that isn't there."""
    known, open_ones = _addresses(root)
    for message in messages:
        for name in quizzes.names(root, message):
            yield from _taken(root, f"{message}/{name}", known)
        for text in _texts(root, message):
            yield from _links(root, text, open_ones)


def _addresses(root: Path) -> tuple[Mapping[str, str], set[str]]:
    """Path -> the address it says; and those that are open, as far as that shows at a glance."""
    known, open_ones = {}, set()
    for path in quizzes.everywhere(root):
        text = _text(root / path)
        if found := _ADDRESS.search(text):
            known[path] = found["word"]
            if path.endswith(".fr.yaml") and not _DRAFT.search(text):
                open_ones.add(found["word"])
    return known, open_ones


def _taken(root: Path, path: str, known: Mapping[str, str]) -> Iterator[Finding]:
    """By another message, or for another audience."""
    address = known.get(path)
    for other, word in known.items():
        if word == address and _family(other) != _family(path):
            what = f"l'adresse « {word} » est aussi celle de {root.name}/{other}"
            yield finding("quiz", f"{root.name}/{path}", 1, what, "un mot à lui pour chaque quiz")
            return


def _family(path: str) -> str:
    """All languages of one quiz."""
    return path.removesuffix(".yaml").rpartition(".")[0]


def _links(root: Path, path: str, open_ones: set[str]) -> Iterator[Finding]:
    text = _text(root / path)
    for found in _FIELD.finditer(text):
        if found["word"] not in open_ones:
            line = text.count("\n", 0, found.start()) + 1
            what = f"aucun quiz n'a l'adresse « {found['word']} »"
            remedy = did_you_mean(found["word"], open_ones)
            yield finding("quiz-link", f"{root.name}/{path}", line, what, remedy)


def _texts(root: Path, message: str) -> list[str]:
    try:
        found = [file.name for file in (root / message).iterdir()]
    except OSError:
        return []
    return sorted(f"{message}/{name}" for name in found if strays.text_name(name))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
