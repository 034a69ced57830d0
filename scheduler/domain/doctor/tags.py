"""Lists of tags (RFC 6376 section 3.2), as DKIM, DMARC and MTA-STS write them."""

from collections.abc import Mapping


class NotTags(ValueError):
    """It isn't such a list, or has a tag twice."""


def read_tags(text: str) -> Mapping[str, str]:
    """By name in small letters, in their order; blanks around names and values are dropped.
    Raises NotTags."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        name, sign, value = part.partition("=")
        name = name.strip().lower()
        if not sign or not name or name in found:
            raise NotTags(part.strip())
        found[name] = value.strip()
    return found


def without_blanks(value: str) -> str:
    """Keys and hashes may be folded anywhere."""
    return "".join(value.split())
