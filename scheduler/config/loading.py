"""Reading config.yaml, audiences/ and the environment into one checked ``Configuration``."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from scheduler.config import cross_checks, faults, provider_names, shapes, source_checks
from scheduler.config.audiences import load_audiences
from scheduler.config.calendar_keys import campaign_of
from scheduler.config.environment import FILE_KEYS, PREFIX, merge, read_environment
from scheduler.config.sections.sources import absolute
from scheduler.config.settings import CheckSettings, DaemonSettings, OptOutSettings, Settings
from scheduler.config.yaml_lines import Document, read_yaml
from scheduler.domain.calendar.campaigns import Audience, Campaign
from scheduler.domain.calendar.changes import Laid
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.errors import ConfigError, Fault, NotFound
from scheduler.domain.names.typed_names import same
from scheduler.domain.values import frozen

#: Keys that hold a secret. config.yaml is shared and kept in git: they belong elsewhere.
SECRET_KEYS = (
    ("web", "desk_token"),
    ("web", "metrics_token"),
    ("web", "oidc", "client_secret"),
    ("channels", "email", "smtp", "password"),
    ("channels", "email", "dkim", "rsa", "key"),
    ("channels", "email", "dkim", "ed25519", "key"),
    ("channels", "email", "mailbox", "password"),
    ("channels", "email", "mailbox", "oauth2", "client_secret"),
    ("channels", "sms", "twilio", "auth_token"),
    ("reported", "password"),
    ("reported", "oauth2", "client_secret"),
)


SQLITE = "sqlite:///"


@frozen
class Configuration:
    """What was read: the settings, and the values the calendar works on."""

    #: The folder of config.yaml: relative paths start here.
    root: Path
    settings: Settings
    #: In config's order: a person in two audiences gets the first one's text.
    audiences: tuple[Audience, ...]
    campaigns: tuple[Campaign, ...]
    #: What works but should be mended, in words.
    warnings: tuple[str, ...] = ()
    #: What of the calendar is left aside until it is mended: it sends nothing.
    faults: tuple[Fault, ...] = ()
    #: Episodes whose message isn't under templates/: they send nothing until it is.
    lost: tuple[Fault, ...] = ()
    #: Its own file's name, below ``root``.
    file: str = "config.yaml"
    #: Keys that the environment gives, dotted.
    from_environment: frozenset[str] = frozenset()
    #: The files that hold a secret each, by the variable that names them.
    secret_files: Mapping[str, Path] = field(default_factory=dict)
    #: The folder in which edits stand over the files of templates/; None: none does.
    edited: Path | None = None
    #: How many publications there were when it was laid.
    edits: int = 0
    #: What config.yaml says, where changes of the calendar stand over it; None: none does.
    files_say: tuple[Campaign, ...] | None = None
    #: Those changes, and how each stands to config.yaml by now.
    changes: tuple[Laid, ...] = ()
    #: How many were ever decided when they were laid.
    changed: int = 0

    def sms_basis(self, source: str) -> str:
        """On what grounds people who came in under a name are written to by SMS."""
        mine = (one for one in self.audiences if one.is_source and one.source == source)
        terms = (one.channels.get("sms") for one in mine)
        return next((one.basis for one in terms if one), Basis.CONSENT)

    @property
    def parents(self) -> dict[str, str]:
        """Audience -> the one that it selects from."""
        sources = {one.source: one.name for one in self.audiences if one.is_source}
        rules = (one for one in self.audiences if not one.is_source)
        return {one.name: sources[one.source] for one in rules if one.source in sources}

    @property
    def written(self) -> tuple[Campaign, ...]:
        """The campaigns of config.yaml alone."""
        return self.campaigns if self.files_say is None else self.files_say

    @property
    def templates(self) -> Path:
        """What is read: the files, with the edits that stand over them."""
        return self.edited or self.files

    @property
    def files(self) -> Path:
        """The writers' files alone."""
        return self.root / "templates"

    @property
    def var(self) -> Path:
        """What the program writes: beside the ledger, or in var/ when that is elsewhere."""
        url = self.settings.database.url
        if url.startswith(SQLITE):
            return Path(url.removeprefix(SQLITE)).parent
        return self.root / "var"

    @property
    def ledger_is_missing(self) -> bool:
        """A SQLite ledger that nobody has made; of a server only the server knows."""
        url = self.settings.database.url
        return url.startswith(SQLITE) and not Path(url.removeprefix(SQLITE)).exists()

    def with_ledger_in(self, folder: Path) -> "Configuration":
        """The same, on another SQLite ledger with keys and a journal of its own."""
        changes = {
            "database": self.settings.database.model_copy(
                update={"url": f"{SQLITE}{folder / 'ledger.db'}"}
            ),
            "keys": self.settings.keys.model_copy(update={"file": folder / "keys.json"}),
            "optout": self.settings.optout.model_copy(update={"journal": None}),
            # What is known of a text is known of it there.
            "check": self.settings.check.model_copy(update={"folder": self.kept_findings}),
        }
        return replace(self, settings=self.settings.model_copy(update=changes))

    def beside_ledger(self, ending: str) -> Path:
        """A file of this ledger's own: two ledgers may share a folder."""
        url = self.settings.database.url
        name = Path(url.removeprefix(SQLITE)).name if url.startswith(SQLITE) else "ledger"
        return self.var / f"{name}{ending}"

    @property
    def optout_journal(self) -> Path:
        """Where opt-outs are kept once more: beside the ledger, or on another volume."""
        return self.settings.optout.journal or self.beside_ledger(".optouts")

    @property
    def laid_texts(self) -> Path:
        """Where files and edits are laid into one folder."""
        return self.beside_ledger(".texts")

    @property
    def kept_findings(self) -> Path:
        """The folder of what ``check`` found."""
        return self.settings.check.folder or self.beside_ledger(".findings")

    @property
    def second_mark(self) -> Path:
        """Where how far the ledger has come is kept as well: beside the keys, or elsewhere."""
        keys = self.settings.keys.file
        return self.settings.daemon.mark or keys.with_name(f"{keys.name}.mark")

    def audience(self, name: str) -> Audience:
        """Raises NotFound."""
        if found := _named(self.audiences, name):
            return found
        known = ", ".join(audience.name for audience in self.audiences)
        raise NotFound(f"there is no audience {name!r}; config.yaml names: {known}")

    def campaign(self, name: str) -> Campaign:
        """Raises NotFound."""
        if found := _named(self.campaigns, name):
            return found
        known = ", ".join(campaign.name for campaign in self.campaigns)
        raise NotFound(f"there is no campaign {name!r}; config.yaml names: {known}")


N = TypeVar("N", Audience, Campaign)


def _named(known: Sequence[N], name: str) -> N | None:
    """By its exact name, or as a person types it."""
    exact = next((one for one in known if one.name == name), None)
    return exact or next((one for one in known if same(one.name, name)), None)


def load(path: Path, environment: Mapping[str, str] | None = None) -> Configuration:
    """Read and check everything. Raises ConfigError with all faults found, not only the first."""
    given = Given.by(os.environ if environment is None else environment)
    document = read_yaml(path.absolute())
    return checked(document, merge(document.data, given.variables), given)


@frozen
class Given:
    """What the environment says."""

    environment: Mapping[str, str]
    #: The keys that it sets, as a nested mapping.
    variables: Mapping[str, Any]
    faults: tuple[Fault, ...]

    @classmethod
    def by(cls, environment: Mapping[str, str]) -> "Given":
        variables, found = read_environment(environment)
        return cls(environment=environment, variables=variables, faults=tuple(found))


def checked(
    document: Document, data: Mapping[str, Any], given: Given, *, bending: bool = False
) -> Configuration:
    """``data``: the keys of the document and of the environment together. Raises ConfigError.

    ``bending``: what has the wrong shape for its provider is told in ``faults`` alone.
    """
    found, variables = list(given.faults), given.variables
    root = document.path.parent
    try:
        settings = Settings.model_validate(data)
    except ValidationError as invalid:
        found += faults.from_validation(invalid, document, variables, Settings)
        raise ConfigError(found) from invalid
    settings = _absolute(settings, root)
    audiences, more = load_audiences(root / "audiences", settings, document)
    campaigns = tuple(campaign_of(name, one, settings) for name, one in settings.campaigns.items())
    found += more
    found += provider_names.check(settings, document, variables)
    if not more:
        found += cross_checks.check(settings, campaigns, audiences, document)
    bent = shapes.check(settings, document, variables)
    if found or (bent and not bending):
        raise ConfigError([*found, *bent])
    return Configuration(
        faults=tuple(bent),
        lost=tuple(shapes.lost_messages(campaigns, root / "templates", document, variables)),
        root=root,
        settings=settings,
        audiences=tuple(audiences),
        campaigns=campaigns,
        warnings=tuple(_warnings(document, given.environment, settings)),
        file=document.path.name,
        from_environment=frozenset(_leaves(variables)),
        secret_files=secret_files(given.environment),
    )


def _leaves(tree: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def _absolute(settings: Settings, root: Path) -> Settings:
    """Every path made absolute: relative ones start at config.yaml's folder."""
    smtp = settings.channels.email.smtp
    email = settings.channels.email
    if smtp and smtp.ca_file:
        smtp = smtp.model_copy(update={"ca_file": root / smtp.ca_file})
        email = email.model_copy(update={"smtp": smtp})
    mailbox = email.mailbox
    if mailbox and mailbox.ca_file:
        mailbox = mailbox.model_copy(update={"ca_file": root / mailbox.ca_file})
        email = email.model_copy(update={"mailbox": mailbox})
    reported = settings.reported
    if reported and reported.ca_file:
        reported = reported.model_copy(update={"ca_file": root / reported.ca_file})
    web, oidc = settings.web, settings.web.oidc
    if oidc and oidc.ca_file:
        oidc = oidc.model_copy(update={"ca_file": root / oidc.ca_file})
        web = web.model_copy(update={"oidc": oidc})
    organisation = settings.organisation
    if organisation.logo:
        organisation = organisation.model_copy(update={"logo": root / organisation.logo})
    return settings.model_copy(
        update={
            "organisation": organisation,
            "reported": reported,
            "web": web,
            "keys": settings.keys.model_copy(update={"file": root / settings.keys.file}),
            "outbox": settings.outbox.model_copy(update={"path": root / settings.outbox.path}),
            "optout": _absolute_journal(settings.optout, root),
            "daemon": _absolute_mark(settings.daemon, root),
            "check": _absolute_folder(settings.check, root),
            "database": settings.database.model_copy(
                update={"url": absolute_url(settings.database.url, root)}
            ),
            "channels": settings.channels.model_copy(update={"email": email}),
            "sources": absolute(settings.sources, root),
        }
    )


def _absolute_journal(optout: OptOutSettings, root: Path) -> OptOutSettings:
    journal = root / optout.journal if optout.journal else None
    return optout.model_copy(update={"journal": journal})


def _absolute_mark(daemon: DaemonSettings, root: Path) -> DaemonSettings:
    return daemon.model_copy(update={"mark": root / daemon.mark if daemon.mark else None})


def _absolute_folder(check: CheckSettings, root: Path) -> CheckSettings:
    return check.model_copy(update={"folder": root / check.folder if check.folder else None})


def absolute_url(url: str, root: Path) -> str:
    """A SQLite ledger's path made absolute; a server's URL as it is."""
    return f"{SQLITE}{root / url.removeprefix(SQLITE)}" if url.startswith(SQLITE) else url


def secret_files(environment: Mapping[str, str]) -> dict[str, Path]:
    """The files that hold a secret each, by the variable that names them."""
    return {
        name: Path(value)
        for name, value in environment.items()
        if name.startswith(PREFIX) and name.endswith("_FILE") and not name.endswith(FILE_KEYS)
    }


def is_open_to_all(path: Path) -> bool:
    return path.is_file() and bool(path.stat().st_mode & 0o007)


def _warnings(document: Document, environment: Mapping[str, str], settings: Settings) -> list[str]:
    warnings = []
    secrets = [(".".join(key), document.lines[key]) for key in SECRET_KEYS if key in document.lines]
    warnings += [
        f"{document.path}:{line}: {name} is a secret in a file that is shared — "
        "give it by the environment or a *_FILE variable"
        for name, line in [*secrets, *source_checks.secrets_in(document, settings)]
    ]
    if advice := shapes.alignment_advice(settings, document):
        warnings.append(advice)
    files = secret_files(environment)
    for name, path in (files | {"keys.file": settings.keys.file}).items():
        if is_open_to_all(path):
            warnings.append(f"{name}: {path} can be read by every user — chmod 600 {path}")
    return warnings
