"""How each rule stands: held, weakened, or weakened by somebody's decision."""

from collections.abc import Iterable, Sequence
from datetime import date

from scheduler.domain.law.codes import LawRule, State, Weight
from scheduler.domain.law.register import RULES, Rule
from scheduler.domain.values import frozen
from scheduler.domain.words.french import french_date


@frozen
class Spot:
    """Where a key is given."""

    #: Dotted: ``channels.sms.weekdays``; of a message's card, ``approval``.
    key: str
    #: As people know it: ``config.yaml``, ``audiences/staff.yaml``; empty: the environment.
    file: str
    line: int | None = None

    def __str__(self) -> str:
        """``channels.sms.weekdays (config.yaml:41)``."""
        if not self.file:
            return f"{self.key} (environnement)"
        return f"{self.key} ({self.file}:{self.line})" if self.line else f"{self.key} ({self.file})"


@frozen
class Weakening:
    """A key weakens a rule."""

    rule: LawRule
    weight: Weight
    spot: Spot
    #: What it does, in French: « 06h00–23h00 ».
    what: str


@frozen
class Decision:
    """Somebody who may decided that a rule is weakened."""

    rule: LawRule
    by: str
    on: date
    why: str = ""
    #: The audience it speaks of; empty: all.
    audience: str = ""

    def __str__(self) -> str:
        why = f" : {self.why}" if self.why else ""
        whom = f" ({self.audience})" if self.audience else ""
        return f"décidé par {self.by} le {french_date(self.on)}{whom}{why}"


@frozen
class Standing:
    """One rule, with what weakens it."""

    rule: Rule
    weakened: Sequence[Weakening] = ()
    #: The latest on it.
    decision: Decision | None = None

    @property
    def faults(self) -> list[Weakening]:
        return [one for one in self.weakened if one.weight is Weight.FAULT]

    @property
    def state(self) -> State:
        """A decision covers advice, never a fault."""
        if self.faults:
            return State.FAULT
        if not self.weakened:
            return State.HELD
        return State.DECIDED if self.decision else State.ADVICE


def standings(weakened: Iterable[Weakening], decisions: Iterable[Decision]) -> list[Standing]:
    """Every rule of the register, in its order."""
    found = list(weakened)
    latest = {one.rule: one for one in sorted(decisions, key=lambda one: one.on)}
    return [
        Standing(
            rule=rule,
            weakened=tuple(one for one in found if one.rule is rule.code),
            decision=latest.get(rule.code),
        )
        for rule in RULES.values()
    ]


def weakest_first(found: Iterable[Standing]) -> list[Standing]:
    """As they are read: what is at fault, what wants a decision, what has one, what is held."""
    order = (State.FAULT, State.ADVICE, State.DECIDED, State.HELD)
    return sorted(found, key=lambda one: order.index(one.state))
