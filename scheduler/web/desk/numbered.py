"""A writer's files line by line, with what is found wrong beside each."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath

from scheduler.domain.checking.findings import Finding, Severity
from scheduler.domain.values import frozen

#: What no page can show.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
#: Lines shown of one file; a writer's text has fifty.
MOST = 2000


@frozen
class Line:
    number: int
    text: str
    findings: Sequence[Finding]


@frozen
class Numbered:
    """One file."""

    #: As people know it: ``templates/…``.
    file: str
    lines: Sequence[Line]
    #: What no line is more at fault for than another.
    findings: Sequence[Finding]
    #: One of the texts that the page previews.
    is_shown: bool

    @property
    def all_findings(self) -> list[Finding]:
        return [*self.findings, *(one for line in self.lines for one in line.findings)]

    @property
    def is_open(self) -> bool:
        return self.is_shown or any(one.severity is Severity.FAULT for one in self.all_findings)


def numbered_files(
    root: Path, message: str, findings: Sequence[Finding], shown: Collection[str]
) -> list[Numbered]:
    """The message's files and every other one that has a finding; ``shown`` ones come first.

    ``root`` is the folder that holds templates/, ``shown`` names files as findings do.
    """
    folder = root / "templates" / message
    own = {f"templates/{message}/{file.name}" for file in folder.iterdir() if _is_text(file)}
    files = own | {one.file for one in findings if _lies_in(root, one.file)}

    def order(file: str) -> tuple[bool, bool, str]:
        return file not in shown, file not in own, file

    return [numbered(root, file, findings, file in shown) for file in sorted(files, key=order)]


def elsewhere(files: Iterable[Numbered], findings: Iterable[Finding]) -> list[Finding]:
    """The findings in no file that is shown."""
    names = {one.file for one in files}
    return [one for one in findings if one.file not in names]


def _is_text(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".")


def _lies_in(root: Path, file: str) -> bool:
    """By its name: an edited folder's files are links to the writers' own."""
    parts = PurePosixPath(file).parts
    inside = parts[:1] == ("templates",) and ".." not in parts
    return inside and (root / file).is_file()


def numbered(root: Path, file: str, findings: Iterable[Finding], is_shown: bool) -> Numbered:
    """One of them. Raises OSError for one that can't be read."""
    found = [one for one in findings if one.file == file]
    text = (root / file).read_bytes().decode("utf-8-sig", "replace")
    texts = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    while texts and not texts[-1]:
        texts.pop()
    return Numbered(
        file=file,
        lines=[
            Line(number=number, text=line, findings=[one for one in found if one.line == number])
            for number, line in enumerate(texts[:MOST], 1)
        ],
        findings=[one for one in found if not one.line or one.line > min(len(texts), MOST)],
        is_shown=is_shown,
    )
