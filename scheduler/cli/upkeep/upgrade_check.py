"""upgrade-check: what this program would ask of the installation that is there."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context
from scheduler.cli.language import say
from scheduler.cli.misuse import fault_text

if TYPE_CHECKING:
    from scheduler.bootstrap import Upgrade
    from scheduler.config.configuration import Configuration
    from scheduler.domain.checking.findings import Finding
    from scheduler.domain.errors import Fault


def register(app: typer.Typer) -> None:
    app.command("upgrade-check")(upgrade_check)


def upgrade_check(
    context: typer.Context,
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Say, before the daemon is started on it, what this version asks of the installation:
    migrations, settings that are gone or going, texts that it would hold; exit 1 when something is
    to be done. Nothing is changed."""
    from scheduler.cli.output.printing import print_json

    found = _found(context.obj)
    if as_json:
        print_json(found.as_json())
    else:
        found.tell()
    if found.asks:
        raise typer.Exit(1)


class _Found:
    """What is told, whole."""

    def __init__(self) -> None:
        self.upgrade: Upgrade | None = None
        self.lacks_postgres = False
        self.ledger_fault = ""
        #: Settings that this program refuses, and those that the next one will.
        self.faults: list[Fault] = []
        self.going: list[Fault] = []
        self.texts: list[Finding] = []

    @property
    def asks(self) -> bool:
        ledger = self.upgrade is not None and (self.upgrade.steps or self.upgrade.is_newer_ledger)
        return bool(ledger or self.lacks_postgres or self.ledger_fault or self.faults or self.texts)

    def as_json(self) -> dict[str, Any]:
        upgrade = self.upgrade
        return {
            "from": {
                "version": upgrade.ledger.program if upgrade else "",
                "schema": upgrade.ledger.schema if upgrade else "",
            },
            "to": {"version": upgrade.version, "schema": upgrade.schema} if upgrade else {},
            "ledger_fault": self.ledger_fault,
            "migrations": [
                {"revision": one.revision, "told": one.told}
                for one in (upgrade.steps if upgrade else ())
            ],
            "stop_older_than": upgrade.stops_older_than if upgrade else "",
            "postgres_extra": self.lacks_postgres,
            "settings_refused": [fault_text(one) for one in self.faults],
            "settings_going": [fault_text(one) for one in self.going],
            "texts_held": [
                {"file": one.file, "line": one.line, "rule": one.rule, "message": one.message}
                for one in self.texts
            ],
        }

    def tell(self) -> None:
        self._tell_versions()
        if self.ledger_fault:
            say(f"The ledger: {self.ledger_fault}")
        if self.lacks_postgres:
            say("To install: pip install 'reflexe[postgres]', for the ledger is on PostgreSQL")
        if self.faults:
            say("Settings that this version refuses:")
            for fault in self.faults:
                typer.echo(f"  {fault_text(fault)}")
        if self.going:
            say("Settings that the next version refuses:")
            for fault in self.going:
                typer.echo(f"  {fault_text(fault)}")
        if self.texts:
            say("Texts that this version holds back (reflexe check says more):")
            for one in self.texts:
                typer.echo(f"  {one}")
        if not self.asks:
            say("Nothing is to be done.")

    def _tell_versions(self) -> None:
        upgrade = self.upgrade
        if upgrade is None:
            return
        say(f"This program: {upgrade.version}, schema {upgrade.schema}.")
        seen = upgrade.ledger
        if not seen.schema:
            say("There is no ledger yet: the first start, or `reflexe migrate`, makes it.")
            return
        program = seen.program
        if program:
            say(f"The ledger: schema {seen.schema}, last used by {program}.")
        else:
            say(f"The ledger: schema {seen.schema}, last used by a version that noted none.")
        if upgrade.is_newer_ledger:
            say("It is newer than this program: an update goes forward, never back.")
        if upgrade.steps:
            say("`reflexe migrate` will take these steps; back the ledger up first:")
            for step in upgrade.steps:
                typer.echo(f"  {step.revision} {step.told}")
        if upgrade.stops_older_than:
            say(f"Stop first every replica older than schema {upgrade.stops_older_than}.")


def _found(context: Context) -> _Found:
    from scheduler.bootstrap import lacking_parts, lacks_postgres_parts, upgrade_of
    from scheduler.config.going_keys import going
    from scheduler.domain.errors import LedgerError

    found = _Found()
    configuration = _configuration(context, found)
    if configuration is None:
        return found
    url = configuration.settings.database.url
    found.lacks_postgres = lacks_postgres_parts(url)
    if not found.lacks_postgres:
        try:
            found.upgrade = upgrade_of(url)
        except LedgerError as fault:
            found.ledger_fault = str(fault)
    found.faults += lacking_parts(configuration.settings)
    found.going = [*going(configuration.settings)]
    if not found.faults:
        found.texts = _texts(context)
    return found


def _configuration(context: Context, found: _Found) -> "Configuration | None":
    """As this version reads it; what it refuses is told, and the last good one says where the
    ledger is."""
    from scheduler.config.last_good import read
    from scheduler.config.loading import load
    from scheduler.domain.errors import ConfigError

    path = Path(context.config).absolute()
    try:
        return load(path)
    except ConfigError as refused:
        found.faults = [*refused.faults]
    try:
        good = read(path)
    except ConfigError:
        return None
    return good.configuration if good else None


def _texts(context: Context) -> "list[Finding]":
    from scheduler.cli.writing.messages import checked
    from scheduler.domain.checking.findings import Severity

    return [one for one in checked(context, ()) if one.severity is Severity.FAULT]
