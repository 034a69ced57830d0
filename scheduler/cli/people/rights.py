"""contacts show, erase, freeze, unfreeze, complaint: what one person may ask of their data."""

from pathlib import Path
from typing import Any, Literal

import typer

from scheduler.cli.context import Context, actor, run
from scheduler.cli.language import ask, say

JSON = typer.Option(False, "--json", help="Print JSON.")
BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")
WHO = typer.Argument(help="An id, a source's key, an e-mail address or a telephone number.")


def register(contacts: typer.Typer) -> None:
    for command in (show, erase, freeze, unfreeze, complaint):
        contacts.command()(command)


def show(
    context: typer.Context,
    who: str = WHO,
    out: Path | None = typer.Option(None, "--out", help="A file to write it to instead."),
    by: str = BY,
    as_json: bool = JSON,
) -> None:
    """Everything the ledger holds on one person, for them to see (GDPR article 15)."""
    from scheduler.cli.output.printing import as_json_text
    from scheduler.cli.people.private_file import write_private

    async def step() -> tuple[list[dict[str, Any]], str, dict[str, str]]:
        from scheduler.bootstrap import make_renderer
        from scheduler.flow.people.access import information
        from scheduler.flow.people.persons import find
        from scheduler.flow.showing.kept_messages import with_words

        async with context.obj.opened() as app:
            cards = await find(app.people, who)
            found = [await app.people.dossier(card, actor(by), app.clock()) for card in cards]
            renderer = make_renderer(app, test=True)
            for card, one in zip(cards, found, strict=True):
                one["messages"] = await with_words(renderer, card, one["messages"])
                one["information"] = information(app.configuration, card.audience)
            labels = {one.name: one.label for one in app.configuration.audiences}
            return found, app.configuration.settings.time_zone, labels

    dossiers, zone, labels = run(step())
    if as_json:
        text = as_json_text(dossiers) + "\n"
    else:
        from scheduler.web.desk.dossier import dossier_text

        text = "\n".join(dossier_text(one, zone, labels) for one in dossiers)
    if out is None:
        typer.echo(text, nl=False)
        return
    write_private(out, text)
    say(f"Written to {out}: personal data, for this person alone.")


def erase(
    context: typer.Context,
    who: str = WHO,
    by: str = BY,
    yes: bool = typer.Option(False, "--yes", help="Don't ask for confirmation."),
) -> None:
    """Erase a person for good; only a digest stays, so that no import brings them back."""

    async def step() -> int:
        from scheduler.domain.people.person import refuse_frozen
        from scheduler.flow.people.persons import find

        async with context.obj.opened() as app:
            cards = await find(app.people, who)
            for card in cards:
                # Before any of them is erased.
                refuse_frozen(card.contact, card.frozen_at)
            named = ", ".join(f"{card.contact} ({card.audience})" for card in cards)
            if not yes:
                ask(f"Erase contact {named} for good?")
            for card in cards:
                await app.people.erase(card, actor(by), app.clock())
            return len(cards)

    count = run(step())
    say(
        f"{count} {'contacts' if count > 1 else 'contact'} erased, and opted out of everything. "
        "The files of the ledger forget it at the next retention run, within a day."
    )


def freeze(context: typer.Context, who: str = WHO, by: str = BY) -> None:
    """Freeze a person's data (GDPR article 18): nothing is sent to them, nothing of them erased."""
    run(_freeze(context.obj, who, by, frozen=True))


def unfreeze(context: typer.Context, who: str = WHO, by: str = BY) -> None:
    """Lift a freeze: the person is treated like everybody again."""
    run(_freeze(context.obj, who, by, frozen=False))


async def _freeze(context: "Context", who: str, by: str, *, frozen: bool) -> None:
    from scheduler.flow.people.persons import find

    async with context.opened() as app:
        act = app.people.freeze if frozen else app.people.unfreeze
        for card in await find(app.people, who):
            changed = await act(card, actor(by), app.clock())
            how = ("is frozen: nothing is sent, nothing erased" if frozen
                   else "is no longer frozen; what was left out meanwhile stays so")  # fmt: skip
            already = f"was {'frozen' if frozen else 'not frozen'} already"
            say(f"Contact {card.contact} ({card.audience}) {how if changed else already}.")


def complaint(
    context: typer.Context,
    who: str = typer.Argument(metavar="ADDRESS|NUMBER"),
    form: Literal["text", "html"] = typer.Option("text", "--format", help="text or html."),
    out: Path | None = typer.Option(None, "--out", help="A file to write it to instead."),
    by: str = BY,
) -> None:
    """The answer to a complaint on one page, in French: since when refused, by which route, what
    left before, and that nothing did after."""
    from scheduler.cli.output.complaint import as_html, as_text
    from scheduler.cli.people.private_file import write_private
    from scheduler.domain.words.complaint import Page
    from scheduler.flow.people.persons import address_of

    address = address_of(who)

    async def step() -> Page:
        from scheduler.bootstrap import complaint_of

        async with context.obj.opened() as app:
            found = await complaint_of(
                app, address.kind, address.identity, address.masked, actor(by)
            )
            settings = app.configuration.settings
            return Page(found, settings.organisation.name, settings.time_zone)

    page = run(step())
    text = as_html(page) if form == "html" else as_text(page)
    if out is None:
        typer.echo(text, nl=False)
        return
    write_private(out, text)
    say(f"Written to {out}: personal data, for this person alone.")
