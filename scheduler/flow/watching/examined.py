"""What an examination looks at: the installation as it is said to be, whom to ask, this machine."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import field

from scheduler.domain.doctor.lines import Check
from scheduler.domain.doctor.seen import KeysSeen, MailboxSeen, RelaySeen, TwilioSeen, Web
from scheduler.domain.doctor.zone import Resolver
from scheduler.domain.values import frozen
from scheduler.flow.watching.own_letter import OwnLetter


@frozen
class Asked:
    """What is looked at, as the configuration and the operator say it."""

    #: Domains of the From and of the return path.
    sender: str
    envelope: str
    #: Who would read DMARC's reports.
    reports: str
    relay: str = ""
    relay_is_here: bool = False
    selector: str = ""
    #: The domain and records (by selector) of the keys that this program signs with.
    signing_domain: str = ""
    signs: Mapping[str, str] = field(default_factory=dict)
    sends_from: Sequence[str] = ()
    mailbox: str = ""
    processed: str = ""
    public_url: str = ""
    short_url: str = ""
    sms_sender: str = ""
    #: Domains that are the organisation's own.
    ours: Collection[str] = ()
    keys_file: str = ""
    disk_least: int = 0
    #: What doesn't apply here, and why.
    skipped: Mapping[Check, str] = field(default_factory=dict)


@frozen
class Machine:
    """This one's, as it was found."""

    clock_is_kept: bool | None
    #: What is written -> megabytes free where it is.
    free: Mapping[str, int | None]
    keys: KeysSeen
    #: Files with a secret in them that every user of the machine may read.
    open_secrets: Sequence[str] = ()
    zones: Sequence[str]
    differing: Sequence[str]
    missing: Sequence[str]


@frozen
class Outside:
    """Whom it asks. What is None isn't asked: ``Asked.skipped`` says why."""

    resolver: Resolver
    web: Web
    relay: Callable[[], Awaitable[RelaySeen]] | None = None
    letter: OwnLetter | None = None
    twilio: Callable[[], Awaitable[TwilioSeen]] | None = None
    mailbox: Callable[[], Awaitable[MailboxSeen]] | None = None
    #: A token that stands for nobody, and what our own daemon answers to it.
    click: tuple[str, str] | None = None
