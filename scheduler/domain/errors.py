"""Every error of the program, to be caught by meaning.

ReflexeError
  AccountRefused       an account that can't be made so
  FigureRefused        a typed figure that can't be kept as it is
  ChangeRefused        a change of the calendar that can't be decided so (calendar.changing)
  EditRefused          a text written on the desk can't be published as it is
    Overtaken          somebody else was quicker: what is refused is kept
    TextsFaulty        texts of a folder bring new faults; nothing was imported
  ConfigError          the operator's files or environment are wrong; nothing was started
  KeysError            keys.file is missing, unreadable, or not this ledger's
  LedgerError          the ledger can't be used as it is (newer schema, taken by another daemon)
    LedgerBusy         another kept it for too long: nothing was changed
  ContentError         a writer's file is wrong; carries the file and line
  UnderWay             another process is in the same act: this one did nothing more
  ImportRefused        a whole contact file is refused; nothing was written
    ImportUnconfirmed  a person may say that the file is right
    TableRefused       the same of what a source gave
  SourceAway           an audience's source gave nobody, or not all; nothing was written
  AddressRefused       one address or number can't be used
  Frozen               a person's data is frozen, and what was asked for would change it
  NotFound             a name given by hand stands for nothing
  InboxAway            a mailbox or a provider's list can't be read now
  Withheld             what was about to begin may not leave any more: nobody was told anything
  HandOverError        a provider did not accept a message
    Temporary          trying again later can help
    Permanent          trying again can't help, for this message only
    Uncertain          it may or may not have been accepted: never repeated by itself
    CountryStopped     nothing more may leave for a country on this channel until a person acts
    CampaignStopped    no more of this campaign may leave on this channel until a person acts
    ChannelStopped     nothing more may leave on this channel until a person acts
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.domain.values import frozen

if TYPE_CHECKING:
    from scheduler.domain.checking.findings import Finding


@frozen
class Fault:
    """One thing that is wrong, where it is, and how to mend it."""

    where: str
    what: str
    remedy: str
    line: int | None = None
    #: The configuration key or the field concerned, if there is one.
    key: str = ""

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        key = f" {self.key}:" if self.key else ""
        return f"{place}:{key} {self.what} — {self.remedy}"


class ReflexeError(Exception):
    """Anything this program raises on purpose."""


class AccountRefused(ReflexeError):
    """An account that can't be made so; ``str()`` says why."""


class EditRefused(ReflexeError):
    """A text written on the desk can't be published as it is; ``str()`` says why."""


class Overtaken(EditRefused):
    """Somebody else was quicker: what is refused is kept, and theirs is shown."""


class TextsFaulty(EditRefused):
    """Texts of a folder bring faults that those in force haven't; ``findings`` has each."""

    def __init__(self, sentence: str, findings: "Sequence[Finding]") -> None:
        super().__init__(sentence)
        self.findings = findings


class FigureRefused(ReflexeError):
    """A typed figure that can't be kept as it is; ``field`` is what is wrong with it."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class ConfigError(ReflexeError):
    """The configuration can't be used. Lists every fault found, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class KeysError(ReflexeError):
    """The keys are missing, unreadable, or don't belong to this ledger."""


class LedgerError(ReflexeError):
    """The ledger can't be used as it is."""


class LedgerBusy(LedgerError):
    """Another process kept the ledger for longer than this one waits: nothing was changed, and the
    same may be said again."""


class NotRecorded(ReflexeError):
    """What somebody asked for could not be written down: they are told, and may ask again."""


class ContentError(ReflexeError):
    """A message can't be read or rendered."""

    def __init__(self, where: str, what: str, remedy: str, line: int | None = None) -> None:
        self.fault = Fault(where=where, what=what, remedy=remedy, line=line)
        super().__init__(str(self.fault))

    @classmethod
    def of(cls, fault: Fault) -> "ContentError":
        """The error that a fault noted before is."""
        return cls(where=fault.where, what=fault.what, remedy=fault.remedy, line=fault.line)


class NoWayOut(ContentError):
    """An e-mail without the link by which its reader leaves."""


class UnderWay(ReflexeError):
    """An act that one process at a time may be in, and another is."""


class ImportRefused(ReflexeError):
    """A contact file is refused as a whole; the ledger is unchanged."""


class ImportUnconfirmed(ImportRefused):
    """The same, until a person says that the file is right; ``why``: what is doubtful about it."""

    def __init__(self, sentence: str, why: str) -> None:
        super().__init__(sentence)
        self.why = why


class TableRefused(ImportRefused):
    """What a source gave can't be read; ``mark`` is what the source calls it."""

    def __init__(self, said: str, mark: str) -> None:
        super().__init__(said)
        self.mark = mark


class SourceAway(ReflexeError):
    """An audience's source gave nobody, or not all: nothing of it is taken in. ``cause`` is a
    ``domain.people.sourced.Cause``; ``str()`` has nobody's data in it."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(detail)
        self.cause = cause


class AddressRefused(ReflexeError):
    """An e-mail address or a telephone number that can't be used, with the reason in words."""


class Frozen(ReflexeError):
    """A person's data is frozen (GDPR article 18): it is neither used nor erased."""


class NotFound(ReflexeError):
    """No such campaign, message, occurrence or contact."""


class InboxAway(ReflexeError):
    """A mailbox or a provider's list can't be read now; trying again later can help."""


class Withheld(ReflexeError):
    """A message that was about to begin may not leave any more (an opt-out, a pause): nothing of
    it has left, and whoever has said its envelope closes the connection."""


class HandOverError(ReflexeError):
    """A provider did not accept a message.

    ``code`` is the provider's own (an SMTP reply code with its enhanced status, a Twilio error
    number), ``detail`` its words, already freed of addresses.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class Temporary(HandOverError):
    """Trying again later can help: greylisting, a full queue, a lost connection before the dot."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        wait: timedelta | None = None,
        of_channel: bool = False,
    ) -> None:
        super().__init__(code, detail)
        #: The least time to wait, when the provider named one.
        self.wait = wait
        #: Any other message would have met it too: no connection, a busy provider.
        self.of_channel = of_channel


class Permanent(HandOverError):
    """Trying again can't help: an unknown mailbox, a refused body, a number that isn't one."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        bad_address: bool = False,
        opted_out: bool = False,
        bad_domain: bool = False,
    ) -> None:
        super().__init__(code, detail)
        #: The servers of the address's domain are at fault (5.4.x), which says nothing of it.
        self.bad_domain = bad_domain
        #: The address itself is at fault (5.1.1 and kin, Twilio 21211), not our message.
        self.bad_address = bad_address
        #: The provider knows an opt-out of this number that we must record (Twilio 21610).
        self.opted_out = opted_out


class Uncertain(HandOverError):
    """The message was handed over and no answer came: it may have been accepted."""


class CountryStopped(HandOverError):
    """The provider takes nothing for the number's country (not enabled for the account): its
    messages on this channel fail; every other country's go on."""

    def __init__(
        self, code: str, detail: str = "", *, country: str, is_known: bool = False
    ) -> None:
        super().__init__(code, detail)
        #: Its calling code: ``+262``.
        self.country = country
        #: The provider wasn't asked: it had said so before.
        self.is_known = is_known


class CampaignStopped(HandOverError):
    """The provider refuses what this campaign sends (filtered as spam, a sender refused): its
    messages on this channel halt; other campaigns, and other channels, go on.

    The message at hand was certainly not accepted and goes back to waiting.
    """


class ChannelStopped(HandOverError):
    """Our own account or set-up is refused (535, bad certificate, 20003): stop, raise one alarm.

    The message at hand was certainly not accepted and goes back to waiting.
    """
