"""« Ours or not? »: what a mail shows of itself, and what that comes to beside the ledger.

A token is made by our keys and can't be guessed, but whoever was written to holds a real one and
may copy it: a message of ours is one whose every part agrees.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from enum import StrEnum

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen


class Verdict(StrEnum):
    """The answer."""

    #: Everything that can be compared agrees.
    OURS = "ours"
    #: Something of a message of ours is in it, and something isn't.
    COPIED = "copied"
    #: From a trial or a rehearsal.
    TRIAL = "trial"
    #: Nothing in it is of our making.
    NOT_OURS = "not-ours"
    #: It shows nothing that could be compared: no mail, or a text without its headers.
    UNKNOWN = "cant-tell"


class Sign(StrEnum):
    """What the answer rests on."""

    #: Its Message-ID is of a message that left.
    SENT = "sent"
    #: Its Message-ID was made by our keys, and the ledger keeps no more of the message.
    FORGOTTEN = "forgotten"
    #: Its Message-ID was made by our keys, for a trial, which the ledger doesn't number.
    TRIAL_NUMBER = "trial-number"
    #: Its Message-ID is of a message that never left.
    NEVER_LEFT = "never-left"
    #: Its Message-ID is none of ours.
    NO_NUMBER = "no-number"
    #: It has none: most likely a text that was pasted or forwarded.
    NO_HEAD = "no-head"
    #: Its sender is the one address that we write from.
    SENDER = "sender"
    #: It is another.
    OTHER_SENDER = "other-sender"
    #: Answers to it go elsewhere than answers to us do.
    OTHER_REPLY = "other-reply"
    #: It is addressed to whom that message went to.
    ADDRESSEE = "addressee"
    #: To somebody else.
    OTHER_ADDRESSEE = "other-addressee"
    #: Its way out is that address's own.
    WAY_OUT = "way-out"
    #: Its way out is another address's, or none of ours.
    OTHER_WAY_OUT = "other-way-out"
    #: Its way out is one that trials and rehearsals have.
    TRIAL_WAY_OUT = "trial-way-out"
    #: A link leads to a site that our messages never name.
    LINK_ELSEWHERE = "link-elsewhere"
    #: A file is attached that our messages never have.
    ATTACHED = "attached"
    #: It is longer, or has more parts, than what is looked at.
    CUT = "cut"
    #: It is attached to another mail, of which nothing is said.
    INSIDE = "inside"
    #: It bears a signature (DKIM) of our domain, which isn't verified here.
    SIGNED = "signed"
    #: It bears none.
    UNSIGNED = "unsigned"


#: What our making shows in.
_OUR_MAKING = frozenset({Sign.SENT, Sign.FORGOTTEN, Sign.NEVER_LEFT, Sign.WAY_OUT})
#: What no message of ours has.
AGAINST = frozenset(
    {
        Sign.NEVER_LEFT,
        Sign.NO_NUMBER,
        Sign.NO_HEAD,
        Sign.OTHER_SENDER,
        Sign.OTHER_REPLY,
        Sign.OTHER_ADDRESSEE,
        Sign.OTHER_WAY_OUT,
        Sign.LINK_ELSEWHERE,
        Sign.ATTACHED,
        Sign.CUT,
    }
)


@frozen
class GivenMail:
    """What a mail says of itself, as it was given."""

    #: What stands before the @ of its Message-ID; empty: it has none.
    number: str
    #: Addresses, in lower case.
    senders: Collection[str]
    replies_to: Collection[str]
    addressees: Collection[str]
    #: What may be tokens, in its List-Unsubscribe.
    ways_out: Collection[str]
    #: Domains of its DKIM signatures.
    signers: Collection[str]
    #: Where its links lead.
    hosts: Collection[str]
    #: Names of its files, but for pictures and calendar entries.
    files: Collection[str]
    #: It was attached to the mail that was given.
    is_inside: bool = False
    #: There is more of it than was looked at.
    is_cut: bool = False


@frozen
class SentMail(Dated):
    """What the ledger knows of a message."""

    occurrence: str
    campaign: str
    episode: str
    left: bool
    #: When its state came about (UTC).
    at: datetime
    address_id: int | None
    #: One of the addressees that was asked for is whom it went to; None: that isn't known any more.
    theirs: bool | None


@frozen
class WayOut:
    """What a way out's token opens to; ``address_id`` None: to nothing."""

    address_id: int | None = None
    trial: bool = False


@frozen
class Answer:
    verdict: Verdict
    signs: tuple[Sign, ...]
    #: The message of ours that it is, or that it was copied from.
    sent: SentMail | None


def judge(
    mail: GivenMail,
    *,
    made_here: bool,
    sent: SentMail | None,
    ways_out: Collection[WayOut],
    sender: str,
    reply_to: str,
    strange_hosts: Collection[str],
) -> Answer:
    """``made_here``: its Message-ID's token opens; ``strange_hosts``: where links lead that our
    messages never name."""
    is_trial = any(one.trial for one in ways_out)
    signs = (
        *((Sign.INSIDE,) if mail.is_inside else ()),
        *_of_number(mail, made_here, sent, is_trial=is_trial),
        *_of_people(mail, sent, sender, reply_to),
        *_of_ways_out(ways_out, sent),
        *_of_content(mail, strange_hosts),
        *_of_signatures(mail, sender),
    )
    verdict = _verdict(frozenset(signs), has_head=bool(mail.number or mail.senders))
    if verdict is Verdict.UNKNOWN:
        signs = tuple(one for one in signs if one is not Sign.UNSIGNED)
    return Answer(verdict=verdict, signs=signs, sent=sent)


def _verdict(signs: frozenset[Sign], *, has_head: bool) -> Verdict:
    if Sign.TRIAL_WAY_OUT in signs and not signs & (AGAINST - {Sign.NO_NUMBER}):
        return Verdict.TRIAL
    if not signs & (_OUR_MAKING | {Sign.TRIAL_WAY_OUT}):
        return Verdict.NOT_OURS if has_head else Verdict.UNKNOWN
    return Verdict.COPIED if signs & AGAINST else Verdict.OURS


def _of_number(
    mail: GivenMail, made_here: bool, sent: SentMail | None, *, is_trial: bool
) -> Iterator[Sign]:
    if not mail.number:
        yield Sign.NO_HEAD
    elif not made_here:
        yield Sign.NO_NUMBER
    elif sent is None:
        yield Sign.TRIAL_NUMBER if is_trial else Sign.FORGOTTEN
    else:
        yield Sign.SENT if sent.left else Sign.NEVER_LEFT


def _of_people(
    mail: GivenMail, sent: SentMail | None, sender: str, reply_to: str
) -> Iterator[Sign]:
    # Nobody whose address can be read isn't us.
    if mail.senders or mail.number:
        ours = set(mail.senders) == {sender.lower()}
        yield Sign.SENDER if ours else Sign.OTHER_SENDER
    if set(mail.replies_to) - {sender.lower(), reply_to.lower()}:
        yield Sign.OTHER_REPLY
    if sent is not None and sent.theirs is not None and mail.addressees:
        yield Sign.ADDRESSEE if sent.theirs else Sign.OTHER_ADDRESSEE


def _of_ways_out(ways_out: Collection[WayOut], sent: SentMail | None) -> Iterator[Sign]:
    for one in ways_out:
        if one.trial:
            yield Sign.TRIAL_WAY_OUT
        elif one.address_id is None or (
            sent is not None and sent.address_id not in (None, one.address_id)
        ):
            yield Sign.OTHER_WAY_OUT
        else:
            yield Sign.WAY_OUT


def _of_content(mail: GivenMail, strange_hosts: Collection[str]) -> Iterator[Sign]:
    if strange_hosts:
        yield Sign.LINK_ELSEWHERE
    if mail.files:
        yield Sign.ATTACHED
    if mail.is_cut:
        yield Sign.CUT


def _of_signatures(mail: GivenMail, sender: str) -> Iterator[Sign]:
    domain = sender.lower().rpartition("@")[2]
    aligned = any(domain == one or domain.endswith(f".{one}") for one in mail.signers)
    yield Sign.SIGNED if aligned else Sign.UNSIGNED
