"""« Écrire »: what waits for a second person, who writes what, and what was published."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from scheduler.content.standing import file_text
from scheduler.domain.writing.drafts import Draft, DraftState
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.text_state import owner_of
from scheduler.web.desk.text_titles import titles_of


class WritingList:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        app = self._desk.current()
        drafts, (_, edits) = await app.drafts.every(), await app.edits.standing()
        files = app.configuration.files
        paths = [*(one.path for one in drafts), *(one.path for one in edits)]
        owner, now = owner_of(request), app.clock()

        def is_shown(one: Draft) -> bool:
            """Of others only that they write, and not what."""
            mine = one.owner == owner and one.state is not DraftState.PROPOSED
            return mine or one.is_being_written(now)

        def read() -> list[str | None]:
            return [file_text(files, one.path) for one in edits]

        return self._desk.page(
            request,
            "writing",
            proposals=[one for one in drafts if one.state is DraftState.PROPOSED],
            drafts=[one for one in drafts if is_shown(one)],
            edits=list(zip(edits, await run_in_threadpool(read), strict=True)),
            titles=await titles_of(app, paths),
            owner=owner,
            said_of=await app.comments.since(
                {one.path: one.begun_at for one in drafts if one.owner == owner}
            ),
            said=request.query_params.get("said", ""),
            zone=self._desk.zone(),
        )
