"""A mail that somebody asks about, as it was given: an .eml, or one that has it attached."""

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from email.utils import getaddresses
from html import unescape
from urllib.parse import urlsplit

from scheduler.domain.answers.whose import GivenMail
from scheduler.inbox.reports.mime import LARGEST, MOST_PARTS, Part, field, header_and_parts

#: Of a header with many values.
MOST = 50
_NUMBER = re.compile(r"<\s*([A-Za-z0-9_=.+-]{1,100})@")
_WAY_OUT = re.compile(r"<\s*https?://[^\s<>]+/d/([A-Za-z0-9_-]{1,100})\s*>")
_SIGNER = re.compile(r"(?:^|;)\s*d\s*=\s*([A-Za-z0-9.-]{1,253})\s*(?:;|$)")
#: Nothing is looked at twice, however many spaces there are.
_TARGET = re.compile(
    r"""\b(?:href|src|action)\s*+=\s*+(?:"([^"]*+)|'([^']*+)|([^\s>]++))""", re.IGNORECASE
)
_BARE = re.compile(r"\bhttps?://[^\s<>\"')\]]++", re.IGNORECASE)
#: In a header.
_BETWEEN = re.compile(r"<([^<>]*+)>")
#: Browsers leave them out, wherever in an address they are.
_LEFT_OUT = str.maketrans("\\", "/", "\t\r\n")
#: And these before it and after.
_AROUND = "".join(map(chr, range(0x21)))
#: What our own messages may have beside their text.
_OURS = ("image/", "text/calendar", "application/ics")


def given_mail(raw: bytes) -> GivenMail:
    """Never raises, whatever it is given."""
    header, parts = _taken(raw)
    is_cut = len(raw) > LARGEST or _is_cut(parts)
    inner = next((part for part in parts if part.content_type == "message/rfc822"), None)
    if inner is not None:
        header, parts = _taken(inner.text.encode("utf-8", "replace"))
        is_cut = is_cut or _is_cut(parts)
    return GivenMail(
        number=_first(_NUMBER, field(header, "Message-ID")),
        senders=_addresses(header, "From"),
        replies_to=_addresses(header, "Reply-To"),
        addressees=_addresses(header, "To"),
        ways_out=_WAY_OUT.findall(field(header, "List-Unsubscribe"))[:MOST],
        signers=_signers(header),
        hosts=sorted({*_hosts(parts), *_hosts_of_ways_out(header)}),
        files=[name for part in parts if (name := _file(part))],
        is_inside=inner is not None,
        is_cut=is_cut,
    )


def _taken(raw: bytes) -> tuple[Message, list[Part]]:
    """To the end: a link that isn't looked at is one that a copy may have."""
    return header_and_parts(raw, longest_header=LARGEST, longest_text=LARGEST)


def _is_cut(parts: Sequence[Part]) -> bool:
    """Whether it has more parts than are taken, or deeper ones."""
    closed = (part.header.get_content_maintype() == "multipart" for part in parts)
    return len(parts) >= MOST_PARTS or any(closed)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _addresses(header: Message, name: str) -> list[str]:
    values = [str(one)[:2000] for one in (header.get_all(name) or [])[:MOST]]
    found = {address.lower() for _, address in getaddresses(values) if "@" in address}
    return sorted(found)[:MOST]


def _signers(header: Message) -> list[str]:
    found = (_first(_SIGNER, " ".join(str(one)[:4000].split())) for one in _all(header))
    return sorted({one.lower().strip(".") for one in found if one})


def _all(header: Message) -> Sequence[object]:
    return (header.get_all("DKIM-Signature") or [])[:MOST]


def _hosts(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if not part.content_type.startswith("text/"):
            continue
        targets = set(_BARE.findall(part.text))
        if part.content_type == "text/html":
            found = (one[1] or one[2] or one[3] or "" for one in _TARGET.finditer(part.text))
            targets.update(map(unescape, found))
        for target in targets:
            yield from _host(target)


def _hosts_of_ways_out(header: Message) -> Iterator[str]:
    for one in (header.get_all("List-Unsubscribe") or [])[:MOST]:
        for target in _BETWEEN.findall(str(one)):
            yield from _host(target)


def _host(target: str) -> Iterator[str]:
    """As browsers read it; « ? »: what they may read otherwise."""
    try:
        found = urlsplit(target.strip(_AROUND).translate(_LEFT_OUT))
        scheme, host = found.scheme.lower(), (found.hostname or "").rstrip(".").lower()
    except ValueError:
        yield "?"
        return
    if scheme in ("http", "https", "ftp") or found.geturl().startswith("//"):
        yield host or "?"
    elif scheme in ("javascript", "data", "file", "vbscript"):
        yield f"{scheme}:"


def _file(part: Part) -> str:
    name = part.header.get_filename() or ""
    is_ours = part.content_type.startswith(_OURS) or part.content_type in (
        "text/plain",
        "text/html",
    )
    if name and not part.content_type.startswith(_OURS):
        return str(name)[:200]
    return "" if is_ours else part.content_type[:100]
