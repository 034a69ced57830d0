"""« Fichiers »: a file of people is dropped, shown as it would be read, and taken in."""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.words.french import basis_label
from scheduler.sources.dropped import Drop, Order
from scheduler.sources.vocabulary import meanings
from scheduler.web.desk import texts
from scheduler.web.desk.dropped_child import begin_next, drops_of, set_to_work
from scheduler.web.desk.file_words import column_words, keys_of, settled
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.limits import FILE_SECONDS, read_upload

#: Seconds between two looks at how far it is, by the page itself.
_AGAIN = 3
#: Bad rows on one page.
_PAGE = 200
#: What the form that takes a file in begins with.
_UNTYPED: Mapping[str, str] = {"origin": "", "basis": "", "own": ""}
#: What an answer may say, and mostly doesn't.
_SILENT: Mapping[str, Any] = {
    "refused": "",
    "waits": "",
    "sure": "",
    "figures": None,
    "bad": (),
    "more": 0,
    "notes": (),
}
#: Letters of where a file comes from.
_LONGEST = 500


class FilePages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        return self._listing(request)

    async def drop(self, request: Request) -> Response:
        """Kept under a name of ours; what it is called is nobody's business here."""
        data = await read_upload(request, "file", FILE_SECONDS)
        asked = await self._desk.forms.read(request)
        app = self._desk.current()
        name = asked.fields.get("audience", "")
        if not asked.by:
            return self._listing(request, Wrong(sentence=texts.NO_NAME, field="by-drop"))
        if name not in {one.name for one in _sources(app)}:
            wrong = Wrong(sentence=texts.NO_SUCH_AUDIENCE, field="audience")
            return self._listing(request, wrong)
        if not data:
            return self._listing(request, Wrong(sentence=texts.NO_FILE, field="file"))
        if not self._desk.forms.take(asked):
            return done(request, asked, "/files")
        drop = drops_of(app.configuration).put(data, name, asked.by, app.clock())
        if drop is None:
            return self._listing(request, Wrong(sentence=texts.TOO_MANY_FILES))
        detail = {"octets": len(data)}
        entry = Act(actor=asked.by, act=AuditAct.DROP_FILE, subject=name, detail=detail)
        await app.people.note_export(entry, app.clock())
        set_to_work(app.configuration, drop, Order(by=asked.by), app.clock())
        return done(request, asked, f"/files/{drop.id}")

    async def show(self, request: Request) -> Response:
        return self._show(request, self._found(request))

    async def look(self, request: Request) -> Response:
        """Read it again, with other meanings."""
        asked = await self._desk.forms.read(request)
        drop = self._found(request)
        app = self._desk.current()
        audience = app.configuration.audience(drop.audience)
        answer = drop.answer() or {}
        known = [one for one in answer.get("columns", ()) if isinstance(one, dict)]
        try:
            chosen = settled(asked.fields, known, drop.order().chosen, meanings(audience))
        except ValueError as twice:
            return self._show(
                request, drop, Wrong(sentence=texts.TWICE_ONE_MEANING, field=f"{twice}")
            )
        if not asked.by:
            return self._show(request, drop, Wrong(sentence=texts.NO_NAME, field="by-look"))
        mode = asked.fields.get("mode", drop.order().mode)
        if chosen is None or mode not in texts.MODES:
            return self._show(request, drop, Wrong(sentence=texts.NO_SUCH_CHOICE))
        order = Order(
            chosen=chosen,
            mode=mode,
            sheet=asked.fields.get("sheet", "").strip()[:_LONGEST],
            same=keys_of(asked.fields.get("same", "")),
            other=keys_of(asked.fields.get("other", "")),
            by=asked.by,
        )
        return self._work(request, asked, drop, order)

    async def apply(self, request: Request) -> Response:
        """What was shown, and nothing else."""
        asked = await self._desk.forms.read(request)
        drop = self._found(request)
        before, answer = drop.order(), drop.answer()
        looked = asked.fields.get("look", "")
        if not asked.by:
            return self._show(request, drop, Wrong(sentence=texts.NO_NAME, field="by-apply"))
        if looked != before.number or answer is None or "figures" not in answer:
            if drop.is_at_work() or before.apply:
                # Said twice.
                return done(request, asked, f"/files/{drop.id}")
            return self._show(request, drop, Wrong(sentence=texts.LOOKED_MEANWHILE))
        if wrong := self._wrong(drop, asked, answer):
            return self._show(request, drop, wrong, asked)
        order = Order(
            apply=True,
            chosen=before.chosen,
            sheet=before.sheet,
            mode=before.mode,
            same=before.same,
            other=before.other,
            origin=_line(asked.fields["origin"]),
            basis=asked.fields["basis"],
            own_file=asked.fields.get("own") == "on",
            sure=asked.fields.get("sure") == "on",
            by=asked.by,
        )
        return self._work(request, asked, drop, order)

    async def forget(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        drop = self._found(request)
        if not drops_of(self._desk.current().configuration).forget(drop):
            return self._show(request, drop, Wrong(sentence=texts.FILE_BUSY))
        return done(request, asked, "/files")

    def _work(self, request: Request, asked: Asked, drop: Drop, order: Order) -> Response:
        here = f"/files/{drop.id}"
        if not self._desk.forms.take(asked):
            return done(request, asked, here)
        app = self._desk.current()
        if not set_to_work(app.configuration, drop, order, app.clock()):
            return self._show(request, drop, Wrong(sentence=texts.FILE_BUSY))
        return done(request, asked, here)

    def _wrong(self, drop: Drop, asked: Asked, answer: Mapping[str, Any]) -> Wrong | None:
        audience = self._desk.current().configuration.audience(drop.audience)
        if not _line(asked.fields.get("origin", "")):
            return Wrong(sentence=texts.NO_ORIGIN, field="origin")
        if asked.fields.get("basis") not in _bases(audience):
            return Wrong(sentence=texts.NO_BASIS, field="basis")
        if answer.get("sure") and asked.fields.get("sure") != "on":
            return Wrong(sentence=texts.NOT_SURE, field="sure")
        return None

    def _found(self, request: Request) -> Drop:
        app = self._desk.current()
        drops = drops_of(app.configuration)
        drops.tidy(app.clock())
        begin_next(app.configuration)
        drop = drops.get(request.path_params["drop"])
        if drop is None or drop.audience not in {one.name for one in _sources(app)}:
            raise HTTPException(404)
        return drop

    def _listing(self, request: Request, wrong: Wrong | None = None) -> Response:
        app = self._desk.current()
        drops = drops_of(app.configuration)
        drops.tidy(app.clock())
        begin_next(app.configuration)
        return self._desk.page(
            request,
            "files",
            400 if wrong else 200,
            wrong=wrong,
            audiences=_sources(app),
            drops=drops.all(),
            labels={one.name: one.label for one in _sources(app)},
            zone=self._desk.zone(),
        )

    def _show(
        self, request: Request, drop: Drop, wrong: Wrong | None = None, asked: Asked | None = None
    ) -> Response:
        audience = self._desk.current().configuration.audience(drop.audience)
        answer, is_at_work, order = drop.answer(), drop.is_at_work(), drop.order()
        is_waiting = drop.is_waiting()
        # It may have ended between the two.
        answer = answer or drop.answer()
        found = answer or {}
        first = _first(request, len(found.get("bad", ())))
        page = self._desk.page(
            request,
            "file",
            400 if wrong else 200,
            wrong=wrong,
            drop=drop,
            here=f"/files/{drop.id}",
            label=audience.label,
            order=order,
            answer=answer and {**_SILENT, **answer},
            at_work=is_at_work and answer is None,
            waiting=is_waiting and answer is None,
            gone=drop.is_taken_in(),
            progress=drop.progress(),
            bad=found.get("bad", [])[first : first + _PAGE],
            first=first,
            page_size=_PAGE,
            columns=found.get("columns", ()),
            choices=column_words(meanings(audience), audience),
            bases=[(one, basis_label(one)) for one in _bases(audience)],
            typed={**_UNTYPED, **(asked.fields if asked else {})},
            zone=self._desk.zone(),
        )
        if (is_at_work or is_waiting) and answer is None and wrong is None:
            page.headers["Refresh"] = str(_AGAIN)
        return page


def _sources(app: App) -> list[Audience]:
    """Those that have people of their own."""
    return [one for one in app.configuration.audiences if one.is_source]


def _bases(audience: Audience) -> list[str]:
    return sorted({terms.basis for terms in audience.channels.values()})


def _line(typed: str) -> str:
    seen = "".join(sign if sign.isprintable() else " " for sign in typed)
    return " ".join(seen.split())[:_LONGEST]


def _first(request: Request, total: int) -> int:
    """The first bad row of the page that is asked for."""
    asked = request.query_params.get("from", "")
    at = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    return at - at % _PAGE if at < total else 0
