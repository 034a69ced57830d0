"""What is done with a draft: kept, published or proposed, unless something stands against it."""

import re
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from scheduler.bootstrap import App
from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import Overtaken
from scheduler.domain.writing.drafts import LONGEST_WORDS, Draft
from scheduler.domain.writing.edits import LONGEST, fingerprint, plain
from scheduler.flow.writing.writing import publication
from scheduler.web.desk import texts
from scheduler.web.desk.draft_review import DraftReview, Read
from scheduler.web.desk.forms import Asked, Wrong
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.text_state import TextState
from scheduler.web.desk.words import stopped_by

_PRINT = re.compile("[0-9a-f]{64}|")
#: Of the form, what is typed.
FIELD = "text"


class Refused(Exception):
    """What keeps an act from being done; the draft is kept."""

    def __init__(self, sentence: str, status: int = 409, field: str = FIELD) -> None:
        super().__init__(sentence)
        self.status = status
        self.wrong = Wrong(sentence=sentence, field=field)


class WriteActs:
    def __init__(self, desk: Desk, review: DraftReview) -> None:
        self._desk = desk
        self._review = review

    async def keep(self, app: App, state: TextState, asked: Asked, owner: str) -> Draft | None:
        """The draft as it is kept; None: it is what stands. Said twice, it is kept once. Raises
        Overtaken and Refused."""
        content = plain(asked.fields.get(FIELD, ""))
        if len(content) > LONGEST:
            raise Refused(texts.TOO_LONG_TEXT, 400)
        over, seen = number(asked, "over"), asked.fields.get("seen", "")
        if not _PRINT.fullmatch(seen):
            raise HTTPException(400)
        mine = state.mine
        if mine is not None and (mine.content, mine.over, mine.seen) == (content, over, seen):
            return mine
        if mine is None and content == state.standing:
            return None
        return await app.drafts.save(
            state.path,
            owner,
            content,
            over=over,
            seen=seen,
            version=number(asked, "version"),
            now=app.clock(),
        )

    async def carry_out(
        self, request: Request, asked: Asked, state: TextState, draft: Draft | None
    ) -> str:
        """The word of what was done, for the next page; empty: the draft was kept. Raises Overtaken
        and Refused."""
        do = asked.fields.get("do", "")
        if do not in ("publish", "propose"):
            # The page that comes shows what was found.
            await self.read(request, state)
            return ""
        if draft is None:
            raise Refused(texts.NOTHING_TO_PUBLISH)
        if do == "publish" and state.asks_second:
            raise Refused(texts.SECOND_WANTED)
        if not asked.by:
            raise Refused(texts.NO_NAME, 400, "by-text")
        if not state.stands_under(draft):
            raise Overtaken(draft.path)
        read = await self._refuse_faults(request, state, draft)
        if do == "publish" and read.asks_second:
            raise Refused(texts.SECOND_WANTED)
        if not self._desk.forms.take(asked):
            return f"{do}ed"
        app, now = self._desk.current(), self._desk.current().clock()
        if do == "propose":
            note = asked.fields.get("note", "").strip()[:LONGEST_WORDS]
            await app.drafts.propose(draft, asked.by, note, now)
            return "proposed"
        # Of the file that they were shown: one that has changed again is still to be decided.
        shown = asked.fields.get("file", "") == fingerprint(state.file)
        merged = asked.fields.get("merged") == "yes" and shown
        made = await run_in_threadpool(
            publication,
            app.configuration,
            state.latest,
            replace(draft, by=asked.by),
            published_by=asked.by,
            merged=merged,
        )
        act = AuditAct.WITHDRAW_TEXT if made.content is None else AuditAct.PUBLISH_TEXT
        await app.drafts.publish(draft, made, act, now)
        return "published"

    async def _refuse_faults(self, request: Request, state: TextState, draft: Draft) -> Read:
        shown_in = request.query_params.get("message", "")
        app = self._desk.current()
        read = await self._review.read(app, state.path, draft.content, shown_in, whole=True)
        if read.findings is None:
            raise Refused(texts.STILL_BEING_READ, 503)
        if read.stops:
            raise Refused(stopped_by(len(read.stops)))
        return read

    async def read(
        self, request: Request, state: TextState, filled: str = "", *, at_once: bool = False
    ) -> tuple[Read, str]:
        """``filled``: what stands in the box, of a text that isn't there yet."""
        shown_in = request.query_params.get("message", "")
        content = filled or (state.mine.content if state.mine else state.standing)
        app = self._desk.current()
        read = await self._review.read(app, state.path, content, shown_in, at_once=at_once)
        return read, shown_in


def number(asked: Asked, field: str) -> int:
    typed = asked.fields.get(field, "0")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise HTTPException(400)
    return int(typed)
