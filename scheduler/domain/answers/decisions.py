"""What a person may decide of what came back. Nothing else is imported: commands offer these words,
and ``--help`` stays quick."""

from enum import StrEnum


class ReportDecision(StrEnum):
    """What a person makes of a report that nothing proves to be ours."""

    #: The address is ended.
    BOUNCED = "bounced"
    #: Read; nothing changes.
    NOTED = "noted"


class ReplyDecision(StrEnum):
    """What a person makes of a reply."""

    #: They want no more SMS.
    OPT_OUT = "opt-out"
    #: Read. What was held in doubt goes on; what was closed, or left, stays so.
    NOTED = "noted"
    #: The number is theirs after all, or they didn't mean to leave: what its reply closed is open
    #: again.
    REOPEN = "reopen"
    #: The number is somebody else's: closed.
    WRONG_PERSON = "wrong-person"
    #: Its holder has died: closed.
    DECEASED = "deceased"


class ClosedAs(StrEnum):
    """What a person says became of a delivery in doubt; nothing is sent either way."""

    #: It reached them.
    SENT = "sent"
    #: It didn't.
    FAILED = "failed"
