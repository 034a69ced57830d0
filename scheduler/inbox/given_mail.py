"""A mail that somebody asks about, as it was given: an .eml, or one that has it attached."""

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from email.utils import getaddresses
from html import unescape
from urllib.parse import urlsplit

from scheduler.domain.answers.whose import GivenMail
from scheduler.inbox.reports.mime import Part, field, header_and_parts

#: Of a header with many values.
MOST = 50
_NUMBER = re.compile(r"<\s*([A-Za-z0-9_=.+-]{1,100})@")
_WAY_OUT = re.compile(r"<\s*https?://[^\s<>]+/d/([A-Za-z0-9_-]{1,100})\s*>")
_SIGNER = re.compile(r"(?:^|;)\s*d\s*=\s*([A-Za-z0-9.-]{1,253})\s*(?:;|$)")
_TARGET = re.compile(r"""\b(?:href|src|action)\s*=\s*["']?\s*([^\s"'<>]{1,2000})""", re.IGNORECASE)
_BARE = re.compile(r"\bhttps?://[^\s<>\"')\]]{1,2000}", re.IGNORECASE)
#: What our own messages may have beside their text.
_OURS = ("image/", "text/calendar", "application/ics")


def given_mail(raw: bytes) -> GivenMail:
    """Never raises, whatever it is given."""
    header, parts = header_and_parts(raw)
    inner = next((part for part in parts if part.content_type == "message/rfc822"), None)
    if inner is not None:
        header, parts = header_and_parts(inner.text.encode("latin-1", "replace"))
    return GivenMail(
        number=_first(_NUMBER, field(header, "Message-ID")),
        senders=_addresses(header, "From"),
        addressees=_addresses(header, "To"),
        ways_out=_WAY_OUT.findall(field(header, "List-Unsubscribe"))[:MOST],
        signers=_signers(header),
        hosts=sorted(set(_hosts(parts))),
        files=[name for part in parts if (name := _file(part))],
    )


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
        targets = _BARE.findall(part.text)
        if part.content_type == "text/html":
            targets += [unescape(one) for one in _TARGET.findall(part.text)]
        for target in targets:
            yield from _host(target)


def _host(target: str) -> Iterator[str]:
    try:
        found = urlsplit(target.strip())
        host = (found.hostname or "").rstrip(".").lower()
    except ValueError:
        # What no browser reads the same way is nobody's we know.
        yield "?"
        return
    if found.scheme.lower() in ("http", "https", "ftp", "") and host:
        yield host
    elif found.scheme.lower() in ("javascript", "data", "file", "vbscript"):
        yield f"{found.scheme.lower()}:"


def _file(part: Part) -> str:
    name = part.header.get_filename() or ""
    is_ours = part.content_type.startswith(_OURS) or part.content_type in (
        "text/plain",
        "text/html",
    )
    if name and not part.content_type.startswith(_OURS):
        return str(name)[:200]
    return "" if is_ours else part.content_type[:100]
