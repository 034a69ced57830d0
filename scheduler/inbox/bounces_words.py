"""From a mail server's words to a reason: what it says, when it said it, and its status code."""

import re

from scheduler.domain.bounces import BounceKind, Finding, kind_of, reason_of_status
from scheduler.domain.masking import one_line
from scheduler.inbox.bounce_patterns import PATTERNS, under

#: Letters of one refusal that are looked at.
LONGEST = 4000

#: Not in an IP address, nor in a program's version of four numbers.
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_CODES = re.compile(r"([45][0-5]\d)[ -]([45]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"(?:^|[\s:;<>\"(=])([45][0-5]\d)(?=[ :-]|$)")
#: Said of the address by its own server, whatever else the sentence holds.
_SURE = {"user-unknown": ("5.1.1", "5.1.10"), "host-unknown": ("5.1.2", "5.4.4")}
#: Words that a plainer status outweighs.
_WEAK = frozenset({"", "content", "system", "expired", "mailbox-refused"})
_PLAIN = frozenset({"user-unknown", "host-unknown", "moved", "mailbox-full", "mailbox-disabled"})
#: Reply codes of hosts that take no mail (RFC 7504).
_NO_MAIL = frozenset({"521", "556"})
#: Why, in the order in which it is looked for; what has one meaning goes before.
_WHY = under("why: ")
_PLAINEST = under("plain: ")
_AT_SENDER, _AT_RECIPIENT = PATTERNS["at sender"], PATTERNS["at recipient"]


def finding_of(recipient: str, words: str, given: str = "", *, delayed: bool = False) -> Finding:
    """What a refusal says of a recipient; ``given`` is the status that stands beside it."""
    text = plain(words)
    status, reply = status_in(text, given), reply_in(text)
    reason = reason_of(text, status)
    kind = BounceKind.SOFT if reply.startswith("4") else kind_of(reason, status)
    return Finding(
        recipient=printable(recipient),
        kind=BounceKind.DELAY if delayed else kind,
        status=status,
        reply_code=reply,
        reason=reason or "unknown",
        words=one_line(words[:LONGEST]),
    )


def printable(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(letter for letter in text if letter.isprintable())


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


def reason_of(text: str, status: str) -> str:
    """Our word for it; empty where neither words nor status say anything."""
    for reason, words in _PLAINEST:
        if words.search(text):
            return reason
    for sure, statuses in _SURE.items():
        if status in statuses and PATTERNS[f"why: {sure}"].search(text):
            return sure
    said = next((reason for reason, words in _WHY if words.search(text)), "")
    by_status = reason_of_status(status)
    if status.startswith(("5.7.", "5.4.")) and said in _WEAK:
        return by_status
    if by_status in _PLAIN and said in _WEAK:
        return by_status
    by_reply = "no-mail" if reply_in(text) in _NO_MAIL else ""
    return _in_its_place(said, text, status) or by_status or by_reply


def _in_its_place(said: str, text: str, status: str) -> str:
    """What words on a missing person or host mean by the moment they were said at."""
    if said not in ("user-unknown", "host-unknown"):
        return said
    if _AT_SENDER.search(text) and not _AT_RECIPIENT.search(text):
        return "sender"
    if status.startswith("5.7."):
        return "mailbox-refused"
    if said == "user-unknown" and not _AT_RECIPIENT.search(text):
        elsewhere = PATTERNS["after data"].search(text) or status.startswith("5.2.")
        if elsewhere or _says_nothing_more(text, status):
            return "mailbox-refused"
    return said


def _says_nothing_more(text: str, status: str) -> bool:
    """Words alone: not that the recipient was refused, nor a status that says so, nor its echo."""
    vague = status == "5.0.0" or (not status and bool(reply_in(text)))
    return vague and not PATTERNS["echo"].search(text)
