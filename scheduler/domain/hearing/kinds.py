"""What a text that came in is, and whether its sender waits for somebody."""

from enum import StrEnum

from scheduler.domain.values import frozen


class ReplyKind(StrEnum):
    """What a text that came in is."""

    #: No more by SMS, service messages too.
    OPT_OUT = "opt-out"
    #: In words of their own, and perhaps not of everything: no more of the series, service messages
    #: go on, and a person reads.
    LEAVES_SERIES = "leaves-series"
    #: Perhaps an order to stop: the series is held for the number, and a person decides.
    DOUBT = "doubt"
    #: The number isn't that of whom we write to: it is closed for everybody.
    WRONG_PERSON = "wrong-person"
    #: Its holder has died: the same.
    DECEASED = "deceased"
    #: Again: heard only where an earlier consent exists.
    OPT_IN = "opt-in"
    #: Who are you?
    HELP = "help"
    #: From a machine: recorded, never answered.
    AUTO_REPLY = "auto-reply"
    #: Thanks, a greeting: a person may read it.
    COURTESY = "courtesy"
    #: Anything else: a person reads it.
    OTHER = "other"


@frozen
class Hearing:
    """What was made of a text."""

    kind: ReplyKind
    #: Its sender may wait for somebody: an appointment, an emergency, a question.
    expects: bool = False
    #: Nothing is written back: the number may be somebody else's.
    silent: bool = False
