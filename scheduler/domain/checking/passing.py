"""A fault that two people let pass, by name: which rule, in which file, on which words."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from scheduler.domain.checking.findings import Finding, Hold
from scheduler.domain.errors import NotFound
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen


class WhyNot(StrEnum):
    """What keeps a fault from being let pass, or from being held again."""

    #: Its words were edited since, or it was never there.
    UNKNOWN = "unknown"
    #: Nobody may let it pass.
    NEVER = "never"
    #: Nobody said who acts.
    NO_NAME = "no-name"
    #: Nobody said why.
    NO_REASON = "no-reason"
    #: Somebody asked before.
    ASKED = "asked"
    #: Nobody asked for it.
    NOT_ASKED = "not-asked"
    #: Whoever asked can't be the second person.
    SAME_PERSON = "same-person"
    #: Somebody else decided at the same moment.
    DECIDED = "decided"


class NotPassed(NotFound):
    """Nothing was changed; ``why`` says it for whoever shows it."""

    def __init__(self, why: WhyNot, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why


@frozen
class Pass(Dated):
    """It names one fault of one message, and ends with the words that it was given for."""

    #: Folder path under templates/.
    message: str
    rule: str
    file: str
    #: As ``Finding.passage`` has it.
    passage: str
    #: Why whoever asked wants it to leave all the same.
    reason: str
    asked_by: str
    #: Aware, UTC.
    asked_at: datetime
    #: Empty: nobody yet.
    allowed_by: str = ""
    allowed_at: datetime | None = None

    def is_for(self, one: Finding) -> bool:
        return (self.rule, self.file, self.passage) == (one.rule, one.file, one.passage)


def holding(
    findings: Iterable[Finding],
    files: Collection[str],
    passes: Collection[Pass] = (),
    *,
    approved: bool = False,
) -> list[Finding]:
    """The findings that keep a text made of ``files`` from leaving.

    ``approved``: two people have allowed these very texts, which says the same of each fault that
    may be let pass at all.
    """
    allowed = [one for one in passes if one.allowed_by]
    return [
        one
        for one in findings
        if one.file in files
        and one.hold is not Hold.NO
        and not (one.hold is Hold.UNTIL_PASSED and (approved or _passes(one, allowed)))
    ]


def _passes(one: Finding, allowed: Iterable[Pass]) -> bool:
    return any(each.is_for(one) for each in allowed)
