"""What a file's bytes are: a workbook, or a CSV in which encoding, and with which digest.

The content decides, not the name. The whole file is read once before its first row is given out, so
that its encoding is that of the file and not of its first lines.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from scheduler.domain.errors import Fault, ImportRefused
from scheduler.domain.values import frozen
from scheduler.sources.encodings import NAMES, Words

MAX_BYTES = 500_000_000
_CHUNK = 1 << 20
_SAMPLE = 4096

_AS_CSV = "open it in the spreadsheet and save it as « CSV UTF-8 »"
#: First bytes of what is read as a workbook, whatever the file is called.
_WORKBOOK = re.compile(rb"PK(\x03\x04|\x05\x06|\x07\x08)|\xd0\xcf\x11\xe0")
#: First bytes of what people send instead of a CSV or a workbook.
_OTHER_FILES = (
    (rb"\x1f\x8b|BZh[1-9]1AY&SY|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd|Rar!", "an archive",
     "unpack it first"),
    (rb"%PDF|\{\\rtf", "a PDF or a text document", "ask its author for the CSV behind it"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\x00|MM\x00\*", "a picture",
     "ask its author for the CSV behind it"),
    (rb"SQLite format 3", "a database", "export the table as CSV UTF-8"),
    (rb"(\xef\xbb\xbf)?\s*<", "an XML or HTML page", _AS_CSV),
    (rb"\xff\xfe\x00\x00|\x00\x00\xfe\xff", "a text in UTF-32", "save it as CSV UTF-8"),
)  # fmt: skip


#: Control octets that no text has; so many in the first bytes, and one in so many of them, are no
#: slips of a keyboard or a program: the file is none.
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_FEW_CONTROLS, _CONTROL_SHARE = 8, 20


@frozen
class Examined:
    #: SHA-256 of the file, in hexadecimal.
    digest: str
    #: A Python codec's name. The file may still hold bytes that are none of its characters.
    #: Empty for a workbook.
    encoding: str
    #: What the reader should know of it, in words.
    notes: tuple[str, ...] = ()

    @property
    def is_workbook(self) -> bool:
        return not self.encoding


def refused(path: Path, what: str, remedy: str, row: int | None = None) -> ImportRefused:
    return ImportRefused(str(Fault(where=path.name, what=what, remedy=remedy, line=row)))


def examine(path: Path) -> Examined:
    """Read the file once, in bounded memory; raises ImportRefused when it can't be a CSV."""
    size = _size(path)
    if size > MAX_BYTES:
        raise refused(path, f"larger than {MAX_BYTES // 1_000_000} MB", "split it")
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise refused(path, "an empty file", "export the contacts again")
    for first_bytes, kind, remedy in _OTHER_FILES:
        if re.match(first_bytes, head, re.DOTALL):
            raise refused(path, f"not a CSV file but {kind}", remedy)
    is_workbook, wide = _WORKBOOK.match(head), _wide_encoding(head)
    if not (is_workbook or wide) and _is_no_text(head):
        what, remedy = "a file that is no text", "ask its author for the CSV behind it"
        raise refused(path, f"not a CSV file but {what}", remedy)
    digest = hashlib.sha256()
    if is_workbook:
        for chunk in _chunks(path):
            digest.update(chunk)
        return Examined(digest=digest.hexdigest(), encoding="")
    found = _Utf8()
    for chunk in _chunks(path):
        digest.update(chunk)
        found.look(chunk)
    encoding = wide or found.encoding()
    notes: tuple[str, ...] = ()
    if not encoding:
        encoding, notes = _old_encoding(path)
    return Examined(digest=digest.hexdigest(), encoding=encoding, notes=notes)


def _is_no_text(head: bytes) -> bool:
    """By NUL and other controls; of no text in UTF-16."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > _FEW_CONTROLS and controls * _CONTROL_SHARE > len(head)


def _old_encoding(path: Path) -> tuple[str, tuple[str, ...]]:
    """Of a text that isn't whole in UTF-8."""
    words = Words()
    for chunk in _chunks(path):
        words.look(chunk)
    if words.mostly_utf8():
        return "utf-8-sig", ()
    encoding = words.encoding()
    if not encoding:
        raise refused(
            path,
            "accents in no encoding that is known: names would be wrong",
            "export it again as CSV UTF-8",
        )
    if encoding == "cp1252":
        return encoding, ()
    return encoding, (f"the file's accents are read as {NAMES[encoding]}: look at its names",)


def _size(path: Path) -> int:
    if path.is_dir():
        raise refused(path, "a folder", "name a file that is in it")
    if not path.is_file():
        raise refused(path, "no such file", "check its name")
    return path.stat().st_size


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _wide_encoding(head: bytes) -> str:
    """UTF-16, told by its mark or, without one, by the NUL beside each letter of the header."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd, letters = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if odd > letters / 2 and even == 0:
        return "utf-16-le"
    if even > letters / 2 and odd == 0:
        return "utf-16-be"
    return ""


class _Utf8:
    """Tells whether the whole file is UTF-8, not by its first lines."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._valid = True
        self._marked: bool | None = None

    def look(self, chunk: bytes) -> None:
        if self._marked is None:
            self._marked = chunk.startswith(codecs.BOM_UTF8)
        if self._valid:
            try:
                self._decoder.decode(chunk)
            except UnicodeDecodeError:
                self._valid = False

    def encoding(self) -> str:
        """Empty when it isn't; what is marked as UTF-8 is, a few bytes aside."""
        return "utf-8-sig" if self._marked or self._valid else ""
