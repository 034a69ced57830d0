"""The live preview: all messages, and one of them as its readers will see it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from scheduler.bootstrap import make_renderer
from scheduler.content.folder import MessageFolder
from scheduler.content.head_fields import missing_siblings
from scheduler.content.rules.table import RULES
from scheduler.domain.errors import ContentError, Fault, NotFound
from scheduler.flow.showing.desk import uses_of
from scheduler.flow.showing.messages import listing, next_dates, use_of
from scheduler.flow.writing.preview import preview
from scheduler.flow.writing.writing import texts_to_write
from scheduler.web.desk.choice import Choice, choice_of
from scheduler.web.desk.forms import Wrong
from scheduler.web.desk.french import typography
from scheduler.web.desk.grouping import channel_lines
from scheduler.web.desk.live import fingerprint
from scheduler.web.desk.looks import show
from scheduler.web.desk.message_views import Shown, cards
from scheduler.web.desk.numbered import elsewhere, numbered_files
from scheduler.web.desk.pages import LIVE_POLICY, Desk, frame
from scheduler.web.desk.pass_pages import held_by_faults
from scheduler.web.desk.review import STILL_READ, faults, unread, with_faults
from scheduler.web.desk.sample_people import full_name
from scheduler.web.desk.sibling_pages import behind_in, counted
from scheduler.web.desk.sms_facts import facts_for
from scheduler.web.desk.text_state import owner_of
from scheduler.web.desk.text_titles import titles_of
from scheduler.web.desk.trial_pages import trials_of
from scheduler.web.desk.twin_pages import twin_links

_YEAR = timedelta(days=366)
#: Added to what an open page knows, while its message is being read.
_WAITING = "-"
#: Seconds for one preview.
PATIENCE = 0.8
#: Dates of one message that its page tells.
_SHOWN = 3


class MessagePages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        app = self._desk.current()
        today = app.clock().astimezone(self._desk.zone()).date()
        dates = next_dates(app.agenda, today, today + _YEAR)
        found = await self._desk.review.soon(app, app.agenda.library.messages())
        return self._desk.page(
            request,
            "messages",
            cards=cards(
                await run_in_threadpool(listing, app.agenda),
                dates,
                found,
                self._desk.stops.unfinished(app),
            ),
            behind=counted(app, app.agenda.library.messages(), await app.ledger.seen_texts()),
        )

    async def message(self, request: Request) -> Response:
        return await self.show(request, request.query_params)

    async def show(
        self,
        request: Request,
        asked: Mapping[str, str],
        status: int = 200,
        wrong: Wrong | None = None,
    ) -> Response:
        """``asked``: what the selectors are set to. ``wrong``: of a form of this page."""
        # Asked before anything is read: what changes meanwhile is seen at the next look.
        known = self._fingerprint(request)
        try:
            folder = self._folder(request)
        except ContentError as broken:
            path = request.path_params["path"]
            return await self._live_page(request, known, path, [], [broken.fault], title=path)
        choice = self._choice(asked, folder)
        to_write = await run_in_threadpool(
            texts_to_write,
            self._desk.current().agenda.library,
            self._desk.current().configuration.templates,
            folder,
        )
        shown = [await self._shown(choice, channel) for channel in choice.audience.channels]
        return await self._live_page(
            request,
            known,
            folder.path,
            _files(folder, choice),
            [one.fault for one in shown if one.fault],
            status,
            waits=any(one.fault is STILL_READ for one in shown),
            **await self._uses(folder.path),
            behind=await behind_in(self._desk.current(), folder),
            wrong=wrong,
            held=await held_by_faults(self._desk.current(), folder.path),
            trials=await trials_of(self._desk.current(), folder.path, owner_of(request)),
            zone=self._desk.zone(),
            title=folder.title,
            folder=folder,
            to_write=await titles_of(self._desk.current(), to_write),
            lacking=await titles_of(self._desk.current(), _lacking(folder.path, to_write)),
            choice=choice,
            shown=shown,
            sender=self._desk.current().configuration.settings.channels.sms.sender,
            sms_facts=facts_for(self._desk.current()),
            full_name=full_name,
            twins=twin_links(choice, folder),
        )

    async def frame(self, request: Request) -> Response:
        """The HTML part alone, locked up."""
        try:
            choice = self._choice(request.query_params, self._folder(request))
        except ContentError:
            raise HTTPException(404) from None
        shown = await self._shown(choice, "email")
        if shown.fault is STILL_READ:
            return frame(f"<p>{typography(STILL_READ.what)}</p>")
        if shown.email is None:
            raise HTTPException(404)
        return frame(show(shown.email.html, choice.look))

    async def live(self, request: Request) -> Response:
        """What changes when a file of the message does."""
        app, message = self._desk.current(), request.path_params["path"]
        # The files as they are, and whether they are being read: both are seen on the page.
        known = self._fingerprint(request)
        waits = self._desk.review.is_unread(app, message)
        return PlainTextResponse(known + (_WAITING if waits else ""))

    async def _live_page(
        self,
        request: Request,
        known: str,
        message: str,
        files: Sequence[str],
        refused: Sequence[Fault],
        status: int = 200,
        *,
        waits: bool = False,
        **values: Any,
    ) -> Response:
        """The page of a message, as far as it can be read, with every fault beside its line.
        ``waits``: something of it couldn't be shown in time, so it asks again."""
        app = self._desk.current()
        reviewed = await self._desk.review.soon(app, [message])
        found = with_faults(reviewed.findings, refused)
        known += _WAITING if reviewed.unread or waits else ""
        numbered = numbered_files(app.configuration.templates.parent, message, found, files)
        page = self._desk.page(
            request,
            "message" if "choice" in values else "faulty_message",
            status,
            message=message,
            known=known,
            follows="follow" in request.query_params,
            findings=found,
            faults=faults(found),
            files=numbered,
            elsewhere=elsewhere(numbered, found),
            rules=RULES,
            **values,
        )
        page.headers["Content-Security-Policy"] = LIVE_POLICY
        return page

    async def _uses(self, message: str) -> dict[str, Any]:
        """When it leaves next, to whom, and what it lacks or what would stop it."""
        app, source = self._desk.current(), self._desk.source(self._desk.current())
        today = app.clock().astimezone(self._desk.zone()).date()
        coming = await uses_of(
            app.agenda,
            source,
            self._desk.kinds(),
            message,
            today,
            today + _YEAR,
            now=app.clock(),
            since=app.ledger.made_at,
        )
        figures = await self._desk.figures()
        lacking = self._desk.stops.unfinished(app)
        used = use_of(app.agenda, message)
        return {
            "coming": coming[:_SHOWN],
            "stops": await self._desk.stops.of(app, await source.alarms()),
            "wants": next((one.wants for one in lacking if one.message == message), ()),
            "by_hand": used is not None and used[1].when == "by-hand",
            "lines": partial(channel_lines, figures=figures),
        }

    def _folder(self, request: Request) -> MessageFolder:
        """Raises HTTPException (404), and ContentError when it can't be read."""
        try:
            return self._desk.current().agenda.library.load(request.path_params["path"])
        except NotFound:
            raise HTTPException(404) from None

    def _fingerprint(self, request: Request) -> str:
        templates = self._desk.current().configuration.templates
        try:
            return fingerprint(templates, request.path_params["path"])
        except ValueError:
            raise HTTPException(404) from None

    def _choice(self, asked: Mapping[str, str], folder: MessageFolder) -> Choice:
        return choice_of(
            self._desk.current().configuration,
            folder,
            asked,
            with_samples=not self._desk.real_channels,
        )

    async def _shown(self, choice: Choice, channel: str) -> Shown:
        app = self._desk.current()
        refused = unread(await self._desk.review.soon(app, [choice.message]))
        if refused is not None:
            return Shown(channel=channel, fault=refused)
        renderer = make_renderer(app, test=True)
        try:
            asked = preview(app.agenda, renderer, choice.asked(channel), app.clock())
            found = await asyncio.wait_for(asked, PATIENCE)
        except TimeoutError:
            return Shown(channel=channel, fault=STILL_READ)
        except NotFound:
            return Shown(channel=channel)
        except ContentError as broken:
            return Shown(channel=channel, fault=broken.fault)
        return Shown(channel=channel, preview=found)


def _lacking(message: str, known: Sequence[str]) -> list[str]:
    """The message's own texts that there aren't in another language, or in easy French."""
    names = [path.rpartition("/")[2] for path in known if path.startswith(f"{message}/")]
    return [f"{message}/{name}" for name in missing_siblings(names)]


def _files(folder: MessageFolder, choice: Choice) -> list[str]:
    """The texts that this choice shows, whether or not they can be."""
    asked = [choice.asked(channel) for channel in choice.audience.channels]
    found = (
        folder.pick(one.channel, one.audience, one.language, one.easy_to_read) for one in asked
    )
    return [f"templates/{source.path}" for source in found if source]
