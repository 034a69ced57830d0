"""accounts: who may sign in on the desk, and what each may do there."""

from typing import Any

import typer

from scheduler.cli.context import actor, run
from scheduler.cli.family import Family
from scheduler.cli.language import say, tr

NAME = typer.Argument(metavar="NAME")
ROLES = typer.Option(
    ..., "--roles", help="Roles, with commas between: read, write, approve, operate, privacy."
)
BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")
JSON = typer.Option(False, "--json", help="Print JSON.")


def register(app: typer.Typer) -> None:
    accounts = Family(
        name="accounts", help="Who may sign in on the desk, and do what.", no_args_is_help=True
    )
    for command in (list_accounts, add, link, roles, address, remove):
        accounts.command(command.__name__.removesuffix("_accounts"))(command)
    app.add_typer(accounts)


def list_accounts(context: typer.Context, as_json: bool = JSON) -> None:
    """Every account, with its roles."""
    from scheduler.cli.output.printing import print_json, print_table

    async def step() -> list[dict[str, Any]]:
        async with context.obj.opened() as app:
            return [
                {
                    "name": one.name,
                    "roles": sorted(one.roles),
                    "has_password": one.has_password,
                    "by_provider": bool(one.subject),
                }
                for one in await app.accounts.every()
            ]

    found = run(step())
    if as_json:
        print_json(found)
        return
    cells = [
        (
            str(one["name"]),
            " ".join(map(str, one["roles"])),
            "OIDC" if one["by_provider"] else tr("yes" if one["has_password"] else "not yet"),
        )
        for one in found
    ]
    print_table(("Name", "Roles", "Password"), cells, last="Password")


def add(context: typer.Context, name: str = NAME, roles: str = ROLES, by: str = BY) -> None:
    """Make an account; prints the link by which its holder sets a password, once, in three days."""

    async def step() -> str:
        from scheduler.domain.accounts import checked_name, roles_of

        named, given = checked_name(name), roles_of(roles.split(","))
        async with context.obj.opened(create=True) as app:
            value = await app.accounts.add(named, given, actor(by), app.clock())
            return _address(app.configuration.settings.web.desk_bind, value)

    _tell(run(step()))


def link(context: typer.Context, name: str = NAME, by: str = BY) -> None:
    """Another link, for a password that is lost: the one before, and its sessions, end."""

    async def step() -> str:
        async with context.obj.opened() as app:
            value = await app.accounts.renew_link(name, actor(by), app.clock())
            return _address(app.configuration.settings.web.desk_bind, value)

    _tell(run(step()))


def roles(context: typer.Context, name: str = NAME, roles: str = ROLES, by: str = BY) -> None:
    """Give an account these roles in place of those it has; they hold at its next request."""

    async def step() -> None:
        from scheduler.domain.accounts import roles_of

        given = roles_of(roles.split(","))
        async with context.obj.opened() as app:
            await app.accounts.give_roles(name, given, actor(by), app.clock())

    run(step())
    say("The account has these roles from its next request on.")


def address(
    context: typer.Context,
    name: str = NAME,
    to: str = typer.Argument("", metavar="ADDRESS", help="An e-mail address or a number."),
    forget: bool = typer.Option(False, "--forget", help="Take away those that are noted."),
    by: str = BY,
) -> None:
    """Note where somebody who signs in by this name gets trials sent from the desk."""
    if bool(to) == forget:
        raise typer.BadParameter(tr("give an address or a number, or say --forget"))

    async def step() -> None:
        from scheduler.domain.accounts import checked_name
        from scheduler.domain.message import AddressKind
        from scheduler.domain.trials import own_address

        named = checked_name(name)
        found = dict.fromkeys(AddressKind, "") if forget else dict([own_address(to)])
        async with context.obj.opened() as app:
            for kind, identity in found.items():
                await app.own_addresses.put(named, kind, identity, actor(by), app.clock())

    run(step())
    say("Nothing is noted any more." if forget else "It is noted; only that person sees it.")


def remove(context: typer.Context, name: str = NAME, by: str = BY) -> None:
    """Take an account away, with its sessions; the audit log keeps its name."""

    async def step() -> None:
        async with context.obj.opened() as app:
            await app.accounts.remove(name, actor(by), app.clock())

    run(step())
    say("The account is removed, and its sessions are ended.")


def _tell(address: str) -> None:
    say("Give this link to its holder, and to nobody else; it is good once, for three days:")
    typer.echo(address)
    say("Where the desk has another address, its path goes after that address.")


def _address(bind: str, value: str) -> str:
    from scheduler.daemon.desk_token import shown_address

    return f"{shown_address(bind, None)}welcome/{value}"
