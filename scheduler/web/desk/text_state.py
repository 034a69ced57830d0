"""What the pages on writing know of one text: what stands, who writes it, whose word it wants."""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from scheduler.bootstrap import App
from scheduler.content.standing import file_text
from scheduler.domain.errors import NotFound
from scheduler.domain.values import frozen
from scheduler.domain.writing.drafts import Draft
from scheduler.domain.writing.edits import Edit, fingerprint
from scheduler.flow.writing import writing
from scheduler.web.desk.visits import visit_of


@frozen
class TextState:
    path: str
    #: The last publication, withdrawn or not.
    latest: Edit | None
    #: What readers get now; empty: nothing yet.
    standing: str
    #: What its file says; None: there is none.
    file: str | None
    #: Of this visitor.
    mine: Draft | None
    #: Who else writes it now.
    others: Sequence[Draft]
    asks_second: bool

    @property
    def number(self) -> int:
        return self.latest.number if self.latest else 0

    @property
    def seen(self) -> str:
        """The print of what stands."""
        return fingerprint(self.standing)

    @property
    def is_behind(self) -> bool:
        return self.latest is not None and self.latest.is_behind(self.file)

    def stands_under(self, draft: Draft) -> bool:
        """Whether it is still the text that a draft was written over."""
        return (draft.over, draft.seen) == (self.number, self.seen)


def owner_of(request: Request) -> str:
    """Whose drafts a visitor sees: their account's."""
    visit = visit_of(request)
    return visit.person.name if visit else ""


async def text_state(app: App, path: str, owner: str) -> TextState:
    """Raises HTTPException (404) for what is no text that is there."""
    try:
        await run_in_threadpool(writing.refuse_unknown, app.configuration, path)
    except NotFound:
        raise HTTPException(404) from None
    latest, drafts = await app.edits.latest(path), await app.drafts.of_text(path)
    now = app.clock()
    return TextState(
        path=path,
        latest=latest,
        standing=await run_in_threadpool(writing.standing, app.configuration, latest, path),
        file=await run_in_threadpool(file_text, app.configuration.files, path),
        mine=next((one for one in drafts if one.owner == owner), None),
        others=[one for one in drafts if one.owner != owner and one.is_being_written(now)],
        asks_second=await run_in_threadpool(writing.asks_second, app.agenda.library, path),
    )
