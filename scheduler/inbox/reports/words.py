"""From a mail server's words to a finding: nearest words first, then what all the evidence says."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from scheduler.domain.answers.bounces import REASONS, BounceKind, Finding, kind_of, reason_of_status
from scheduler.domain.masking import one_line
from scheduler.domain.values import frozen
from scheduler.inbox.reports.evidence import Evidence, is_dead
from scheduler.inbox.reports.patterns import PATTERNS, under

Headings = tuple[tuple[str, re.Pattern[str]], ...]

#: Letters of one refusal that are looked at.
LONGEST = 4000
#: Replies within one text that are looked at, the last first: the innermost server's.
MOST_REPLIES = 12

#: Not in an IP address, nor in a program's version of four numbers.
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_CODES = re.compile(r"([45][0-5]\d)[ -]([45]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"(?:^|[\s:;<>\"'(=])([45][0-5]\d)(?=[ :-]|$)")
_URL = re.compile(r"https?://[^\s<>\"]{1,500}", re.IGNORECASE)
#: Words that a plainer status outweighs.
_WEAK = frozenset({"", "content", "system", "expired", "mailbox-refused"})
_PLAIN = frozenset({"user-unknown", "host-unknown", "moved", "mailbox-full", "mailbox-disabled"})
_DEAD = tuple(reason for reason, kind in REASONS.items() if kind is BounceKind.HARD)
#: Reply codes of hosts that take no mail (RFC 7504).
_NO_MAIL = frozenset({"521", "556"})


@frozen
class _Headings:
    """Why, in the order in which it is looked for."""

    one_meaning: Headings
    sentences: Headings
    others: Headings


def read_headings() -> None:
    """Take the patterns as they are now; a measure of the reader takes some away."""
    global _HEADINGS
    _HEADINGS = _Headings(
        one_meaning=under("plain: "), sentences=under("sentence: "), others=under("why: ")
    )


_HEADINGS = _Headings(one_meaning=(), sentences=(), others=())
read_headings()


@frozen
class Refused:
    """What a report says of one recipient, by its place."""

    recipient: str
    #: The refusing server's own words: a diagnostic code.
    said: str = ""
    #: What the reporting server writes for people about this recipient, and nobody else.
    around: str = ""
    #: The status that stands beside it.
    status: str = ""
    delayed: bool = False


@frozen
class _Why:
    reason: str = ""
    manner: str = ""

    @property
    def is_weak(self) -> bool:
        """A plainer status outweighs it."""
        return self.reason in _WEAK and self.manner != "one meaning"


def finding_of(found: Refused) -> Finding:
    """What a refusal says of a recipient."""
    said, around = _spoken(found.said), _spoken(found.around)
    text = f"{said} {around}".strip()
    status = status_in(said, found.status)
    if not status or status.endswith(".0.0"):
        status = status_in(around, status)
    reply = reply_in(said) or reply_in(around)
    why = _why([said, around])
    evidence = Evidence(
        reason=why.reason,
        manner=why.manner,
        status=status,
        reply_code=reply,
        command=_command(said, around),
    )
    reason, dead = _decide(why, evidence)
    kind = BounceKind.SOFT if reply.startswith("4") else kind_of(reason, status)
    if kind is BounceKind.HARD and not dead:
        kind = BounceKind.SOFT
    return Finding(
        recipient=printable(found.recipient),
        kind=BounceKind.DELAY if found.delayed else kind,
        status=status,
        reply_code=reply,
        reason=reason or "unknown",
        words=one_line((found.said or found.around)[:LONGEST] if text else ""),
    )


def _decide(why: _Why, evidence: Evidence) -> tuple[str, bool]:
    """The reason, and whether it ends the address: words of a dead one without enough weight are a
    refusal that may be about anything."""
    by_status = reason_of_status(evidence.status)
    if evidence.command == "mail" and why.reason in _DEAD:
        return "sender", False
    if is_dead(evidence):
        by_reply = "no-mail" if evidence.reply_code in _NO_MAIL else ""
        named = [one for one in (why.reason, by_reply, by_status) if one in _DEAD]
        return (named[0] if named else "user-unknown"), True
    if why.reason in _DEAD:
        if evidence.status.startswith("5.4."):
            return by_status, False
        is_full = by_status in ("mailbox-full",)
        return (by_status if is_full else "mailbox-refused"), False
    if why.is_weak and (by_status in _PLAIN or evidence.status.startswith(("5.7.", "5.4."))):
        return (by_status if by_status not in _DEAD else why.reason or "unknown"), False
    said = why.reason or by_status
    return (said if said not in _DEAD else "unknown"), False


def _why(texts: Sequence[str]) -> _Why:
    """What the nearest words say that say anything: of each text its last reply first."""
    weak = _Why()
    for text in texts:
        for piece in _nearest_first(text):
            found = _said_in(piece)
            if not found.is_weak:
                return found
            weak = weak if weak.reason else found
    return weak


def _nearest_first(text: str) -> Iterator[str]:
    """A server repeats the one behind it: the last reply is that of the recipient's own."""
    replies = list(islice(_REPLY.finditer(text), MOST_REPLIES))
    for_good = [one for one in replies if one[1].startswith("5")] or replies
    yield from (text[one.start(1) :] for one in reversed(for_good))
    if text:
        yield text


def _said_in(text: str) -> _Why:
    for reason, words in _HEADINGS.one_meaning:
        if words.search(text):
            return _Why(reason=reason, manner="one meaning")
    sentence, begins = _first_of(_HEADINGS.sentences, text)
    said, at = _first_of(_HEADINGS.others, text)
    if sentence and (said in _DEAD or said in _WEAK or begins < at):
        return _Why(reason=sentence, manner="sentence")
    return _Why(reason=said)


def _first_of(headings: Headings, text: str) -> tuple[str, int]:
    """The first heading of which a line is found, and where."""
    for reason, words in headings:
        if found := words.search(text):
            return reason, found.start()
    return "", len(text)


def _command(said: str, around: str) -> str:
    """What was refused, as the words about this recipient name it."""
    for text in (around, said):
        after = PATTERNS["after data"].search(text)
        at = PATTERNS["at recipient"].search(text)
        if at and not after:
            return "rcpt"
        if after and not at:
            return "data"
        if not at and not after and PATTERNS["at sender"].search(text):
            return "mail"
    return "echo" if PATTERNS["echo"].search(f"{said} {around}") else ""


def printable(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(letter for letter in text if letter.isprintable())


def _spoken(words: str) -> str:
    """What a server says, and not where it points: its links hold words too."""
    return plain(_URL.sub(" ", words[:LONGEST]))


def plain(words: str) -> str:
    """Lower case, single spaces, straight apostrophes; a reply of several lines made one."""
    text = " ".join(words[:LONGEST].lower().replace("’", "'").replace("‘", "'").split())
    first = _CODES.search(text)
    if first is None:
        return text
    code, status = first.groups()
    rest = text[first.end() :].replace(f" {code}-{status} ", " ").replace(f" {code} {status} ", " ")
    return text[: first.end()] + rest


def status_in(text: str, given: str = "") -> str:
    """The server's own status, else the one that its neighbour gives."""
    found = [one for one in _STATUS.findall(text) if not one.startswith("2")]
    exact = [one for one in found if not one.endswith(".0.0")]
    if not given or given.endswith(".0.0") or (exact and given[0] == exact[0][0]):
        return exact[0] if exact else (found[0] if found else given)
    return given


def reply_in(text: str) -> str:
    found = _REPLY.search(text)
    return found[1] if found else ""
