"""Everything a command or the daemon works with, as one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.bootstrap.pace import destinations_of
from scheduler.config.configuration import Configuration
from scheduler.domain.channels import ChannelKind
from scheduler.domain.organisation import Links, Organisation
from scheduler.flow.agenda import Agenda
from scheduler.flow.who_writes import links_of, organisation_of, sender_of
from scheduler.store.ledger import Ledger

if TYPE_CHECKING:
    from scheduler.flow.showing.web_version import Writer
    from scheduler.store.accounts.accounts import AccountLedger
    from scheduler.store.accounts.outside_accounts import OutsideLedger
    from scheduler.store.accounts.own_account import OwnAccountLedger
    from scheduler.store.accounts.own_addresses import OwnAddressLedger
    from scheduler.store.accounts.sessions import SessionLedger
    from scheduler.store.answers.bounce_ledger import BounceLedger
    from scheduler.store.answers.replies import ReplyLedger
    from scheduler.store.answers.reported import ReportedLedger
    from scheduler.store.answers.tallies import TallyLedger
    from scheduler.store.answers.uncertain import UncertainLedger
    from scheduler.store.people.contact_file_ledger import ContactFileLedger
    from scheduler.store.people.destinations import Regrouping
    from scheduler.store.people.people_ledger import PeopleLedger
    from scheduler.store.people.preferences import PreferenceLedger
    from scheduler.store.people.subscriptions import SubscriptionLedger
    from scheduler.store.reading.desk_ledger import DeskLedger
    from scheduler.store.reading.gauges import GaugeLedger
    from scheduler.store.reading.public import PublicLedger
    from scheduler.store.reading.recipients import RecipientLedger
    from scheduler.store.source_looks import SourceLedger
    from scheduler.store.steering.hand_ledger import HandLedger
    from scheduler.store.typed_figures import TypedFigureLedger
    from scheduler.store.writing.calendar_changes import ChangeLedger
    from scheduler.store.writing.comments import CommentLedger
    from scheduler.store.writing.drafts import DraftLedger
    from scheduler.store.writing.edits import EditLedger
    from scheduler.store.writing.trios import TrioLedger

Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class App:
    """Everything a command or the daemon works with. Close it when done.

    The ledgers stand side by side on one database; each is loaded and made when it is first asked
    for, and once. What is of an app is here; what ``make_…`` builds is new each time.
    """

    configuration: Configuration
    agenda: Agenda
    #: What each configured channel is.
    channels: Mapping[str, ChannelKind]
    ledger: Ledger
    clock: Clock

    async def close(self) -> None:
        await self.ledger.close()

    def load(self) -> None:
        """Make all of it now: a daemon loads nothing later, when its files may be another
        version's, or an answer is waited for."""
        for name, made in vars(type(self)).items():
            if isinstance(made, cached_property):
                getattr(self, name)

    # In whose name

    @cached_property
    def organisation(self) -> Organisation:
        """With its logo, which is read from its file here."""
        return organisation_of(self.configuration.settings)

    @cached_property
    def links(self) -> Links:
        return links_of(self.configuration.settings)

    @cached_property
    def writer(self) -> "Writer":
        """In whose name web versions are composed."""
        from scheduler.flow.showing.web_version import Writer

        settings = self.configuration.settings
        return Writer(
            organisation=self.organisation,
            links=self.links,
            sender=sender_of(settings),
            zone=settings.time_zone,
            people={one.name: one.people for one in self.configuration.audiences},
        )

    # The ledgers

    @cached_property
    def people(self) -> "PeopleLedger":
        """Contacts, their consents and their refusals."""
        from scheduler.store.people.people_ledger import PeopleLedger

        return PeopleLedger(
            self.ledger.database,
            self.ledger.keys,
            self.ledger.optouts,
            keep_source_key=self.configuration.settings.optout.keep_source_key,
        )

    @cached_property
    def contact_files(self) -> "ContactFileLedger":
        """What takes contact files in."""
        from scheduler.store.people.contact_file_ledger import ContactFileLedger

        destinations = destinations_of(self.configuration.settings)
        return ContactFileLedger(self.ledger.database, self.ledger.keys, destinations)

    @cached_property
    def replies(self) -> "ReplyLedger":
        """What people answered by SMS."""
        from scheduler.store.answers.replies import ReplyLedger

        return ReplyLedger(self.ledger.database, self.ledger.keys, self.ledger.optouts)

    @cached_property
    def bounces(self) -> "BounceLedger":
        """What came back by mail."""
        from scheduler.store.answers.bounce_ledger import BounceLedger

        return BounceLedger(self.ledger.database, self.ledger.keys, self.ledger.optouts)

    @cached_property
    def doubts(self) -> "UncertainLedger":
        """The deliveries in doubt, and what is decided of them."""
        from scheduler.store.answers.uncertain import UncertainLedger

        return UncertainLedger(self.ledger.database, self.ledger.keys, self.ledger.optouts)

    @cached_property
    def hand(self) -> "HandLedger":
        """What people do to a sending by hand."""
        from scheduler.store.steering.hand_ledger import HandLedger

        return HandLedger(self.ledger.database, self.ledger.keys)

    @cached_property
    def preferences(self) -> "PreferenceLedger":
        """Where the holders of links find and change what they receive."""
        from scheduler.store.people.preferences import PreferenceLedger

        return PreferenceLedger(self.ledger.database, self.ledger.keys, self.ledger.optouts)

    @cached_property
    def subscriptions(self) -> "SubscriptionLedger":
        """Where people ask to be written to, and confirm it."""
        from scheduler.store.people.subscriptions import SubscriptionLedger

        return SubscriptionLedger(
            self.ledger.database,
            self.ledger.keys,
            self.ledger.optouts,
            destinations_of(self.configuration.settings),
        )

    @cached_property
    def regrouping(self) -> "Regrouping":
        """What brings the addresses to the configured groups."""
        from scheduler.store.people.destinations import Regrouping

        destinations = destinations_of(self.configuration.settings)
        return Regrouping(self.ledger.database, self.ledger.keys, destinations)

    @cached_property
    def accounts(self) -> "AccountLedger":
        """Who may sign in on the desk."""
        from scheduler.store.accounts.accounts import AccountLedger

        return AccountLedger(self.ledger.database, self.ledger.keys)

    @cached_property
    def sessions(self) -> "SessionLedger":
        """Who is in on the desk."""
        from scheduler.store.accounts.sessions import SessionLedger

        return SessionLedger(self.ledger.database, self.ledger.keys)

    @cached_property
    def own_account(self) -> "OwnAccountLedger":
        """Of somebody's account: its second code, and the address of their agenda."""
        from scheduler.store.accounts.own_account import OwnAccountLedger

        return OwnAccountLedger(self.ledger.database, self.ledger.keys)

    @cached_property
    def comments(self) -> "CommentLedger":
        """What colleagues say of texts."""
        from scheduler.store.writing.comments import CommentLedger

        return CommentLedger(self.ledger.database)

    @cached_property
    def trios(self) -> "TrioLedger":
        """Texts that three people are asked to read."""
        from scheduler.store.writing.trios import TrioLedger

        return TrioLedger(self.ledger.database, self.ledger.keys)

    @cached_property
    def own_addresses(self) -> "OwnAddressLedger":
        """Where people of the desk get trials."""
        from scheduler.store.accounts.own_addresses import OwnAddressLedger

        return OwnAddressLedger(self.ledger.database, self.ledger.keys)

    @cached_property
    def outside(self) -> "OutsideLedger":
        """Whom an OpenID provider names on the desk."""
        from scheduler.store.accounts.outside_accounts import OutsideLedger

        return OutsideLedger(self.ledger.database, self.ledger.keys)

    @cached_property
    def desk(self) -> "DeskLedger":
        """What the desk reads."""
        from scheduler.store.reading.desk_ledger import DeskLedger

        return DeskLedger(self.ledger.database, self.ledger.keys)

    @cached_property
    def public(self) -> "PublicLedger":
        """What the public pages read."""
        from scheduler.store.reading.public import PublicLedger

        return PublicLedger(self.ledger.database)

    @cached_property
    def tallies(self) -> "TallyLedger":
        """What is counted of quizzes and reactions."""
        from scheduler.store.answers.tallies import TallyLedger

        return TallyLedger(self.ledger.database)

    @cached_property
    def typed_figures(self) -> "TypedFigureLedger":
        """The figures that somebody typed."""
        from scheduler.store.typed_figures import TypedFigureLedger

        return TypedFigureLedger(self.ledger.database)

    @cached_property
    def edits(self) -> "EditLedger":
        """The texts that stand over their files."""
        from scheduler.store.writing.edits import EditLedger

        return EditLedger(self.ledger.database)

    @cached_property
    def changes(self) -> "ChangeLedger":
        """The changes that stand over the calendar of config.yaml."""
        from scheduler.store.writing.calendar_changes import ChangeLedger

        return ChangeLedger(self.ledger.database)

    @cached_property
    def drafts(self) -> "DraftLedger":
        """The texts that somebody writes."""
        from scheduler.store.writing.drafts import DraftLedger

        return DraftLedger(self.ledger.database)

    @cached_property
    def sources(self) -> "SourceLedger":
        """When the audiences' sources were read."""
        from scheduler.store.source_looks import SourceLedger

        return SourceLedger(self.ledger.database)

    @cached_property
    def reported(self) -> "ReportedLedger":
        """What staff reported, by week."""
        from scheduler.store.answers.reported import ReportedLedger

        return ReportedLedger(self.ledger.database)

    @cached_property
    def gauges(self) -> "GaugeLedger":
        """What is looked at again and again."""
        from scheduler.store.reading.gauges import GaugeLedger

        return GaugeLedger(self.ledger.database)

    @cached_property
    def recipients(self) -> "RecipientLedger":
        """An occurrence's people, one by one, for their data-protection officer."""
        from scheduler.store.reading.recipients import RecipientLedger

        return RecipientLedger(self.ledger.database, self.ledger.keys, self.people)
