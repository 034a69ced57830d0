"""What a file's bytes are: really a CSV, in which encoding, and with which digest.

The whole file is read once before its first row is given out, so that a file in two encodings, or
with garbled accents, is refused before anything is written.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.errors import Fault, ImportRefused

MAX_BYTES = 500_000_000
_CHUNK = 1 << 20
_SAMPLE = 4096

_AS_CSV = "open it in the spreadsheet and save it as « CSV UTF-8 »"
#: First bytes of what people send instead of a CSV.
_OTHER_FILES = (
    (rb"PK(\x03\x04|\x05\x06|\x07\x08)", "an Excel or LibreOffice workbook, or a zip", _AS_CSV),
    (rb"\xd0\xcf\x11\xe0", "an old Excel workbook", _AS_CSV),
    (rb"\x1f\x8b|BZh[1-9]1AY&SY|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd|Rar!", "an archive",
     "unpack it first"),
    (rb"%PDF|\{\\rtf", "a PDF or a text document", "ask its author for the CSV behind it"),
    (rb"SQLite format 3", "a database", "export the table as CSV UTF-8"),
    (rb"(\xef\xbb\xbf)?\s*<", "an XML or HTML page", _AS_CSV),
    (rb"\xff\xfe\x00\x00|\x00\x00\xfe\xff", "a text in UTF-32", "save it as CSV UTF-8"),
)  # fmt: skip
#: Accents and quotation marks as UTF-8 writes them: no Windows-1252 text holds these pairs.
_UTF8_ACCENTS = re.compile(rb"\xc3[\x80-\xbf]|\xc5[\x92\x93\xb8]|\xe2\x80[\x90-\xba]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Examined:
    #: SHA-256 of the file, in hexadecimal.
    digest: str
    #: A Python codec's name. The file may still hold bytes that are none of its characters.
    encoding: str


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
        if re.match(first_bytes, head):
            raise refused(path, f"not a CSV file but {kind}", remedy)
    digest = hashlib.sha256()
    found = _Utf8Signs()
    for chunk in _chunks(path):
        digest.update(chunk)
        found.look(chunk)
    encoding = _wide_encoding(head) or found.encoding()
    return Examined(digest=digest.hexdigest(), encoding=encoding)


def _size(path: Path) -> int:
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


class _Utf8Signs:
    """Tells UTF-8 from Windows-1252 over the whole file, not by its first lines."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._valid = True
        self._accents = False
        self._marked: bool | None = None

    def look(self, chunk: bytes) -> None:
        if self._marked is None:
            self._marked = chunk.startswith(codecs.BOM_UTF8)
        self._accents = self._accents or _UTF8_ACCENTS.search(chunk) is not None
        if self._valid:
            try:
                self._decoder.decode(chunk)
            except UnicodeDecodeError:
                self._valid = False

    def encoding(self) -> str:
        """Both valid and invalid UTF-8 is UTF-8: reading it as anything else garbles names."""
        if self._marked or self._accents or self._valid:
            return "utf-8-sig"
        return "cp1252"
