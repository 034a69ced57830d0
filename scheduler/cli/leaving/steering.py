"""send-now, approve, refresh, pause, resume, cancel, stop-all, resume-all: what a person does to
a sending, or to all of them."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, actor, find_occurrence, run
from scheduler.cli.language import ask, say, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.bootstrap import App
    from scheduler.domain.calendar.campaigns import Occurrence
    from scheduler.domain.showing.report import Standing
    from scheduler.flow.steering.steer import AllSteered

BY = typer.Option("", "--by", help="Who acts, for the audit log; absent: this account's name.")
OCCURRENCE = typer.Argument(help="campaign/episode/date (+key), as `reflexe calendar` prints it.")


def register(app: typer.Typer) -> None:
    for command in (send_now, approve, refresh, pause, resume, cancel, stop_all, resume_all):
        app.command(command.__name__.replace("_", "-"))(command)


def send_now(
    context: typer.Context,
    what: str = typer.Argument(metavar="CAMPAIGN/EPISODE"),
    audience: str = typer.Option("", "--audience", help="Only this audience."),
    key: str = typer.Option("", "--key", help="Name of this sending, for an off-calendar message."),
    by: str = typer.Option("", "--by", help="Who asks; needed where a second person must allow."),
    yes: bool = typer.Option(False, "--yes", help="Don't ask for confirmation."),
    to_list: Path | None = typer.Option(
        None, "--to-list", help="Only to these people: a file with a key or an address a row."
    ),
    to_everybody: bool = typer.Option(
        False, "--to-everybody", help="A message for a list concerns everybody this time."
    ),
) -> None:
    """Bring an occurrence forward: the daemon sends it now, within hours and opt-outs."""
    campaign, _, episode = what.partition("/")
    whom = (to_list, to_everybody)
    say(run(_send_now(context.obj, campaign, episode, audience, key, by, whom, yes=yes)))


async def _send_now(
    context: Context,
    campaign: str,
    episode: str,
    audience: str,
    key: str,
    by: str,
    whom: "tuple[Path | None, bool]",
    *,
    yes: bool,
) -> str:
    from scheduler.cli.leaving.addressees import addressed, named
    from scheduler.domain.errors import NotFound
    from scheduler.flow.steering import can_leave, send_now
    from scheduler.flow.steering.by_hand import occurrence_to_send
    from scheduler.flow.steering.listing import take_back

    async with context.opened() as app:
        now = app.clock()
        one = occurrence_to_send(app.agenda, campaign, episode, key, now.date())
        names = app.configuration.campaign(campaign).audiences
        wanted = app.configuration.audience(audience).name if audience else ""
        if wanted and wanted not in names:
            raise NotFound(f"{campaign} does not address {audience!r}: it has {', '.join(names)}")
        chosen = [wanted] if wanted else list(names)
        await can_leave.refuse(app.agenda, app.ledger, one, chosen, now)
        asks = send_now.needs_approval(app.agenda, one)
        if asks and not by.strip():
            raise NotFound(f"{one.id} needs a second person: say who asks, with --by NAME")
        file, everybody = whom
        given = await addressed(app, one, chosen, file, actor(by), everybody=everybody)
        try:
            say(await _forecast(app, one, chosen))
            if not yes:
                whom_told = tr(named(given, chosen))
                ask(
                    f"Ask for {one.id} now to {whom_told}?"
                    if asks
                    else f"Send {one.id} now to {whom_told}?"
                )
        except BaseException:
            await take_back(app.hand, one, given, actor(by), now)
            raise
        if asks:
            asked = await send_now.ask(
                app.agenda, app.hand, one, chosen, actor(by), now, given.kept
            )
            return (
                f"{one.id} waits for another person: they read it with `reflexe preview "
                f"{asked.message}`, then allow it with `reflexe approve {asked.message} --by NAME`."
            )
        row = await send_now.bring_forward(
            app.agenda, app.ledger, app.hand, one, chosen, actor(by), now
        )
        return f"{row.id} is due now; `reflexe report {row.id}` says how it goes."


async def _forecast(app: "App", one: "Occurrence", audiences: "Sequence[str]") -> str:
    """What a yes would come to: how many, when, what it costs, which faults."""
    from scheduler.bootstrap import make_forecaster
    from scheduler.cli.leaving.exactness import figures_of
    from scheduler.cli.output.forecast import forecast_text
    from scheduler.cli.writing.messages import prices_of
    from scheduler.flow.writing.judging import everything

    now = app.clock()
    found = await make_forecaster(app).of(one, audiences, now)
    findings = everything(app.configuration, now, [app.agenda.episode(one).message])
    figures = await figures_of(app)
    return forecast_text(found, findings, prices_of(app), now, figures, app.agenda.audiences)


def approve(
    context: typer.Context,
    message: str = typer.Argument(help="Its folder's path under templates/."),
    by: str = typer.Option(..., "--by", help="Who allows it: another name than who asked."),
) -> None:
    """Allow, as the second person, what was asked with send-now: it is then due."""
    from scheduler.flow.steering import send_now

    async def step() -> Any:
        async with context.obj.opened() as app:
            name = message.strip("/")
            return await send_now.approve(
                app.agenda, app.ledger, app.hand, name, actor(by), app.clock()
            )

    row = run(step())
    say(f"{row.id} is allowed and due now; `reflexe report {row.id}` says how it goes.")


def refresh(context: typer.Context, occurrence: str = OCCURRENCE, by: str = BY) -> None:
    """Take the new text of its files, for those of an occurrence who have not been served."""
    from scheduler.flow.steering.refresh import refresh as take_new_texts

    async def step() -> Any:
        async with context.obj.opened() as app:
            row = await find_occurrence(app, occurrence)
            return await take_new_texts(
                app.agenda, app.ledger, app.hand, row, actor(by), app.clock()
            )

    found = run(step())
    say(
        f"{occurrence}: {found.texts} new text(s); {found.waiting} waiting get theirs, "
        f"{found.served} had left before."
    )


def pause(context: typer.Context, occurrence: str = OCCURRENCE, by: str = BY) -> None:
    """Stop an occurrence for now; what is left waits."""
    _steer(context.obj, occurrence, "paused", by)


def resume(
    context: typer.Context,
    what: str = typer.Argument(
        metavar="OCCURRENCE | CAMPAIGN | COUNTRY",
        help="An occurrence; with --channel, a campaign or a country by its code (+262).",
    ),
    channel: str = typer.Option(
        "", "--channel", help="Let what the provider made halt on this channel go on."
    ),
    by: str = BY,
) -> None:
    """Go on with a paused occurrence, or a campaign or country that halts, where it stopped."""
    if not channel:
        _steer(context.obj, what, "resumed", by)
        return
    waiting = run(_go_on(context.obj, what, channel, by))
    say(f"{what} goes on by {channel}: {waiting} waiting.")


async def _go_on(context: Context, campaign: str, channel: str, by: str) -> int:
    from scheduler.flow.steering.halts import go_on

    async with context.opened() as app:
        return await go_on(app.hand, campaign, channel, actor(by), app.clock())


def cancel(
    context: typer.Context,
    occurrence: str = OCCURRENCE,
    by: str = BY,
    yes: bool = typer.Option(False, "--yes", help="Don't ask for confirmation."),
) -> None:
    """End an occurrence for good; what has not left is cancelled."""
    if not yes:
        ask(f"Cancel {occurrence} for good?")
    _steer(context.obj, occurrence, "cancelled", by)


def stop_all(context: typer.Context, by: str = BY) -> None:
    """Stop every channel at once: no message leaves until `resume-all`, even after a restart."""
    from scheduler.flow.steering.steer import stop_all as stop_sending

    found = _steer_all(context.obj, stop_sending, by)
    how = "Every channel is stopped" if found.changed else "Every channel was stopped already"
    say(f"{tr(how)}: {_standing(found.standing)}. `reflexe resume-all` goes on.")


def resume_all(context: typer.Context, by: str = BY) -> None:
    """Go on where `stop-all` stopped; nobody gets a message twice."""
    from scheduler.flow.steering.steer import resume_all as resume_sending

    found = _steer_all(context.obj, resume_sending, by)
    how = "Every channel goes on" if found.changed else "Nothing was stopped"
    say(f"{tr(how)}: {_standing(found.standing)}.")


def _steer_all(
    context: Context, act: "Callable[..., Coroutine[Any, Any, AllSteered]]", by: str
) -> "AllSteered":
    async def step() -> "AllSteered":
        async with context.opened(anyhow=True) as app:
            return await act(app.hand, actor(by), app.clock())

    return run(step())


def _steer(context: Context, occurrence: str, how: str, by: str) -> None:
    from scheduler.flow.steering.steer import How, steer

    async def step() -> "Standing":
        async with context.opened(anyhow=True) as app:
            row = await find_occurrence(app, occurrence)
            return await steer(app.ledger, app.hand, row, How(how), actor(by), app.clock())

    found = run(step())
    say(f"{occurrence} is {how}: {_standing(found)}, {found.cancelled} cancelled.")


def _standing(found: "Standing") -> str:
    return tr(f"{found.sent} sent, {found.waiting} waiting, {found.in_flight} in flight")
