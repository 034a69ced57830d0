"""« M'envoyer un essai »: the text that a message's page shows, to the visitor's own address or to
one of ``trials.to``."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App, make_providers, make_renderer
from scheduler.config.settings import Settings
from scheduler.content.folder import MessageFolder
from scheduler.domain.errors import (
    AddressRefused,
    ContentError,
    HandOverError,
    NotFound,
    Uncertain,
)
from scheduler.domain.message import AddressKind
from scheduler.domain.trials import MOST, SHOWN, Begun, TrialNote, fit_for, too_many
from scheduler.domain.values import frozen
from scheduler.flow.people.persons import Address, address_of
from scheduler.flow.writing.trial import Trial, reader_of, send_test
from scheduler.web.desk import act_words, texts
from scheduler.web.desk.choice import Choice, choice_of
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.text_state import owner_of

#: An address and a number of somebody's own.
Own = Mapping[AddressKind, str]


class Shows(Protocol):
    """The page that the form stands on."""

    async def show(
        self, request: Request, asked: Mapping[str, str], status: int, wrong: Wrong
    ) -> Response: ...


@frozen
class Trials:
    """What a message's page knows of trials."""

    #: By channel: the addresses that one may be sent to.
    to: Mapping[str, Sequence[str]]
    #: By channel: the visitor's own among them; empty: nobody noted one.
    own: Mapping[str, str]
    #: The latest ones of this message, and what their audiences are called.
    notes: Sequence[TrialNote]
    labels: Mapping[str, str]


async def trials_of(app: App, message: str, visitor: str) -> Trials:
    """``visitor``: the name that somebody signed in by; empty: nobody proved one."""
    own = await _own(app, visitor)
    return Trials(
        to={channel: _addresses(app, channel, own) for channel in app.channels},
        own={channel: own.get(kind.address_kind, "") for channel, kind in app.channels.items()},
        notes=await app.hand.latest_trials(message, SHOWN),
        labels={one.name: one.label for one in app.configuration.audiences},
    )


class _NotSent(Exception):
    """Why no trial left, or may not have: what is said on the page."""

    def __init__(self, sentence: str, status: int = 400, field: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.wrong = Wrong(sentence=sentence, field=field)


class TrialPages:
    def __init__(self, desk: Desk, page: Shows) -> None:
        self._desk = desk
        self._page = page

    async def send(self, request: Request) -> Response:
        """Once a form: what is sent again, to whichever replica, goes to nobody a second time."""
        asked = await self._desk.forms.read(request)
        message = request.path_params["path"]
        try:
            folder = self._desk.current().agenda.library.load(message)
            choice = choice_of(
                self._desk.current().configuration,
                folder,
                asked.fields,
                with_samples=not self._desk.real_channels,
            )
            own = await _own(self._desk.current(), owner_of(request))
            await self._send(asked, folder, choice, own)
        except NotFound:
            raise HTTPException(404) from None
        except ContentError:
            wrong = Wrong(sentence=texts.TRIAL_NOT_COMPOSED)
            return await self._page.show(request, asked.fields, 409, wrong)
        except _NotSent as refused:
            return await self._page.show(request, asked.fields, refused.status, refused.wrong)
        return done(request, asked, f"/messages/{message}?{choice.query()}#trials")

    async def _send(self, asked: Asked, folder: MessageFolder, choice: Choice, own: Own) -> None:
        app, channel = self._desk.current(), asked.fields.get("channel", "")
        to = self._recipient(app, asked, channel, own)
        trial = Trial(
            message=folder.path,
            audience=choice.audience,
            channel=channel,
            language=choice.variant,
            to=to,
            fields=choice.reader.fields,
            by=asked.by,
            marked=True,
        )
        if folder.pick(channel, choice.audience.name, *_reading(choice)) is None:
            raise _NotSent(texts.TRIAL_NO_TEXT)
        if too_many(await app.hand.trials_of_late(app.clock())):
            raise _NotSent(act_words.too_many_trials(MOST), 429)
        await self._begin(app, asked, trial)

    def _recipient(self, app: App, asked: Asked, channel: str, own: Own) -> str:
        """Their own, or one of ``trials.to``: nobody types one here."""
        allowed = _addresses(app, channel, own) if channel in app.channels else []
        if not allowed:
            raise _NotSent(texts.NO_TRIAL_TO_DONE, 409)
        if (to := asked.fields.get("to", "")) not in allowed:
            raise _NotSent(texts.NOT_A_TRIAL_ADDRESS, field=f"to-{channel}")
        if not asked.by:
            raise _NotSent(texts.NO_NAME, field=f"by-{channel}")
        return to

    async def _begin(self, app: App, asked: Asked, trial: Trial) -> None:
        address = address_of(trial.to)
        try:
            await reader_of(app.people, address, trial.audience, trial.channel)
        except AddressRefused:
            raise _NotSent(texts.TRIAL_OPTED_OUT, 409) from None
        if not self._desk.forms.take(asked):
            return
        match await app.hand.begin_trial(asked.sheet, app.clock()):
            case Begun.BEFORE:
                raise _NotSent(texts.TRIAL_ASKED_BEFORE, 409)
            case Begun.TOO_MANY:
                # Others were quicker, here or in another replica.
                self._desk.forms.give_back(asked)
                raise _NotSent(act_words.too_many_trials(MOST), 429)
        try:
            await self._hand_over(app, trial, address)
        finally:
            await app.hand.end_trial(asked.sheet)

    async def _hand_over(self, app: App, trial: Trial, address: Address) -> None:
        provider = make_providers(_settings(app))[trial.channel]
        renderer = make_renderer(app, test=True)
        try:
            await send_test(app.agenda, renderer, provider, app.hand, trial, address, app.clock())
        except Uncertain:
            raise _NotSent(texts.TRIAL_UNCERTAIN, 502) from None
        except HandOverError as refusal:
            raise _NotSent(f"{texts.TRIAL_REFUSED} {refusal}", 502) from None


def _reading(choice: Choice) -> tuple[str, bool]:
    asked = choice.asked("")
    return asked.language, asked.easy_to_read


def _addresses(app: App, channel: str, own: Own) -> list[str]:
    """Their own, then those of ``trials.to`` that this channel can write to."""
    kind = app.channels[channel].address_kind
    others = fit_for(_settings(app).trials.to, email=kind is AddressKind.EMAIL)
    mine = [own[kind]] if kind in own else []
    return list(dict.fromkeys([*mine, *others]))


async def _own(app: App, visitor: str) -> Own:
    return await app.own_addresses.of(visitor) if visitor else {}


def _settings(app: App) -> Settings:
    return app.configuration.settings
