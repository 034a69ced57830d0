"""A few lines of YAML as writers type them: words, lists and mappings, each with its line.

Values stay the words in the file: ``14h30``, ``oui`` or ``13/10`` never turn into a number, a
boolean or a date, and no tag makes an object.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import yaml

from scheduler.config.quick_yaml import compose
from scheduler.content.wording import did_you_mean
from scheduler.domain.errors import ContentError
from scheduler.domain.values import frozen


@frozen
class Mapping:
    """A YAML mapping with the lines of its keys; every access checks what is expected."""

    where: str
    line: int
    #: Added to a line that the YAML library counts from 0.
    shift: int
    entries: dict[str, tuple[int, yaml.Node]]

    def only(self, *known: str) -> None:
        """Raise ContentError at the first key that isn't one of ``known``."""
        for key, (line, _) in self.entries.items():
            if key not in known:
                raise self.fault(f"« {key} » n'est pas un champ", did_you_mean(key, known), line)

    def text(self, key: str, default: str | None = None) -> str:
        """The words after ``key``. Without a default, missing or empty is a ContentError."""
        line, node = self.entries.get(key, (self.line, None))
        if node is not None and not isinstance(node, yaml.ScalarNode):
            raise self.fault(f"« {key} » attend un texte", f"écrivez {key}: …", line)
        words = "" if node is None or node.tag.endswith(":null") else str(node.value).strip()
        if not words and default is None:
            raise self.fault(f"« {key} » manque", f"ajoutez une ligne {key}: …", line)
        return words or default or ""

    def words(self, key: str) -> tuple[str, ...]:
        line, node = self.entries.get(key, (self.line, None))
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        if not items or not all(isinstance(item, yaml.ScalarNode) for item in items):
            raise self.fault(f"« {key} » attend une liste", f"écrivez {key}: [un, deux]", line)
        return tuple(str(item.value) for item in items)

    def mapping(self, key: str) -> "Mapping":
        """The mapping under ``key``; empty when there is none."""
        line, node = self.entries.get(key, (self.line, None))
        if node is None or node.tag.endswith(":null"):
            return Mapping(where=self.where, line=line, shift=self.shift, entries={})
        return _mapping(node, self.where, self.shift, key)

    def fault(self, what: str, remedy: str, line: int | None = None) -> ContentError:
        return ContentError(where=self.where, what=what, remedy=remedy, line=line or self.line)


@dataclass(frozen=True, slots=True)
class _Wrong:
    what: str
    remedy: str
    #: From 0.
    line: int


@lru_cache(maxsize=512)  # every look and every page reads the same few heads again
def _composed(text: str) -> tuple[yaml.Node | None, _Wrong | None]:
    try:
        return compose(text), None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line if mark else 0
        lines = text.split("\n")
        if "\t" in (lines[line] if line < len(lines) else ""):
            return None, _Wrong(
                "une tabulation est dans ces lignes", "remplacez-la par des espaces", line
            )
        if unclosed := _unclosed(error, lines[: line + 1]):
            return None, unclosed
        return None, _Wrong(
            "ces lignes ne se lisent pas comme « clé: valeur »",
            "mettez entre guillemets une valeur qui contient « : » ou commence par un signe",
            line,
        )
    except RecursionError:
        return None, _Wrong(
            "il y a trop de crochets imbriqués", "gardez des lignes « clé: valeur »", 0
        )


def _is_left_open(lines: Sequence[str], at: int) -> bool:
    """A value opens a quotation mark there that no end of a line closes: one may go on below."""
    value = lines[at].partition(":")[2].strip()
    sign = value[:1]
    if sign not in ('"', "'") or value.count(sign) != 1:
        return False
    after = next((line.rstrip() for line in lines[at + 1 :] if sign in line), "")
    return not (after.endswith(sign) and after.count(sign) == 1)


def _unclosed(error: yaml.YAMLError, lines: Sequence[str]) -> _Wrong | None:
    """Where a quotation mark or a bracket opens that nothing closes: the parser only notices some
    lines below."""
    quoted = next((at for at, _ in enumerate(lines) if _is_left_open(lines, at)), None)
    if quoted is not None:
        return _Wrong(
            "un guillemet s'ouvre ici et ne se referme pas",
            "refermez-le à la fin de la valeur",
            quoted,
        )
    opened = getattr(error, "context_mark", None)
    if opened and "flow" in (getattr(error, "context", None) or ""):
        return _Wrong(
            "un crochet ou une accolade s'ouvre ici et ne se referme pas",
            "refermez-le sur la même ligne",
            opened.line,
        )
    return None


def read(text: str, where: str, first_line: int = 1) -> Mapping:
    """The mapping that ``text`` is; ``first_line`` is where it starts in its file."""
    node, wrong = _composed(text)
    if wrong is not None:
        raise ContentError(
            where=where, what=wrong.what, remedy=wrong.remedy, line=wrong.line + first_line
        )
    if node is None:
        return Mapping(where=where, line=first_line, shift=first_line, entries={})
    return _mapping(node, where, first_line, "le fichier")


def _mapping(node: yaml.Node, where: str, shift: int, name: str) -> Mapping:
    line = node.start_mark.line + shift
    result = Mapping(where=where, line=line, shift=shift, entries={})
    if not isinstance(node, yaml.MappingNode):
        raise result.fault(f"« {name} » attend des lignes « clé: valeur »", "écrivez clé: valeur")
    for key, value in node.value:
        at = key.start_mark.line + shift
        if str(key.value) in result.entries:
            raise result.fault(f"« {key.value} » est écrit deux fois", "gardez-en un", at)
        result.entries[str(key.value)] = (at, value)
    return result
