"""Who to tell of a weakness: the text of /.well-known/security.txt (RFC 9116)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

#: How long what it says may be believed; the RFC wants less than a year.
BELIEVED = timedelta(days=90)


def security_txt(contact: str, addresses: Sequence[str], now: datetime) -> str:
    """``contact`` is an e-mail address, a telephone number or a page; ``addresses`` are those of
    the site, the first one first."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    places = [f"{one}/.well-known/security.txt" for one in dict.fromkeys(addresses)]
    return "".join(
        f"{name}: {value}\n"
        for name, value in (
            ("Contact", _as_address(contact)),
            ("Expires", f"{day + BELIEVED:%Y-%m-%dT%H:%M:%SZ}"),
            ("Preferred-Languages", "fr, en"),
            *(("Canonical", place) for place in places),
        )
    )


def _as_address(contact: str) -> str:
    """As a URI, which the field has to be."""
    text = contact.strip()
    if text.startswith("https://"):
        return text
    if "@" in text:
        return f"mailto:{quote(text, safe='@')}"
    return "tel:" + "".join(sign for sign in text if sign.isdigit() or sign == "+")
