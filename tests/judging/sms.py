"""How well replies by SMS are heard, on labelled samples: ``python -m tests.judging.sms FILE``.

FILE is a JSON list of ``{"text", "label", "lang", "note"}``; a label is ``leave``, ``not-leave``,
``wrong-person`` or ``either``.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.hearing.deciding import hear
from scheduler.domain.hearing.kinds import ReplyKind

#: Nothing leaves any more, the series in any case.
AT_ONCE = (
    ReplyKind.OPT_OUT,
    ReplyKind.LEAVES_SERIES,
    ReplyKind.WRONG_PERSON,
    ReplyKind.DECEASED,
)
#: The series is held, and a person reads.
HELD = (ReplyKind.DOUBT,)
#: Service messages are withheld.
CLOSING = (ReplyKind.OPT_OUT, ReplyKind.WRONG_PERSON, ReplyKind.DECEASED)
#: Nothing of the series leaves, service messages do, and a person reads.
SHOWN = (ReplyKind.LEAVES_SERIES, ReplyKind.DOUBT)
#: Those whose number must fall silent.
LEAVING = ("leave", "wrong-person")


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    leaving: int
    at_once: int
    held: int
    staying: int
    #: A service message is withheld from somebody who didn't leave.
    false: int
    #: The series is held, or over, for somebody who didn't leave: shown to a person.
    doubted: int
    #: Of these, those for whom it is over.
    over: int
    #: (label, what it was taken for, text) of whatever isn't as it should be.
    wrong: Sequence[tuple[str, str, str]]

    @property
    def heard(self) -> float:
        """Percent heard at once."""
        return 100 * self.at_once / self.leaving

    @property
    def heard_or_held(self) -> float:
        return 100 * (self.at_once + self.held) / self.leaving

    @property
    def false_share(self) -> float:
        return 100 * self.false / self.staying

    @property
    def over_share(self) -> float:
        return 100 * self.over / self.staying

    @property
    def doubted_share(self) -> float:
        return 100 * self.doubted / self.staying


def judge(samples: Sequence[Mapping[str, str]]) -> Judgement:
    """``either`` counts nowhere."""
    kinds = [(one["label"], hear(one["text"]).kind, one["text"]) for one in samples]
    leaving = [kind for label, kind, _ in kinds if label in LEAVING]
    staying = [kind for label, kind, _ in kinds if label == "not-leave"]
    return Judgement(
        leaving=len(leaving),
        at_once=sum(kind in AT_ONCE for kind in leaving),
        held=sum(kind in HELD for kind in leaving),
        staying=len(staying),
        false=sum(kind in CLOSING for kind in staying),
        doubted=sum(kind in SHOWN for kind in staying),
        over=sum(kind is ReplyKind.LEAVES_SERIES for kind in staying),
        wrong=[
            (label, kind.value, text)
            for label, kind, text in kinds
            if (label in LEAVING and kind not in AT_ONCE)
            or (label == "not-leave" and kind in (*AT_ONCE, *HELD))
        ],
    )


def tell(found: Judgement, name: str) -> None:
    """The shares of a set on one line."""
    print(
        f"{name}: {found.leaving} leave, {found.heard:.1f} % heard, {found.heard_or_held:.1f} %"
        f" heard or held; {found.staying} stay, {found.false_share:.1f} % false,"
        f" {found.doubted_share:.1f} % shown ({found.over_share:.1f} % over)"
    )


def main(path: str) -> None:
    found = judge(json.loads(Path(path).read_text(encoding="utf-8")))
    print(f"leaving:        {found.leaving}")
    print(f"heard at once:  {found.heard:.1f} % ({found.at_once})")
    print(f"heard or held:  {found.heard_or_held:.1f} % ({found.at_once + found.held})")
    print(f"staying:        {found.staying}")
    print(f"false:          {found.false_share:.1f} % ({found.false})")
    print(f"doubts:         {found.doubted_share:.1f} % ({found.doubted})")
    print(f"  series over:  {found.over_share:.1f} % ({found.over})")
    for label, kind, text in found.wrong:
        print(f"  {label} -> {kind}: {text!r}")


if __name__ == "__main__":
    main(sys.argv[1])
