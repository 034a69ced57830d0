"""check, preview, send-test: what writers need. ``check`` and ``preview`` speak French."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import Context, actor, run
from scheduler.cli.language import colon, is_french, say, tr
from scheduler.cli.misuse import as_sentence, fault_text
from scheduler.cli.output.formats import Format, Schema
from scheduler.domain.errors import ContentError, HandOverError, NotFound, Uncertain

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.domain.checking.findings import Finding
    from scheduler.domain.delivery import Receipt
    from scheduler.domain.measure.prices import Prices

MESSAGE = typer.Argument(help="Its folder's path under templates/.")
MESSAGES = typer.Argument(None, metavar="MESSAGE", help="Only these; all when absent.")
FORMAT = typer.Option(Format.TEXT, "--format", help="How to print what was found.")
SCHEMA = typer.Option(None, "--schema", help="Print a JSON Schema for editors and stop.")
OUT = typer.Option(None, "--out", help="Write one message to a .eml, .html or .txt file instead.")


def register(app: typer.Typer) -> None:
    for command in (check, preview, send_test):
        app.command(command.__name__.replace("_", "-"))(command)


def check(
    context: typer.Context,
    messages: list[str] | None = MESSAGES,
    as_format: Format = FORMAT,
    as_json: bool = typer.Option(False, "--json", help="The same as --format json."),
    schema: Schema | None = SCHEMA,
    rules: bool = typer.Option(False, "--rules", help="Print the table of rules and stop."),
    anew: bool = typer.Option(False, "--anew", help="Believe nothing of what was found before."),
) -> None:
    """Read every message as its readers will; exit 1 when one must not leave like this."""
    from scheduler.bootstrap import lacking_parts
    from scheduler.cli.output.findings import shown
    from scheduler.content import schemas
    from scheduler.content.rules import table as rules_table
    from scheduler.domain.checking.findings import Severity

    if schema is not None or rules:
        text = (
            schemas.text_of(schema) if schema else rules_table.as_markdown(english=not is_french())
        )
        typer.echo(text, nl=False)
        return
    findings = checked(context.obj, [name.strip("/") for name in messages or ()], anew=anew)
    if not messages:
        findings += _told_by_ledger(context.obj)
    wanted = Format.JSON if as_json else as_format
    root = Path(context.obj.config).absolute().parent
    typer.echo(shown(findings, wanted, root), nl=False)
    if wanted is Format.TEXT:
        configuration = context.obj.load(lacking=True)
        for advice in configuration.warnings:
            say(f"warning: {advice}", err=True)
        # The daemon would refuse to start; a writer's machine may do without.
        for fault in lacking_parts(configuration.settings):
            say(f"warning: {fault_text(fault)}", err=True)
    if any(one.severity is Severity.FAULT for one in findings):
        raise typer.Exit(1)


def preview(
    context: typer.Context,
    message: str = MESSAGE,
    audience: str = typer.Option("", "--audience", help="Only for this audience."),
    channel: str = typer.Option("", "--channel", help="Only on this channel."),
    language: str = typer.Option("", "--language", help="As read in it: fr, en, fr-falc…"),
    contact: str = typer.Option("", "--contact", help="As this contact, or camille, sans-nom…"),
    out: Path | None = OUT,
) -> None:
    """Show a message as its readers get it: every text of it, or the ones asked for."""
    from scheduler.cli.output.preview import show, write
    from scheduler.domain.audit import Act, AuditAct
    from scheduler.flow.writing.choosing import Choice, choose, shown_person

    choice = Choice(
        message=message.strip("/"),
        audience=audience,
        channel=channel,
        language=language,
        contact=contact,
    )

    async def step() -> None:
        from scheduler.bootstrap import make_renderer

        async with context.obj.opened_to_look() as app:
            renderer = make_renderer(app, test=True)
            found = await choose(app.agenda, renderer, app.people, choice, app.clock())
            if person := shown_person(choice, found):
                act = Act(actor=actor(""), act=AuditAct.PREVIEW_AS, subject=f"contact {person}")
                await app.people.note_export(act, app.clock())
            if out is not None:
                write(found, out)
            else:
                show(found, prices_of(app))

    try:
        run(step())
    except ContentError as error:
        typer.echo(as_sentence(error), err=True)
        raise typer.Exit(1) from error


def send_test(
    context: typer.Context,
    message: str = MESSAGE,
    audience: str = typer.Option(..., "--audience", help="As a reader of this audience."),
    to: str = typer.Option(..., "--to", help="Your own e-mail address or telephone number."),
    channel: str = typer.Option("", "--channel", help="Absent: the one for such an address."),
    language: str = typer.Option("", "--language", help="Absent: the audience's. fr, fr-falc…"),
    by: str = typer.Option("", "--by", help="Who sends it, for the audit log."),
) -> None:
    """Send one message, now, through the configured provider; noted as a test, never counted."""
    for advice in context.obj.load().warnings:
        say(f"warning: {advice}", err=True)
    try:
        receipt = run(
            _send_test(context.obj, message.strip("/"), audience, to, channel, language, by)
        )
    except ContentError as error:
        typer.echo(as_sentence(error), err=True)
        raise typer.Exit(1) from error
    except HandOverError as refusal:
        unknown = isinstance(refusal, Uncertain)
        what = tr("no answer came, it may have been accepted" if unknown else "not accepted")
        typer.echo(f"{what}{colon()} {tr(str(refusal))}", err=True)
        raise typer.Exit(1) from refusal
    words = " ".join(filter(None, (receipt.code, receipt.detail, receipt.provider_id)))
    say(f"accepted: {words or 'the provider gave no receipt'}")


def checked(context: Context, messages: Sequence[str], *, anew: bool = False) -> "list[Finding]":
    """What ``check`` finds in these messages; in all of them for none. ``anew``: whatever was found
    before."""
    from scheduler.bootstrap import utc_now
    from scheduler.flow.writing.judging import everything

    return everything(context.load_to_read(), utc_now(), messages, anew=anew)


def _told_by_ledger(context: Context) -> "list[Finding]":
    """As far as there is a ledger to compare names and edits with; messages are checked without."""
    from scheduler.domain.errors import KeysError, LedgerError
    from scheduler.flow.watching import calendar_behind
    from scheduler.flow.writing import behind
    from scheduler.flow.writing.checking_names import findings

    async def step() -> "list[Finding]":
        async with context.opened(lacking=True) as app:
            config, today = Path(context.config), app.clock().date()
            late = await behind.behind(app.edits, app.configuration.files)
            renamed = await findings(app.agenda, app.ledger, config, today)
            changes, file = app.configuration.changes, app.configuration.file
            mine = calendar_behind.findings(changes, file, today)
            return [*renamed, *behind.findings(late), *mine]

    try:
        return run(step())
    except (LedgerError, KeysError):
        return []


def prices_of(app: "App") -> "Prices":
    """Of SMS, as the configuration has them."""
    from scheduler.domain.measure.prices import Prices

    sms = app.configuration.settings.channels.sms
    return Prices(default=sms.price_per_segment, by_prefix=sms.prices)


async def _send_test(
    context: Context, message: str, audience: str, to: str, channel: str, language: str, by: str
) -> "Receipt":
    from scheduler.bootstrap import make_providers, make_renderer
    from scheduler.flow.people.persons import address_of
    from scheduler.flow.writing.trial import Trial, reader_of, send_test

    address = address_of(to)
    async with context.opened(create=True) as app:
        found = app.configuration.audience(audience)
        wanted = channel or address.channel
        trial = Trial(
            message=message,
            audience=found,
            channel=wanted,
            language=language or found.language,
            to=to.strip() if address.channel == "email" else address.identity,
            fields=await reader_of(app.people, address, found, wanted),
            by=actor(by),
        )
        provider = make_providers(app.configuration.settings).get(wanted)
        if provider is None:
            raise NotFound(f"config.yaml has no channel {wanted!r}")
        renderer = make_renderer(app, test=True)
        return await send_test(
            app.agenda, renderer, provider, app.hand, trial, address, app.clock()
        )
