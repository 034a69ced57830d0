"""Texts that a folder brings: which of them would change anything, over what each is written, and
whose second word counts."""

from collections.abc import Mapping, Sequence

from scheduler.domain.calendar.approval import is_same_person, is_somebody
from scheduler.domain.values import frozen
from scheduler.domain.writing.edits import Edit, Publication, fingerprint


@frozen
class Carried:
    """One text of a folder."""

    path: str
    content: str
    #: The file that it was written over; None: there was none.
    base: str | None
    written_by: str
    published_by: str
    #: It is in the folder's list; else it is of a folder of files, and an edit where it differs.
    is_listed: bool = False
    #: The print of what stood where it was exported; empty: nobody knows.
    exported: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether somebody wrote in the folder since: who published it, published other words."""
        return fingerprint(self.content) != self.exported

    @property
    def is_the_file(self) -> bool:
        return not self.is_listed and self.content == self.base

    def publication(self, over: int, second: str = "") -> Publication:
        """``second``: who else has read it, where that is asked for."""
        asked = second if second and self.is_changed else self.published_by
        return Publication(
            path=self.path,
            content=self.content,
            base=self.base,
            over=over,
            written_by=self.written_by[:80],
            published_by=asked[:80],
        )


def stands(one: Carried, latest: Edit | None, file: str | None) -> bool:
    """Whether readers get these very words already."""
    edited = latest.content if latest is not None else None
    return one.content == (file if edited is None else edited)


def is_overtaken(one: Carried, history: Sequence[Edit], by: str) -> bool:
    """Whether ``by`` would write over what somebody else published since, or the same folder bring
    an older text back. ``history``: the newest first."""
    last = history[0] if history else None
    if last is None or last.content is None or fingerprint(last.content) == one.exported:
        return False
    was_here = any(one.content == older.content for older in history[1:])
    if was_here and not (one.is_listed and one.is_changed):
        return True
    return not any(is_same_person(name, by) for name in (last.written_by, last.published_by))


def is_second(name: str, by: str, wrote: Sequence[Carried]) -> bool:
    """Whether a name is of somebody else than who brings these texts, or wrote one of them."""
    others = (by, *(one.written_by for one in wrote))
    return is_somebody(name) and not any(is_same_person(name, one) for one in others)


def since(overtaken: Mapping[str, Edit]) -> str:
    """Which, and by whom."""
    return ", ".join(f"{path} ({last.published_by})" for path, last in overtaken.items())
