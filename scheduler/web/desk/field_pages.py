"""« Champs »: the head of a message, or an e-mail's subject and preheader, as a form; what was
found stands at its field. It writes the same draft as « Écrire », where it is published."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.content.head_fields import (
    FieldKind,
    HeadField,
    fields_of,
    has_fields,
    one_line,
    with_fields,
)
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import Overtaken
from scheduler.domain.values import frozen
from scheduler.domain.writing.edits import LONGEST, plain
from scheduler.web.desk import texts
from scheduler.web.desk.draft_review import DraftReview, Read
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.text_state import TextState, owner_of, text_state
from scheduler.web.desk.text_titles import title_of

#: « title » manque.
_NAMED = re.compile(f"« ({'|'.join(texts.FIELD_LABELS)}) » ")


@frozen
class Shown:
    """A field, with what was found of it."""

    field: HeadField
    label: str
    why: str
    value: str
    findings: Sequence[Finding]


class FieldPages:
    def __init__(self, desk: Desk, review: DraftReview) -> None:
        self._desk = desk
        self._review = review

    async def show(self, request: Request) -> Response:
        return await self._page(request, await self._state(request))

    async def keep(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        state = await self._state(request)
        content = _content(state)
        version = asked.fields.get("version", "")
        if not version.isascii() or not version.isdecimal() or len(version) > 9:
            raise HTTPException(400)
        try:
            typed = _typed(fields_of(state.path, content), asked.fields)
            changed = plain(with_fields(state.path, content, typed))
        except ValueError:
            return await self._page(request, state, Wrong(sentence=texts.FIELDS_UNREADABLE))
        if len(changed) > LONGEST:
            return await self._page(request, state, Wrong(sentence=texts.TOO_LONG_TEXT), asked)
        if changed != content:
            try:
                await self._save(request, state, changed, int(version))
                await self._review.read(self._desk.current(), state.path, changed)
            except Overtaken:
                state = await self._state(request)
                return await self._page(request, state, Wrong(sentence=texts.OTHER_WINDOW), asked)
        return done(request, asked, f"/fields/{quote(state.path)}?said=kept")

    async def _save(self, request: Request, state: TextState, content: str, version: int) -> None:
        mine, app = state.mine, self._desk.current()
        if version != (mine.version if mine else 0):
            raise Overtaken(state.path)
        await app.drafts.save(
            state.path,
            owner_of(request),
            content,
            over=mine.over if mine else state.number,
            seen=mine.seen if mine else state.seen,
            version=version,
            now=app.clock(),
        )

    async def _state(self, request: Request) -> TextState:
        path = request.path_params["path"]
        if not has_fields(path):
            raise HTTPException(404)
        return await text_state(self._desk.current(), path, owner_of(request))

    async def _page(
        self,
        request: Request,
        state: TextState,
        wrong: Wrong | None = None,
        asked: Asked | None = None,
    ) -> Response:
        app = self._desk.current()
        content = _content(state)
        read = await self._review.read(app, state.path, content, at_once=True)
        try:
            found = await run_in_threadpool(fields_of, state.path, content)
        except ValueError:
            found = []
        typed = _typed(found, asked.fields) if asked else {}
        return self._desk.page(
            request,
            "fields",
            409 if wrong else 200,
            state=state,
            title=await title_of(app, state.path),
            fields=[_shown(state.path, one, typed, read) for one in found],
            kinds=FieldKind,
            version=state.mine.version if state.mine else 0,
            read=read,
            others=_elsewhere(state.path, found, read),
            said=request.query_params.get("said", "") if wrong is None else "",
            wrong=wrong,
        )


def _content(state: TextState) -> str:
    return state.mine.content if state.mine else state.standing


def _typed(fields: Sequence[HeadField], form: Mapping[str, str]) -> dict[str, str]:
    """What a form says of each; a word that isn't among the choices is none."""
    typed: dict[str, str] = {}
    for one in fields:
        name = f"field-{one.key}"
        match one.kind:
            case FieldKind.YES_NO:
                is_on = form.get(name) == "on"
                # One that isn't there says no already.
                typed[one.key] = "true" if is_on else ("false" if one.value else "")
            case FieldKind.SOME:
                typed[one.key] = " ".join(
                    word for word in one.choices if form.get(f"{name}-{word}") == "on"
                )
            case FieldKind.ONE:
                word = form.get(name, "")
                typed[one.key] = word if word in one.choices else one.value
            case _:
                typed[one.key] = one_line(form.get(name, one.value))
    return typed


def _shown(path: str, one: HeadField, typed: Mapping[str, str], read: Read) -> Shown:
    return Shown(
        field=one,
        label=texts.FIELD_LABELS[one.key],
        why=texts.FIELD_WHY.get(one.key, one.why),
        value=typed.get(one.key, one.value),
        findings=[_said(each, one.key) for each in _own(path, read) if _is_of(each, one)],
    )


def _said(finding: Finding, key: str) -> Finding:
    """By the field's label: nobody types a line here."""
    wants_line = finding.remedy in (f"ajoutez une ligne {key}: …", f"écrivez {key}: …")
    return replace(
        finding,
        message=finding.message.replace(f"« {key} »", f"« {texts.FIELD_LABELS[key]} »"),
        remedy=texts.FIELD_EMPTY if wants_line else finding.remedy,
    )


def _own(path: str, read: Read) -> list[Finding]:
    return [one for one in read.findings or () if one.file == f"templates/{path}"]


def _is_of(finding: Finding, one: HeadField) -> bool:
    """Of the field that it names, else of the one on whose line it is: what lacks has no line."""
    if named := _NAMED.match(finding.message):
        return named[1] == one.key
    return bool(one.first and finding.line and one.first <= finding.line <= one.last)


def _elsewhere(path: str, fields: Sequence[HeadField], read: Read) -> list[Finding]:
    own = _own(path, read)
    return [one for one in own if not any(_is_of(one, each) for each in fields)]
