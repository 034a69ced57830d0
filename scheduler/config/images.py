"""Pictures that travel with every message: known by their first bytes, and small."""

from pathlib import Path

#: Kilobytes: twenty thousand messages carry it each time.
LARGEST = 50
_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def fault(path: Path) -> str:
    """What keeps a picture from being sent; empty when it can be."""
    try:
        if path.stat().st_size > LARGEST * 1000:
            return f"{path} is larger than {LARGEST} kB"
        return "" if picture_type(path.read_bytes()) else f"{path} is neither PNG nor JPEG"
    except OSError as error:
        return f"{path} can't be read ({error.strerror})"


def picture_type(content: bytes) -> str:
    """``image/png`` or ``image/jpeg``; empty for anything else, whatever its name says."""
    return next((kind for start, kind in _TYPES.items() if content.startswith(start)), "")
