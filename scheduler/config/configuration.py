"""What was read of config.yaml, audiences/ and the environment, as one value; and where this
installation's files are."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TypeVar

from scheduler.config.settings import Settings
from scheduler.domain.calendar.campaigns import Audience, Campaign
from scheduler.domain.calendar.changes import Laid
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.errors import Fault, NotFound
from scheduler.domain.names.typed_names import same
from scheduler.domain.values import frozen

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
