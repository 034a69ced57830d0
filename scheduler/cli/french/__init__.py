"""What commands say, in French; a test finds it complete.

The keys are the English sentences as the code has them, each hole as ``{}``; the French sentence
has the same holes, or fewer. What fills a hole is itself put in French where it is a sentence of the
program.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scheduler.cli.french.copies import COPIES
from scheduler.cli.french.doctor import DOCTOR
from scheduler.cli.french.edits import EDITS
from scheduler.cli.french.errors_acts import ERRORS_ACTS
from scheduler.cli.french.errors_ledger import ERRORS_LEDGER
from scheduler.cli.french.errors_places import ERRORS_PLACES
from scheduler.cli.french.errors_settings import ERRORS_SETTINGS
from scheduler.cli.french.figures import FIGURES
from scheduler.cli.french.files import FILES
from scheduler.cli.french.frame import FRAME
from scheduler.cli.french.help import HELP
from scheduler.cli.french.help_of_people import HELP_OF_PEOPLE
from scheduler.cli.french.installing import INSTALLING
from scheduler.cli.french.passing import PASSING
from scheduler.cli.french.providers import PROVIDERS
from scheduler.cli.french.rows import ROWS
from scheduler.cli.french.sources import SOURCES
from scheduler.cli.french.told import TOLD
from scheduler.cli.french.told_acts import TOLD_ACTS
from scheduler.cli.french.told_upkeep import TOLD_UPKEEP
from scheduler.cli.french.whose import WHOSE
from scheduler.web.desk.french import typography

SENTENCES: Mapping[str, str] = {
    **COPIES,
    **DOCTOR,
    **EDITS,
    **ERRORS_ACTS,
    **ERRORS_LEDGER,
    **ERRORS_PLACES,
    **ERRORS_SETTINGS,
    **FIGURES,
    **SOURCES,
    **FILES,
    **FRAME,
    **HELP,
    **HELP_OF_PEOPLE,
    **INSTALLING,
    **PASSING,
    **PROVIDERS,
    **ROWS,
    **TOLD,
    **TOLD_ACTS,
    **TOLD_UPKEEP,
    **WHOSE,
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """A sentence with holes."""

    #: What stands around its holes.
    parts: Sequence[str]
    french: str

    def fillings(self, sentence: str) -> Sequence[str] | None:
        """What fills its holes in ``sentence``; None when it's another one."""
        found = _pattern(self.parts).fullmatch(sentence)
        return None if found is None else found.groups()

    def names(self) -> Iterator[bool]:
        """Of each hole, whether it stands in backquotes: a name, which is told as it is."""
        return (part.endswith("`") for part in self.parts[:-1])


@cache
def _pattern(parts: Sequence[str]) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, parts)), re.DOTALL)


@cache
def _shapes() -> Sequence[tuple[str, _Shape]]:
    """Those with holes, each with its longest words, the ones with most words first: what fits two
    is the more exact. Those that are holes alone would fit anything, and have nothing to be
    translated."""
    found = [
        _Shape(tuple(one.split("{}")), french)
        for one, french in SENTENCES.items()
        if "{}" in one and sum(map(str.isalpha, one)) > 1
    ]
    found.sort(key=lambda one: -sum(map(len, one.parts)))
    return [(max(one.parts, key=len), one) for one in found]


def french(sentence: str) -> str:
    """The same in French; as it is, when it's no sentence of the program."""
    if sentence in SENTENCES:
        return typography(SENTENCES[sentence])
    for words, shape in _shapes():
        # Nearly every one is told by these: a command that says one sentence compiles one.
        if words in sentence and (found := shape.fillings(sentence)) is not None:
            holes = zip(found, shape.names(), strict=True)
            fillings = (each if as_it_is else french(_quoted(each)) for each, as_it_is in holes)
            told = typography(shape.french).format(*fillings)
            return _MEGABYTES.sub(_in_thousands, told)
    return sentence


#: As ``repr`` writes a word, or several with commas between.
_WORD = r"(?:'[^'\n]*'|\"[^\"\n]*\")"
_QUOTED = re.compile(f"{_WORD}(?:, {_WORD})*")
_MEGABYTES = re.compile(r"(?<![\w/.-])(\d+) Mo\b")


def _quoted(value: str) -> str:
    """What fills a hole, between the quotes of the language that it is told in."""
    if not _QUOTED.fullmatch(value):
        return value
    return re.sub(_WORD, lambda word: f"«\u00a0{word[0][1:-1]}\u00a0»", value)


def _in_thousands(number: re.Match[str]) -> str:
    digits = int(number[1])
    told = f"{digits:,}".replace(",", "\u202f") if digits > 9_999 else number[1]
    return f"{told}\u00a0Mo"
