"""The calendar changed on the desk: a form, what it would come to, and the yes to exactly that."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App, decide, look_ahead, standing_now
from scheduler.domain.audit import AuditAct
from scheduler.domain.calendar.campaigns import CampaignKind
from scheduler.domain.calendar.changes import ChangeKind, Decision, Laid, latest
from scheduler.domain.calendar.changing import ChangeRefused
from scheduler.domain.calendar.taking_back import taken_back
from scheduler.domain.errors import NotFound, Overtaken
from scheduler.domain.words.changes import phrase, stand, told, why_not
from scheduler.flow.showing.titles import campaign_title, message_of
from scheduler.web.desk import texts
from scheduler.web.desk.change_ahead import ChangeAhead, Meant
from scheduler.web.desk.change_forms import (
    KEEP,
    WITHDRAW,
    Ground,
    change_of,
    ground_of,
)
from scheduler.web.desk.change_views import (
    by_hand,
    event_of,
    is_to_come,
    kit_of,
    name_of,
    told_of,
)
from scheduler.web.desk.counting import FORM_MOMENT, ask_again, without_again
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk

KINDS = frozenset({*ChangeKind, WITHDRAW, KEEP})
_ACTS = {WITHDRAW: AuditAct.WITHDRAW_CHANGE, KEEP: AuditAct.KEEP_CHANGE}


class ChangePages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ahead = ChangeAhead(desk)

    async def listing(self, request: Request) -> Response:
        """What was decided here, the events to come, and which campaigns are on."""
        app, _, _ = await standing_now(self._desk.current())
        now = app.clock()
        campaigns = app.configuration.campaigns
        events = [one for one in campaigns if is_to_come(one, app)]
        changes = sorted(
            app.configuration.changes, key=lambda one: one.decision.number, reverse=True
        )
        return self._desk.page(
            request,
            "changes",
            changes=changes,
            phrase=phrase,
            stand=stand,
            about=lambda one: name_of(app, one.decision.change),
            told=told,
            zone=self._desk.zone(),
            known=await told_of(app),
            title=partial(campaign_title, app.agenda),
            events=sorted(events, key=lambda one: str(one.starts)),
            by_hand=lambda one: by_hand(app, one),
            today=now.astimezone(self._desk.zone()).date(),
            campaigns=[
                one
                for one in campaigns
                if one.kind is not CampaignKind.EVENT or one.starts is not None
            ],
            noted="noted" in request.query_params,
        )

    async def ask(self, request: Request) -> Response:
        """The form, and once it is filled in what that would come to. A GET changes nothing."""
        kind = _kind(request)
        app, number, standing = await standing_now(self._desk.current())
        ground = await ground_of(app, standing)
        typed = without_again(request)
        if "look" not in typed and kind not in (WITHDRAW, KEEP, *_WITHOUT_FORM):
            return await self._page(request, kind, ground, typed)
        try:
            meant = await self._meant(kind, typed, ground, number)
        except ChangeRefused as refused:
            return await self._page(request, kind, ground, typed, wrong=_wrong(refused))
        except NotFound:
            raise HTTPException(404) from None
        return await self._page(request, kind, ground, typed, meant=meant)

    async def decide(self, request: Request) -> Response:
        """What was shown, and that alone: what has changed since is shown again."""
        kind = _kind(request)
        asked = await self._desk.forms.read(request)
        app, number, standing = await standing_now(self._desk.current())
        ground = await ground_of(app, standing)
        typed = without_again(request)
        try:
            if await _is_done(typed, asked, app):
                return done(request, asked, "/changes?noted=1")
            if kind in (WITHDRAW, KEEP) and not _stands(typed, standing):
                return self._desk.page(
                    request, "error", 409, code=409, sentence=texts.OVERTAKEN, back="/changes"
                )
            meant = await self._meant(kind, typed, ground, number)
        except ChangeRefused as refused:
            return await self._page(request, kind, ground, typed, wrong=_wrong(refused))
        except NotFound:
            raise HTTPException(404) from None
        wrong = None
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field="by")
        elif asked.fields.get("fingerprint") != meant.fingerprint:
            wrong = Wrong(sentence=texts.CHANGED_MEANWHILE)
        if wrong is not None:
            return await self._page(request, kind, ground, typed, meant=meant, wrong=wrong)
        return await self._decide(request, kind, asked, meant, typed)

    async def _decide(
        self, request: Request, kind: str, asked: Asked, meant: Meant, typed: Mapping[str, str]
    ) -> Response:
        if self._desk.forms.take(asked):
            act = _ACTS.get(kind, AuditAct.CHANGE_CALENDAR)
            try:
                await decide(meant.ground.app, meant.change, meant.number, asked.by, act)
            except Overtaken:
                wrong = Wrong(sentence=texts.OVERTAKEN)
                meant = await self._meant(kind, typed, meant.ground, meant.number)
                return await self._page(
                    request, kind, meant.ground, typed, meant=meant, wrong=wrong
                )
        return done(request, asked, "/changes?noted=1")

    async def _meant(
        self, kind: str, typed: Mapping[str, str], ground: Ground, number: int
    ) -> Meant:
        """Raises ChangeRefused and NotFound."""
        if kind in (WITHDRAW, KEEP):
            laid = _laid(ground, typed.get("number", ""))
            change = (
                taken_back(laid, await ground.app.changes.every())
                if kind == WITHDRAW
                else laid.decision.change
            )
        else:
            change = await change_of(kind, typed, ground)
        after, found = await look_ahead(ground.app, ground.standing, change)
        return Meant(ground=ground, number=number, change=change, after=after, forecast=found)

    async def _page(
        self,
        request: Request,
        kind: str,
        ground: Ground,
        typed: Mapping[str, str],
        *,
        meant: Meant | None = None,
        wrong: Wrong | None = None,
    ) -> Response:
        status = 200 if wrong is None else (409 if meant else 400)
        try:
            about = await self._about(kind, ground, typed)
        except NotFound:
            raise HTTPException(404) from None
        patience = FORM_MOMENT if wrong else None
        ahead = await self._ahead.values(meant, patience) if meant else {}
        page = self._desk.page(
            request,
            "change",
            status,
            kind=kind,
            title=texts.CHANGE_TITLES[kind],
            why=_why(kind, meant),
            action=f"/change/{kind}",
            query=urlencode(typed),
            meant=meant,
            wrong=wrong,
            **about,
            **ahead,
        )
        if wrong is None and ahead.get("is_counting"):
            ask_again(page, request, "prevision")
        return page

    async def _about(self, kind: str, ground: Ground, typed: Mapping[str, str]) -> dict[str, Any]:
        """What the form needs. Raises NotFound."""
        app = ground.app
        values: dict[str, Any] = {"typed": typed, "what": "", "one": None, "event": None}
        if kind == ChangeKind.EVENT_CREATED:
            kits = {one.name: one for one in ground.kits}
            values["kits"] = [kit_of(app, one) for one in kits.values()]
            if typed.get("kit") in kits:
                values |= event_of(app, kits[typed["kit"]], typed)
        elif kind in (WITHDRAW, KEEP):
            change = _laid(ground, typed.get("number", "")).decision.change
            values["what"] = f"{phrase(change.kind)} : {name_of(app, change)}"
        elif campaign := typed.get("campaign", ""):
            found = ground.campaign(campaign)
            values["what"] = campaign_title(app.agenda, found)
            if kind == ChangeKind.EVENT_MOVED:
                values |= event_of(app, found, typed)
        else:
            one = await ground.occurrence(typed.get("of", ""))
            title = message_of(app.agenda, one.campaign.name, one.episode.name)[1]
            values |= {"what": title, "one": one}
        return values


#: What needs nothing more than a yes.
_WITHOUT_FORM = (
    ChangeKind.EVENT_CANCELLED,
    ChangeKind.SKIPPED,
    ChangeKind.ENABLED,
    ChangeKind.DISABLED,
)


def _kind(request: Request) -> str:
    kind = str(request.path_params["kind"])
    if kind not in KINDS:
        raise HTTPException(404)
    return kind


def _why(kind: str, meant: Meant | None) -> str:
    back = kind == WITHDRAW and meant is not None and meant.change.says is not None
    return texts.WITHDRAW_MOVE if back else texts.CHANGE_WHY[kind]


def _wrong(refused: ChangeRefused) -> Wrong:
    sentence = why_not(refused.why)
    if refused.told:
        sentence = f"{refused.told} : {sentence[:1].lower()}{sentence[1:]}"
    field = refused.field
    own = {"date", "hour", "end", "last", "place", "kit", "audiences", ""}
    return Wrong(sentence=sentence, field=field if field in own else f"v-{field}")


async def _is_done(typed: Mapping[str, str], asked: Asked, app: App) -> bool:
    """A form that was carried out, whose answer was lost: by whichever replica. What somebody else
    decided of the same meanwhile is another thing."""
    wanted, number = asked.fields.get("says", ""), typed.get("number", "")
    return any(
        one.change.print == wanted and one.decided_by == asked.by and str(one.number) != number
        for one in latest(await app.changes.every())
    )


def _stands(typed: Mapping[str, str], standing: Sequence[Decision]) -> bool:
    return typed.get("number", "") in {str(one.number) for one in standing}


def _laid(ground: Ground, number: str) -> Laid:
    """Raises NotFound."""
    for one in ground.app.configuration.changes:
        if str(one.decision.number) == number:
            return one
    raise NotFound(f"no change {number} stands")
