"""Reads ``_pages/bataille.<language>.yaml``: rounds, the invented person and the host's taunts.

A file at fault is a ContentError with file, line and remedy, in French: writers read it.
"""

from pathlib import Path

from scheduler.content import yaml_text
from scheduler.content.yaml_text import Mapping
from scheduler.domain.errors import ContentError
from scheduler.domain.quizzes.battle import Battle

#: Under templates/.
FILE = "_pages/bataille.{language}.yaml"
LANGUAGES = ("fr", "en")
_KEYS = (
    "title",
    "intro",
    "warning",
    "person",
    "rounds",
    "taunts",
    "own_words",
    "credit",
)
#: Bytes.
MAX_FILE = 40_000


def read(root: Path, language: str) -> Battle:
    """With its fields unfilled. Raises ContentError."""
    path = FILE.format(language=language)
    where = f"{root.name}/{path}"
    try:
        raw = (root / path).read_bytes()
        text = raw[: MAX_FILE + 1].decode("utf-8")
    except OSError:
        remedy = "copiez celui qui est fourni, ou retirez web.battle"
        raise ContentError(where=where, what="ce fichier ne s'ouvre pas", remedy=remedy) from None
    except UnicodeDecodeError:
        remedy = "enregistrez-le en UTF-8"
        raise ContentError(where=where, what="n'est pas de l'UTF-8", remedy=remedy) from None
    if len(raw) > MAX_FILE:
        raise ContentError(where=where, what="ce fichier est trop gros", remedy="raccourcissez-le")
    found = yaml_text.read(text, where)
    found.only(*_KEYS)
    return Battle(
        language=language,
        title=found.text("title"),
        intro=found.text("intro"),
        warning=found.text("warning"),
        person=found.text("person"),
        rounds=found.words("rounds"),
        taunts=_taunts(found.mapping("taunts")),
        own_words=found.words("own_words"),
        credit=found.text("credit"),
    )


def _taunts(found: Mapping) -> tuple[tuple[int, tuple[str, ...]], ...]:
    taunts: list[tuple[int, tuple[str, ...]]] = []
    for key, (line, _) in found.entries.items():
        words = found.words(key)
        if not (key.isascii() and key.isdecimal()):
            remedy = 'écrivez "8": ["…"] : sous 10^8 essais, une de ces piques'
            raise found.fault(f"« {key} » n'est pas une suite de piques", remedy, line)
        taunts.append((int(key), words))
    if not taunts:
        raise found.fault("« taunts » est vide", "écrivez les piques de l'hôte")
    return tuple(sorted(taunts))
