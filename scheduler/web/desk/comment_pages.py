"""Comments: what is said to whoever wrote a text, of a proposal or of what stands."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.domain.words.writing import WHY_NOT_SAID
from scheduler.domain.writing.comments import Comment, NotSaid, words_of
from scheduler.domain.writing.drafts import DraftState
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.text_state import owner_of, text_state


async def comments_of(app: App, path: str) -> Sequence[Comment]:
    return await app.comments.of_text(path)


class CommentPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def add(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        app, path = self._desk.current(), request.path_params["path"]
        state = await text_state(app, path, owner_of(request))
        back, text = await self._about(asked, path, state.seen)
        if back is None:
            return self._refused(request, Wrong(sentence=texts.COMMENT_LATE), f"/history/{path}")
        said = words_of(asked.fields.get("said", ""))
        # Asked before the form is spent, and again with the rows in hand.
        if not asked.by or not said:
            why = NotSaid.EMPTY if asked.by else NotSaid.NAMELESS
            return self._refused(request, Wrong(sentence=WHY_NOT_SAID[why]), back)
        if self._desk.forms.take(asked):
            why_not = await app.comments.add(path, text, asked.by, said, app.clock())
            if why_not is not None:
                return self._refused(request, Wrong(sentence=WHY_NOT_SAID[why_not]), back)
        return done(request, asked, f"{back}#comments")

    async def _about(self, asked: Asked, path: str, stands: str) -> tuple[str | None, str]:
        """Where the form stood, None where it is no more as it was; and the text that was read."""
        text, number = asked.fields.get("print", ""), asked.fields.get("draft", "")
        if not number:
            return (f"/history/{quote(path)}" if text == stands else None), text
        app = self._desk.current()
        known = number.isascii() and number.isdecimal() and len(number) < 19
        draft = await app.drafts.one(int(number)) if known else None
        if draft is None or draft.state is not DraftState.PROPOSED:
            return None, text
        is_it = (draft.path, draft.fingerprint) == (path, text)
        return (f"/proposals/{draft.id}" if is_it else None), text

    def _refused(self, request: Request, wrong: Wrong, back: str) -> Response:
        return self._desk.page(request, "error", 409, code=409, sentence=wrong.sentence, back=back)
