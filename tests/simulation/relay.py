"""The model of a relay: RFC 5321 with PIPELINING or without, and every bad habit that a seed draws.

It keeps its own ledger: what it accepted, from which moment on the octets of each text were given
away, and what it refused.
"""

from collections import defaultdict
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from tests.simulation.link import Link
from tests.simulation.machine import Machine

TEMPORARY = ("451 4.3.0 later", "450 4.2.0 greylisted", "452 4.3.1 full")
FOR_GOOD = ("550 5.1.1 no such user", "554 5.6.0 refused")
END = b"\r\n.\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """A message the relay answers for."""

    to: str
    message_id: str
    #: When the first octet of its text was given to its connection.
    begun: float
    at: float


@dataclass(kw_only=True, slots=True)
class Habits:
    """How a relay is today."""

    pipelining: bool
    #: One unit of the dialogue in so many goes wrong; 0: none.
    trouble: float
    #: Seconds over each unit, and over one in a hundred.
    pace: float
    slow: float
    #: It says 354 though it took no recipient, and refuses the dot.
    lenient: bool


class Relay:
    """All connections of one relay."""

    def __init__(self, machine: Machine, habits: Habits) -> None:
        self.machine = machine
        self.habits = habits
        self.accepted: list[Accepted] = []
        self.by_recipient: defaultdict[str, list[Accepted]] = defaultdict(list)
        self.refused: set[str] = set()
        self.sessions: list[Session] = []
        #: In words: what no client may do.
        self.wrongs: list[str] = []

    def accept(self, link: Link) -> "Session | None":
        if self.trouble():
            return None
        session = Session(self, link)
        self.sessions.append(session)
        return session

    def trouble(self) -> bool:
        return self.machine.chance.random() < self.habits.trouble

    def delay(self) -> float:
        chance = self.machine.chance
        return self.habits.slow if chance.random() < 0.01 else self.habits.pace * chance.random()

    def hang_up(self) -> None:
        """As one that restarts: some are told, some aren't."""
        for one in self.sessions:
            one.leave()

    def keep(self, one: Accepted) -> None:
        self.accepted.append(one)
        self.by_recipient[one.to].append(one)


class Session:
    """One connection: commands and texts in their order, one after another."""

    def __init__(self, relay: Relay, link: Link) -> None:
        self.relay = relay
        self.link = link
        self._chance = relay.machine.chance
        self._octets = b""
        #: Octets of the connection before these.
        self._offset = 0
        self._busy = True
        self._open = True
        self._silent = False
        self._sender: str | None = None
        self._recipient = ""
        self._in_text = False
        self._begun = 0.0
        #: It resets while the end of a text comes in.
        self._doomed = False
        self._later(self._greet)

    # What the network tells

    def received(self, octets: bytes) -> None:
        if not self._open:
            return
        if self._doomed and self._in_text:
            octets = self._as_far_as_it_reads(octets)
        self.link.acknowledge(len(octets))
        self._octets += octets
        if not self._open:
            self.link.reset()
        elif not self._busy:
            self._read_on()

    def gone(self) -> None:
        # What came before the end is read to the end, as by any relay.
        self._silent = True

    def leave(self) -> None:
        """In the middle of whatever it is."""
        if self._chance.random() < 0.5:
            self.drop()
        elif self._open:
            self._say("421 4.3.2 closing", last=True)

    def drop(self) -> None:
        if self._open:
            self._open = False
            self.link.reset()

    def _as_far_as_it_reads(self, octets: bytes) -> bytes:
        """The end of the text in sight, it closes: at any octet, the last ones above all."""
        seen = self._octets[-len(END) :] + octets
        end = seen.find(END)
        if end < 0:
            return octets
        whole = end + len(END) - (len(seen) - len(octets))
        self._open = False
        return octets[: max(0, whole - self._chance.choice((0, 0, 1, 2, 3, 4, 5, 6, 20, 400)))]

    # What it does

    def _greet(self) -> None:
        if self.relay.trouble():
            self._say(self._chance.choice(("421 busy", "554 no service")), last=True)
            return
        self._say("220 relay.example ESMTP")

    def _later(self, act: "object") -> None:
        self._busy = True
        self.relay.machine.after(self.relay.delay(), lambda: self._go_on(act))

    def _go_on(self, act: "object") -> None:
        if self._open:
            self._busy = False
            act()  # type: ignore[operator]  # a method of this class
            if self._open and not self._busy:
                self._read_on()

    def _say(self, reply: str, *, last: bool = False) -> None:
        if not self._silent:
            self.link.say(reply.encode("ascii") + b"\r\n")
        if last:
            self._open = False
            self.link.end()

    def _read_on(self) -> None:
        if self._in_text:
            self._read_text()
            return
        line, found, rest = self._octets.partition(b"\r\n")
        if found:
            self._offset += len(line) + 2
            self._octets = rest
            text = line.decode("ascii", "replace")
            self._later(lambda: self._command(text))

    def _read_text(self) -> None:
        if self._octets.startswith(b".\r\n"):
            self._take(b"", self._octets[3:], 3)
            return
        text, found, rest = self._octets.partition(END)
        if found:
            self._take(text + b"\r\n", rest, len(text) + len(END))

    def _take(self, text: bytes, rest: bytes, length: int) -> None:
        self._octets, self._in_text = rest, False
        begun = self.link.given_at(self._offset)
        self._offset += length
        self._later(lambda: self._dot(text, begun))

    def _command(self, line: str) -> None:
        verb = line[:4].upper()
        if self.relay.trouble() and verb in ("MAIL", "RCPT", "DATA"):
            self._misbehave(verb, _address(line))
            return
        match verb:
            case "EHLO" if self.relay.habits.pipelining:
                self._say("250-relay.example\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES")
            case "EHLO" | "HELO" | "NOOP":
                self._say("250 relay.example")
            case "MAIL":
                self._sender, self._recipient = line, ""
                self._say("250 2.1.0 ok")
            case "RCPT" if self._sender is None:
                self._say("503 5.5.1 MAIL first")
            case "RCPT":
                self._recipient = _address(line)
                self._say("250 2.1.5 ok")
            case "DATA":
                self._data()
            case "RSET":
                self._sender, self._recipient = None, ""
                self._say("250 2.0.0 ok")
            case "QUIT":
                self._say("221 bye", last=True)
            case _:
                self.relay.wrongs.append(f"no command: {line[:40]!r}")
                self._say("500 5.5.2 what")

    def _data(self) -> None:
        if not self._recipient and not self.relay.habits.lenient:
            self._say("503 5.5.1 no valid recipients" if self._sender else "503 5.5.1 MAIL first")
            return
        self._in_text = True
        self._doomed = self.relay.trouble()
        self._say("354 go on")

    def _misbehave(self, verb: str, address: str) -> None:
        match self._chance.randrange(8):
            case 0 | 1 | 2:
                self._say(self._chance.choice(TEMPORARY))
            case 3 if verb == "RCPT":
                self._refuse(address, self._chance.choice(FOR_GOOD))
            case 4:
                self._say("421 4.3.2 closing", last=True)
            case 5:
                self._silent = self._busy = True
            case 6:
                self.link.cut(out=self._chance.random() < 0.5)
            case _:
                self.drop()
        if verb == "MAIL":
            self._sender, self._recipient = None, ""

    def _refuse(self, address: str, words: str) -> None:
        self.relay.refused.add(address)
        self._say(words)

    def _dot(self, text: bytes, begun: float) -> None:
        sender, self._sender = self._sender, None
        to, self._recipient = self._recipient, ""
        if not to or sender is None:
            # After a 354 that nobody is to get, only closing says neither text nor dot.
            self.relay.wrongs.append("a text, or a lone dot, for nobody")
            self._say("554 5.5.1 no valid recipients")
            return
        found = BytesHeaderParser().parsebytes(text)["Message-ID"]
        if found is None:
            self.relay.wrongs.append(f"an empty or torn message for {to}")
        one = Accepted(to=to, message_id=str(found), begun=begun, at=self.relay.machine.now)
        if not self.relay.trouble():
            self.relay.keep(one)
            self._say("250 2.0.0 Ok: queued as Q1")
            return
        self._end_badly(one)

    def _end_badly(self, one: Accepted) -> None:
        """The dot was read: kept or not, told or not."""
        conduct = self._chance.randrange(8)
        if conduct >= 4:
            self.relay.keep(one)
        match conduct:
            case 0:
                self._say(self._chance.choice(TEMPORARY))
            case 1:
                self._refuse(one.to, "554 5.6.0 refused")
            case 2:
                self._say("421 4.3.2 closing", last=True)
            case 3 | 4:
                self.drop()
            case 5:
                self._silent = self._busy = True
            case 6:
                self.link.cut(out=False)
            case _:
                self._say("250 2.0.0 Ok: queued as Q1")
                self.drop()


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
