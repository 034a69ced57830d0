"""A text for people cut where it names one recipient after the other.

What stands behind a recipient is about that one, to the next one's line. Recipients in a row, with
one reason under them all, share it.
"""

import re

#: Recipients of one report that are read.
MOST_RECIPIENTS = 50

_ADDRESS = r"([^\s<>\"'():;,]{1,64}@[A-Za-z0-9.-]{2,255})"
_AT_LINE_START = re.compile(
    r"^[ \t*>-]*(?:[45]\d\d(?:[ -][45]\.\d{1,3}\.\d{1,3})?[ ]+|rcpt(?: to)?:[ ]*|recipient:[ ]*|"
    r"rcpt to:|unable to deliver message to:[ ]*|delivery to[ ]+|an error .{0,40} to[ ]+|"
    r"impossible de .{0,60}[ ]|c=.{0,200}\bsmtp=|"
    r"(?:unknown|invalid|no such) (?:user|recipient|address|mailbox|host|domain):[ ]*|"
    r"(?:failed |undelivered )?(?:recipients?|destinataires?|addresse?s?)(?: failed)? ?:[ ]*|"
    r"(?:utilisateur|adresse|bo[iî]te|destinataire) inconnue? ?:[ ]*|"
    r"could not be delivered to:[ ]*)?"
    r"[<\"'(\[]{0,2}" + _ADDRESS + r"[>\"')\]]{0,2}",
    re.IGNORECASE | re.MULTILINE,
)
#: Whom a server names beside its reply, or in its own command; an address in prose is anybody's.
_NAMED = re.compile(
    r"(?:\b[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3} )?|\brcpt to:? ?|"
    r"\b(?:recipients?|destinataires?|address|adresse|user|mailbox)(?: was| [ée]tait)?[ ]?:? ?|"
    r"\bto )"
    r"[<\"'(\[]{1,2}([^\s<>\"'():;,=\[\]/]{1,64}@[A-Za-z0-9.-]{2,255})[>\"')\]]",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def segments(text: str, only: list[str] | None = None) -> dict[str, str]:
    """Recipient in lower case -> what is said of it. ``only``: those that are known to be meant."""
    starts = _starts(text, only)
    if not starts:
        return {}
    ends = [*(start for start, _, _ in starts[1:]), len(text)]
    pieces = [
        (address, text[start:end], text[after:end])
        for (start, after, address), end in zip(starts, ends, strict=True)
    ]
    found: dict[str, str] = {}
    for number, (address, piece, behind) in enumerate(pieces):
        if not _LETTERS.search(behind):
            piece += _shared(pieces, number)
        found[address] = f"{found.get(address, '')} {piece}".strip()
    return found


def named_in(text: str) -> str:
    """Whom a reply or a command within the text names; empty for nobody."""
    found = _NAMED.search(text)
    return found[1] if found else ""


def _starts(text: str, only: list[str] | None) -> list[tuple[int, int, str]]:
    """Where each recipient's words begin, the end of its own mention, and who it is."""
    starts: list[tuple[int, int, str]] = []
    for found in _AT_LINE_START.finditer(text):
        address = found[1].rstrip(".").lower()
        if only is not None and address not in only:
            continue
        if not starts or starts[-1][2] != address:
            starts.append((found.start(), found.end(), address))
    return starts[: 4 * MOST_RECIPIENTS]


def _shared(pieces: list[tuple[str, str, str]], number: int) -> str:
    """The words under the last of the recipients that stand in a row."""
    for _, _, behind in pieces[number + 1 :]:
        if _LETTERS.search(behind):
            return f" {behind}"
    return ""
