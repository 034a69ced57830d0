"""What a value typed into config.yaml does to the texts that show it: told at its own line.

A text is judged as its examples fill it, and as a use of the calendar does. What is wrong in the
second alone, and no more once one value is left out, is that value's fault and not the text's. So
is what is no more wrong once a word of the organisation's (its name, whom to call) is another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from scheduler.domain.checking.findings import Finding
from scheduler.domain.values import frozen

#: What a text, filled with these values, is at fault for.
Judged = Callable[[Mapping[str, str]], Iterable[Finding]]
#: Said in the place of a word of the organisation's: it breaks no rule.
_PLAIN = "Réflexe"
#: Rules of a whole line, which is long by its other words too.
_OF_ITS_LENGTH = frozenset(
    ("subject-length", "preheader-length", "preheader-repeats", "easy-sentence", "typography")
)
#: What can't be composed; of a value, it is an address that isn't one.
_REFUSED = "structure"
_ADDRESS = "écrivez l'adresse entière, comme https://www.example.org/page"
#: A finding's place in its text.
_Spot = tuple[str, int | None, str]


@frozen
class Typed:
    """A value that somebody typed, and where."""

    name: str
    #: config.yaml, and the value's line.
    file: str
    line: int | None


@frozen
class Use:
    """One use of a message: all that fills its blanks, and what of it was typed."""

    values: Mapping[str, str]
    typed: Sequence[Typed] = ()


def placed(
    judge: Judged, examples: Mapping[str, str], use: Use, *, whole: bool = False
) -> Iterator[Finding]:
    """What ``judge`` finds in a text as ``use`` fills it, each where the wrong word stands.

    ``whole``: no example stands for a value that nobody gave.
    """
    found = list(judge(use.values if whole else {**examples, **use.values}))
    causes = _causes(found, judge, examples, use) if found and use.typed else {}
    for one in found:
        cause = causes.get(_spot(one))
        yield one if cause is None else _at(cause, one)


def owned(
    found: Iterable[Finding],
    judge: Judged,
    values: Mapping[str, str],
    fields: Mapping[str, Typed],
) -> Iterator[Finding]:
    """``found`` by ``judge`` in a text filled with ``values``: what a word of the organisation's
    does, by its field of the text, stands at its line."""
    wrong = list(found)
    causes: dict[_Spot, Typed] = {}
    for field, typed in fields.items() if wrong else ():
        left = set(map(_spot, judge({**values, field: _PLAIN})))
        spots = {_spot(one) for one in wrong if one.rule not in _OF_ITS_LENGTH}
        causes = dict.fromkeys(spots - left, typed) | causes
    for one in wrong:
        cause = None if one.value else causes.get(_spot(one))
        yield one if cause is None else _at(cause, one)


def _causes(
    found: Iterable[Finding], judge: Judged, examples: Mapping[str, str], use: Use
) -> dict[_Spot, Typed]:
    own = set(map(_spot, judge(examples)))
    fresh = {spot for one in found if (spot := _spot(one)) not in own}
    causes: dict[_Spot, Typed] = {}
    for typed in use.typed if fresh else ():
        others = {name: value for name, value in use.values.items() if name != typed.name}
        left = set(map(_spot, judge({**examples, **others})))
        causes = dict.fromkeys(fresh - left, typed) | causes
    return causes


def _spot(one: Finding) -> _Spot:
    return (one.file, one.line, one.rule)


def _at(cause: Typed, one: Finding) -> Finding:
    return replace(
        one,
        file=cause.file,
        line=cause.line,
        message=f"« {cause.name} » : {one.message}",
        remedy=_ADDRESS if one.rule == _REFUSED and "lien" in one.message else one.remedy,
        value=cause.name,
    )
