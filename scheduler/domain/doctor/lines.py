"""What the doctor says: one line a thing looked at, in one of three verdicts."""

from enum import StrEnum

from scheduler.domain.values import frozen


class Verdict(StrEnum):
    """The same words in ``--json``."""

    FINE = "fine"
    WRONG = "wrong"
    #: Can't be told from here, or not now.
    UNKNOWN = "unknown"


class Check(StrEnum):
    """From the outside in."""

    #: Whether the return path names who may send for it.
    SPF = "spf"
    #: The key that signatures are checked by.
    DKIM = "dkim"
    #: What receivers do with mail in our name that is not ours.
    DMARC = "dmarc"
    #: Whether what comes back has somewhere to arrive.
    RETURN_PATH = "return-path"
    #: Whether it arrives by TLS alone.
    MTA_STS = "mta-sts"
    #: Domains that could be taken for ours.
    LOOKALIKES = "look-alikes"
    #: The public pages, by their name.
    PUBLIC_ADDRESS = "public-address"
    #: The links of SMS, by theirs.
    SHORT_ADDRESS = "short-address"
    #: A click of a mail program, there and back (RFC 8058).
    ONE_CLICK = "one-click"
    #: The connection to the relay.
    RELAY = "relay"
    #: A mail of the doctor's own, read back from the mailbox.
    TEST_MAIL = "test-mail"
    #: The account and its sender.
    TWILIO = "twilio"
    #: Whether the mailbox can be read and tidied.
    MAILBOX = "mailbox"
    #: This machine's.
    CLOCK = "clock"
    DISK = "disk"
    #: Apart from what they open, and nobody else's.
    KEYS = "keys"
    #: Whether the local hours are those of today's law.
    TIME_ZONES = "time-zones"


@frozen
class Line:
    """One thing that was looked at."""

    check: Check
    #: Which one: a domain, an address, a folder.
    subject: str
    verdict: Verdict
    told: str
    #: What to do; empty where nothing is to be done.
    remedy: str = ""
    #: What to publish, to the letter, as a zone file has it.
    record: str = ""


@frozen
class Skipped:
    """A thing that doesn't apply here."""

    check: Check
    why: str


@frozen
class Examination:
    """All that was said."""

    lines: tuple[Line, ...]
    skipped: tuple[Skipped, ...]

    @property
    def is_sick(self) -> bool:
        return any(one.verdict is Verdict.WRONG for one in self.lines)

    def count(self, verdict: Verdict) -> int:
        return sum(one.verdict is verdict for one in self.lines)


@frozen
class Speaker:
    """Says lines of one check and subject."""

    check: Check
    subject: str

    def fine(self, told: str) -> Line:
        return self._line(Verdict.FINE, told, "", "")

    def wrong(self, told: str, remedy: str, record: str = "") -> Line:
        return self._line(Verdict.WRONG, told, remedy, record)

    def unknown(self, told: str, remedy: str = "", record: str = "") -> Line:
        return self._line(Verdict.UNKNOWN, told, remedy, record)

    def _line(self, verdict: Verdict, told: str, remedy: str, record: str) -> Line:
        return Line(
            check=self.check,
            subject=self.subject,
            verdict=verdict,
            told=told,
            remedy=remedy,
            record=record,
        )
