"""A mail of the doctor's own, as the mailbox got it: signed, by us, with what RFC 8058 wants."""

import re
from collections.abc import Iterable, Sequence
from email.message import Message
from email.parser import BytesParser

from scheduler.domain.doctor.dmarc import is_aligned
from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.tags import NotTags, read_tags, without_blanks
from scheduler.domain.doctor.zone import Zone

#: Both in a signature's h= (RFC 8058, section 4).
ONE_CLICK = ("list-unsubscribe", "list-unsubscribe-post")
_REMEDY = (
    "have the relay sign From, List-Unsubscribe and List-Unsubscribe-Post (OpenDKIM: SignHeaders; "
    "rspamd: sign_headers), for the sender's own domain"
)
_VERDICT = re.compile(r"\b(spf|dkim|dmarc)=(fail|permerror|temperror|none|softfail)\b")


def signatures(header: bytes) -> list[dict[str, str]]:
    """Those that can be read."""
    found = []
    for one in _parsed(header).get_all("DKIM-Signature", []):
        try:
            found.append(dict(read_tags(str(one))))
        except NotTags:
            continue
    return found


def letter(zone: Zone, header: bytes, domain: str, to: str) -> Line:
    """``domain``: the sender's. Raises Wanted and Silent."""
    say = Speaker(check=Check.TEST_MAIL, subject=to)
    mail = _parsed(header)
    lost = [name for name in ("List-Unsubscribe", "List-Unsubscribe-Post") if not mail.get(name)]
    if lost:
        return say.wrong(
            f"it arrived without {', '.join(lost)}", "have the relay leave the headers as they are"
        )
    signed = signatures(header)
    if not signed:
        return say.wrong("it arrived without a DKIM signature", _REMEDY)
    aligned = [one for one in signed if is_aligned(zone, one.get("d", ""), domain)]
    if not aligned:
        others = ", ".join(one.get("d", "?") for one in signed)
        return say.wrong(f"it is signed for {others}, not for {domain}", _REMEDY)
    faults = [_fault(one) for one in aligned]
    if all(faults):
        return say.wrong(faults[0], _REMEDY)
    if told := _refused(mail):
        return say.wrong(
            f"the mailbox's own server says: {', '.join(told)}",
            "see the lines on SPF, DKIM and DMARC",
        )
    return say.fine("it came back signed for our own domain, both headers of RFC 8058 included")


def broken(to: str) -> Line:
    return Speaker(check=Check.TEST_MAIL, subject=to).wrong(
        "its signature doesn't hold: the text or a header was changed after it was signed",
        "let nothing change mail behind what signs it (a footer, a filter)",
    )


def not_back(to: str, seconds: int) -> Line:
    return Speaker(check=Check.TEST_MAIL, subject=to).wrong(
        f"it left, and wasn't in the mailbox after {seconds} seconds",
        "see that mail to b+…@ and desinscription+…@ of the return path arrives in "
        "channels.email.mailbox",
    )


def not_tried(to: str) -> Line:
    return Speaker(check=Check.TEST_MAIL, subject=to).unknown(
        "none was sent, for the relay doesn't answer", "see the line on the relay"
    )


def not_sent(to: str, why: str) -> Line:
    return Speaker(check=Check.TEST_MAIL, subject=to).wrong(
        f"the relay didn't take it: {why}", "see the line on the relay"
    )


def _fault(tags: dict[str, str]) -> str:
    """Of one signature; empty: none."""
    named = [one.lower() for one in without_blanks(tags.get("h", "")).split(":")]
    lacking = [one for one in ("from", *ONE_CLICK) if one not in named]
    if lacking:
        return f"its signature doesn't cover {', '.join(lacking)} (h=)"
    if "l" in tags:
        return "its signature covers a part of the text alone (l=): more can be added"
    return (
        "" if "sha256" in tags.get("a", "") else f"its signature is {tags.get('a', '')}, not sha256"
    )


def _refused(mail: Message) -> Sequence[str]:
    """What the last server, the mailbox's, found not to hold."""
    results: Iterable[str] = mail.get_all("Authentication-Results", [])[:1]
    return [f"{one[1]}={one[2]}" for text in results for one in _VERDICT.finditer(str(text))]


def _parsed(header: bytes) -> Message:
    return BytesParser().parsebytes(header, headersonly=True)
