"""What ``check`` says of a message's folder as a whole: its drawing, its slogan, its posters, until
when it is up to date, and whether it has the page that its texts lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.content.folder import MessageFolder
from scheduler.content.rules.drawings import drawing
from scheduler.content.rules.files import Examined, PatientLibrary
from scheduler.content.rules.kickers import kicker
from scheduler.content.rules.passage import finding
from scheduler.content.rules.twins import TwinRules
from scheduler.domain.checking.findings import Finding
from scheduler.domain.message import OnWeb
from scheduler.domain.showing.public_pages import WEB_VERSION
from scheduler.flow.writing.checking_calls import without_number
from scheduler.flow.writing.ground import Ground


@dataclass(frozen=True, kw_only=True)
class FolderChecks:
    ground: Ground
    library: PatientLibrary
    #: The organisation's.
    today: date

    def message(self, folder: MessageFolder, found: Examined) -> Iterator[Finding]:
        lines = found.lines
        yield from drawing(self.library, folder, lines.get("image"))
        yield from kicker(self.library, folder, lines.get("slogan") or lines.get("kicker"))
        yield from self._twins(folder, lines.get("twin"))
        where = self.library.where(f"{folder.path}/message.yaml")
        yield from without_number(self.ground, folder, where)
        yield from self._review(folder, lines.get("review_by"))
        yield from self._web(folder)

    def _twins(self, folder: MessageFolder, line: int | None) -> Iterator[Finding]:
        ground = self.ground
        where = self.library.where(f"{folder.path}/message.yaml")
        return TwinRules(
            file=where,
            people={one.name: one.people for one in self.ground.audiences},
            host=ground.host,
            organisation=ground.organisation,
        ).check(folder, line)

    def _review(self, folder: MessageFolder, line: int | None) -> Iterator[Finding]:
        """Somebody said until when it is up to date."""
        last = folder.review_by
        if last is not None and self.today > last:
            yield finding(
                "review-by",
                self.library.where(f"{folder.path}/message.yaml"),
                line,
                f"« {folder.title} » était à relire avant le {last:%d/%m/%Y}",
            )

    def _web(self, folder: MessageFolder) -> Iterator[Finding]:
        """A page that isn't there must not be linked to."""
        page = f"{self.ground.links.public_url}{WEB_VERSION}".partition("://")[2]
        for source in folder.sources if folder.web is OnWeb.NONE else ():
            at = source.body.find(page)
            if at >= 0:
                line = source.body_line + source.body.count("\n", 0, at)
                yield finding(
                    "web",
                    self.library.where(source.path),
                    line,
                    "le texte mène à la version en ligne d'un message qui n'en a pas",
                )
