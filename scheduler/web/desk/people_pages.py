"""« Personnes »: somebody found by their exact address or number, what the ledger holds on them,
and what they may ask for. Every look, and every act, is in the audit log."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App, make_renderer
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.channels import channel_label
from scheduler.domain.consent.optout import ALL_CHANNELS
from scheduler.domain.errors import AddressRefused, Frozen
from scheduler.domain.people.person import ContactCard, Refusal
from scheduler.domain.words import optouts
from scheduler.domain.words.french import french_date, topic_label
from scheduler.flow.people.access import information
from scheduler.flow.people.persons import Address, address_of
from scheduler.flow.people.wishes import take_back
from scheduler.flow.showing.kept_messages import with_words
from scheduler.web.desk import texts
from scheduler.web.desk.dossier import dossier_sections
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk

Handler = Callable[[Request], Awaitable[Response]]


class PeoplePages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        return self._page(request)

    async def find(self, request: Request) -> Response:
        """By a POST: an address in the page's own address would stay in logs and histories."""
        asked = await self._desk.forms.read(request)
        try:
            address = address_of(asked.fields.get("who", ""))
        except AddressRefused:
            return self._page(request, Wrong(sentence=texts.NEITHER_ONE, field="who"))
        if not asked.by:
            return self._page(request, Wrong(sentence=texts.NO_NAME, field="by-find"))
        return await self._found(request, address, asked.by)

    async def _found(self, request: Request, address: Address, by: str) -> Response:
        app = self._desk.current()
        cards = await app.people.find(address.identity, address.kind)
        refused = await app.people.refusals(address.kind, address.identity)
        # After an erasure too: the digest alone is left, and tells what was refused.
        await _note(app, AuditAct.SHOW_OPT_OUTS, address, by, {"refusals": len(refused)})
        zone = app.configuration.settings.time_zone
        labels = {one.name: one.label for one in app.configuration.audiences}
        people = [
            (card, dossier_sections(await _dossier(app, card, by), zone, labels)) for card in cards
        ]
        closed = await app.bounces.closed_at(address.kind, address.identity)
        held = dict.fromkeys(one.channel for one in refused if one.lifted_at is None)
        return self._page(
            request,
            looked_up=True,
            address=address,
            people=people,
            labels=labels,
            refused=[_told(one, self._day) for one in refused],
            lifts=[(channel, _channel(channel)) for channel in held],
            closed=closed and self._day(closed),
        )

    async def export(self, request: Request) -> Response:
        """A file for the person, as a machine reads it (GDPR article 20)."""
        asked, card = await self._asked(request)
        if not asked.by:
            return self._page(request, Wrong(sentence=texts.NO_NAME, field="by-find"))
        app = self._desk.current()
        body = json.dumps(
            [await _dossier(app, card, asked.by)], ensure_ascii=False, indent=1, default=_written
        )
        name = f'attachment; filename="personne-{card.contact}.json"'
        headers = {"Content-Disposition": name}
        return Response(body, media_type="application/json; charset=utf-8", headers=headers)

    def frozen(self, wanted: bool) -> Handler:
        """Freeze somebody, or let them be treated like everybody again."""

        async def act(request: Request) -> Response:
            asked, card = await self._asked(request)
            app = self._desk.current()
            step = app.people.freeze if wanted else app.people.unfreeze
            if not asked.by:
                return self._page(request, Wrong(sentence=texts.NO_NAME, field="by-find"))
            if self._desk.forms.take(asked):
                await step(card, asked.by, app.clock())
            return done(request, asked, f"/people?done={'frozen' if wanted else 'unfrozen'}")

        return act

    async def erase(self, request: Request) -> Response:
        """For good, once it was said twice."""
        asked, card = await self._asked(request)
        app = self._desk.current()
        if not asked.by:
            return self._page(request, Wrong(sentence=texts.NO_NAME, field="by-find"))
        if asked.fields.get("sure") != "on":
            return self._page(request, Wrong(sentence=texts.ERASE_NOT_SURE))
        if self._desk.forms.take(asked):
            try:
                await app.people.erase(card, asked.by, app.clock())
            except Frozen:
                return self._page(request, Wrong(sentence=texts.ERASE_FROZEN))
        return done(request, asked, "/people?done=erased")

    async def lift(self, request: Request) -> Response:
        """When the person themselves asks for it."""
        asked = await self._desk.forms.read(request)
        app, channel = self._desk.current(), asked.fields.get("channel", "")
        if not asked.by:
            return self._page(request, Wrong(sentence=texts.NO_NAME, field="by-find"))
        try:
            address = address_of(asked.fields.get("who", ""))
        except AddressRefused:
            return self._page(request, Wrong(sentence=texts.NEITHER_ONE, field="who"))
        if channel != ALL_CHANNELS and channel not in app.channels:
            raise HTTPException(400)
        ended = 0
        if self._desk.forms.take(asked):
            ended = await take_back(app.people, address, channel, app.clock())
            detail: dict[str, str | int] = {"channel": channel, "ended": ended}
            await _note(app, AuditAct.LIFT_OPT_OUT, address, asked.by, detail)
        return done(request, asked, f"/people?done={'lifted' if ended else 'nothing'}")

    async def _asked(self, request: Request) -> tuple[Asked, ContactCard]:
        asked = await self._desk.forms.read(request)
        found = await self._desk.current().people.cards([request.path_params["contact"]])
        if not found:
            raise HTTPException(404)
        return asked, found[0]

    def _day(self, instant: datetime) -> str:
        return french_date(instant.astimezone(self._desk.zone()).date())

    def _page(self, request: Request, wrong: Wrong | None = None, **found: Any) -> Response:
        said = texts.DONE_TO_PEOPLE.get(request.query_params.get("done", ""), "")
        values = {"looked_up": False, "people": [], **found}
        return self._desk.page(
            request, "people", 400 if wrong else 200, wrong=wrong, said=said, **values
        )


async def _dossier(app: App, card: ContactCard, by: str) -> dict[str, Any]:
    """Everything that is held on them; the look is in the audit log."""
    found = await app.people.dossier(card, by, app.clock())
    renderer = make_renderer(app, test=True)
    found["messages"] = await with_words(renderer, card, found["messages"])
    found["information"] = information(app.configuration, card.audience)
    return found


async def _note(
    app: App, act: AuditAct, address: Address, by: str, detail: dict[str, str | int]
) -> None:
    name = app.people.name_of(address.kind, address.identity)
    await app.people.note_export(Act(actor=by, act=act, subject=name, detail=detail), app.clock())


def _told(one: Refusal, day: Callable[[datetime], str]) -> str:
    lifted = f", levée le {day(one.lifted_at)}" if one.lifted_at else ""
    return (
        f"{_channel(one.channel)} : {topic_label(optouts.scope(one.scope))}, le {day(one.at)} ; "
        f"{optouts.why(one.reason, one.route)}{lifted}"
    )


def _channel(name: str) -> str:
    return "tous les canaux" if name == ALL_CHANNELS else channel_label(name)


def _written(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
