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
#: A sentence of somebody's in quotation marks, brought in as a saying, a title or a motto.
_BROUGHT = re.compile(
    r"\b(?:conseil|principe|slogan|devise|mot d'ordre|formule|adage|guide|fiche|brochure|titre"
    r"|livret|affiche|panorama|rapport|article|campagne|livre|dit l'autre|comme le dit|l'ecrit)\b"
    r"[^.!?\n«]{0,40}«(?P<said>[^«»]{12,200})»"
)
#: Our own, or a fraud's.
_ITS = re.compile(
    r"\b(?:notre|nos|nous|faux|fausses?|escrocs?|messages?|sms|courriels?|mails?|appels?|inconnu\w*"
    r"|voix|objet|exemple|agence|ministere|cnil|anssi|association|france|cert|assurance|hopital"
    r"|service|selon|source|auteure?|victor|haute autorite|organisation|gouvernement|nations)\b"
)


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
            return
    for start, sentence in rules_voice.sentences(written):
        brought = _BROUGHT.search(sentence)
        if brought and not _ITS.search(seen) and len(brought["said"].split()) > 3:
            message = "cette citation ne dit pas de qui elle vient"
            remedy = "nommez son auteur, dans le texte ou dans credit: de message.yaml"
            yield passage.finding("credit", start + brought.start("said"), message, remedy)
            return
