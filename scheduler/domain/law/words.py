"""How a rule stands, in French."""

from collections.abc import Mapping, Sequence

from scheduler.domain.law.codes import State
from scheduler.domain.law.standing import Standing

STATES: Mapping[State, str] = {
    State.HELD: "respectée",
    State.DECIDED: "affaiblie, par décision",
    State.ADVICE: "affaiblie : à décider",
    State.FAULT: "enfreinte : à corriger",
}


def state_word(state: State) -> str:
    return STATES[state]


def summary(found: Sequence[Standing]) -> str:
    """« 42 règles : 39 respectées, 1 à corriger, 2 à décider. »"""
    counts = {state: sum(one.state is state for one in found) for state in State}
    parts = [_counted(counts[State.HELD], "respectée")]
    if counts[State.FAULT]:
        parts.append(f"{counts[State.FAULT]} à corriger")
    if counts[State.ADVICE]:
        parts.append(f"{counts[State.ADVICE]} à décider")
    if counts[State.DECIDED]:
        parts.append(_counted(counts[State.DECIDED], "affaiblie") + " par décision")
    return f"{len(found)} règles : {', '.join(parts)}."


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number > 1 else ''}"
