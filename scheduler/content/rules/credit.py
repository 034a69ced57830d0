"""Whose words and figures a text uses: their owner is named in it, or in its message's credit."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class _Work:
    owner: str
    words: re.Pattern[str]
    names: re.Pattern[str]


def _read() -> tuple[_Work, ...]:
    text = resources.files(__package__).joinpath("credited.toml").read_text(encoding="utf-8")
    return tuple(
        _Work(
            owner=row["owner"],
            words=re.compile(rf"(?<!\w)(?:{row['words']})"),
            names=re.compile(row["names"]),
        )
        for row in tomllib.loads(text)["work"]
    )


_WORKS = _read()


def credits_due(passage: Passage, beside: str) -> Iterator[Finding]:
    """``beside`` is what else the reader sees: the subject, the preheader, the message's credit."""
    written = rules_voice.plain(passage.text)
    seen = written + "\n" + rules_voice.plain(beside)
    for work in _WORKS:
        found = work.words.search(written)
        if found and not work.names.search(seen):
            words = passage.text[found.start() : found.end()]
            message = f"« {words} » ne dit pas de qui cela vient"
            remedy = f"nommez {work.owner}, dans le texte ou dans credit: de message.yaml"
            yield passage.finding("credit", found.start(), message, remedy)
