"""What ``check`` says of a writer's file: one fault or one remark, where it is, how to mend it."""

from enum import StrEnum

from scheduler.domain.values import frozen

#: The rule of what the content engine refuses.
STRUCTURE = "structure"


class Severity(StrEnum):
    #: The message must not leave like this.
    FAULT = "fault"
    #: It may leave; it would read better otherwise.
    WARNING = "warning"


class Hold(StrEnum):
    """Whether a finding keeps its text from leaving."""

    NO = "no"
    #: Until it is mended, or a person lets it pass and another one agrees.
    UNTIL_PASSED = "until-passed"
    #: Until it is mended.
    ALWAYS = "always"


@frozen
class Finding:
    """One thing found in a file; its words are French, for writers."""

    #: As people know it: ``templates/…`` or ``config.yaml``.
    file: str
    #: None when no line is more at fault than another.
    line: int | None
    #: Code of the rule: a row of ``scheduler.content.rules.passage``.
    rule: str
    severity: Severity
    message: str
    remedy: str
    hold: Hold = Hold.NO
    #: Digest of the words it is about, where it was asked for: an edit of them makes another.
    passage: str = ""
    #: Name of the value of config.yaml that does it, whatever text shows it; empty: the text does.
    value: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, ligne {self.line}" if self.line else self.file
        return f"{place} : {self.message} — {self.remedy}"


def in_reading_order(findings: list[Finding]) -> list[Finding]:
    """Each finding once, file by file and from top to bottom; what a value breaks in several texts
    is one finding, and of one that a rule holds it isn't told as well that it can't be composed."""
    held = {
        (one.file, one.line, one.value)
        for one in findings
        if one.value and one.rule != STRUCTURE and one.hold is not Hold.NO
    }
    once = {
        (one.file, one.line, one.rule, one.value) if one.value else one: one
        for one in reversed(findings)
        if one.rule != STRUCTURE or (one.file, one.line, one.value) not in held
    }
    return sorted(once.values(), key=lambda one: (one.file, one.line or 0, one.rule, one.message))
