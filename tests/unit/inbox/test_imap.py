"""A mailbox behind a server that misbehaves, and what a header may hold."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest

from scheduler.domain.answers.bounces import BounceKind
from scheduler.domain.errors import InboxAway
from scheduler.inbox.imap import GROUP, Mailbox, Options
from scheduler.inbox.imap_client import LARGEST_ANSWER
from scheduler.inbox.letters import LetterMailbox
from scheduler.inbox.mailto_optouts import MOST_TOKENS, tokens_in
from tests.samples.report import dsn

TOKEN = "aAbCdEfGh_IjKl-MnOpQrStUvWxYz0123456789AbCdE"
HEADER = f"Delivered-To: desinscription+{TOKEN}@retour.example.org\r\n\r\n".encode()
#: What a good server says to each command, by the command's first words.
GOOD = {
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
    b"LOGIN": b"",
    b"SELECT": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n",
    b"UID SEARCH": b"* SEARCH 4 5\r\n",
    b"UID FETCH 4": b"* 1 FETCH (UID 4 BODY[HEADER]<0> {%d}\r\n%b)\r\n" % (len(HEADER), HEADER),
    b"UID FETCH 5": b"* 2 FETCH (UID 5 BODY[HEADER]<0> {2}\r\n\r\n)\r\n",
    b"UID STORE": b"",
    b"LOGOUT": b"* BYE\r\n",
}


class ScriptedServer:
    """An IMAP server that says what it is told to, and nothing where it is told None."""

    def __init__(self, greeting: bytes | None, **changes: bytes | None) -> None:
        self.greeting = greeting
        self.answers: dict[bytes, bytes | None] = dict(GOOD)
        self.answers |= {name.replace("_", " ").encode(): one for name, one in changes.items()}
        self.heard: list[bytes] = []
        self.port = 0
        self._over = asyncio.Event()
        self._serving: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["ScriptedServer"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self._over.set()
            server.close()
            await asyncio.wait(self._serving or {asyncio.create_task(server.wait_closed())})

    def options(self, **changes: object) -> Options:
        ready = Options(
            host="127.0.0.1",
            port=self.port,
            security="none",
            username="retour",
            password="secret",
            timeout=3,
            deadline=8,
        )
        return replace(ready, **changes)  # type: ignore[arg-type]  # a builder's own fields

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._serving.add(asyncio.create_task(self._talk(reader, writer)))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await self._talk_on(reader, writer)
        writer.close()

    async def _talk_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.greeting is None:
            await self._over.wait()
        writer.write(self.greeting or b"")
        while line := await reader.readline():
            tag, _, command = line.strip().partition(b" ")
            self.heard.append(command)
            answer = self._answer(command)
            if answer is None:
                await self._over.wait()
                break
            good = b"" if answer.endswith(b"\0") else b"%b OK done\r\n" % tag
            writer.write(answer.rstrip(b"\0").replace(b"TAG", tag) + good)

    def _answer(self, command: bytes) -> bytes | None:
        names = [name for name in self.answers if command.upper().startswith(name)]
        return self.answers[max(names, key=len)] if names else b""


@asynccontextmanager
async def server(
    greeting: bytes | None = b"* OK ready\r\n", **changes: bytes | None
) -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer(greeting, **changes).running() as running:
        yield running


async def look(mailbox: Mailbox) -> list[tuple[int, tuple[str, ...]]]:
    """One whole look, in which every letter with a token is treated."""
    found = []
    async with LetterMailbox(mailbox).opened() as box:
        while letters := await box.unread():
            found += [(one.number, one.tokens) for one in letters]
            await box.settle(letters, [one for one in letters if one.tokens])
    return found


async def test_a_look_reads_headers_and_marks_what_it_treated() -> None:
    async with server() as imap:
        mailbox = Mailbox(imap.options())

        assert await look(mailbox) == [(4, (TOKEN,)), (5, ())]

        assert b'SELECT "INBOX"' in imap.heard
        stored = [one for one in imap.heard if one.startswith(b"UID STORE")]
        assert stored == [b"UID STORE 4 +FLAGS.SILENT (\\Seen)"]
        assert not any(b"BODY[" in one for one in imap.heard)


async def test_what_was_left_unread_is_not_fetched_again() -> None:
    async with server() as imap:
        mailbox = Mailbox(imap.options())
        await look(mailbox)
        imap.heard.clear()

        assert await look(mailbox) == []

        assert not any(one.startswith(b"UID FETCH") for one in imap.heard)
        assert b"UID SEARCH UID 6:* UNSEEN" in imap.heard


async def test_a_folder_made_anew_is_read_from_its_start() -> None:
    async with server() as imap:
        mailbox = Mailbox(imap.options())
        await look(mailbox)
        imap.answers[b"SELECT"] = b"* OK [UIDVALIDITY 8] ok\r\n"

        assert len(await look(mailbox)) == 2


async def test_of_a_report_so_much_is_fetched_and_marked_nowhere() -> None:
    raw = dsn()
    header = raw.partition(b"\n\n")[0] + b"\n\n"
    async with server(UID_SEARCH=b"* SEARCH 4\r\n") as imap:
        imap.answers[b"UID FETCH 4"] = fetched(b"BODY[HEADER]<0>", header)
        imap.answers[b"UID FETCH 4 (BODY.PEEK[]"] = fetched(b"BODY[]<0>", raw)

        async with LetterMailbox(Mailbox(imap.options())).opened() as box:
            (letter,) = await box.unread()

        assert letter.report is not None
        assert letter.report.weightiest.kind is BounceKind.HARD
        assert b"UID FETCH 4 (BODY.PEEK[]<0.524288>)" in imap.heard
        assert not any(one.startswith(b"UID STORE") for one in imap.heard)


def fetched(part: bytes, text: bytes) -> bytes:
    return b"* 1 FETCH (UID 4 %b {%d}\r\n%b)\r\n" % (part, len(text), text)


async def test_many_messages_are_read_in_groups() -> None:
    numbers = b" ".join(b"%d" % number for number in range(1, GROUP + 11))
    fetched = b"* 1 FETCH (UID 1 BODY[HEADER]<0> {2}\r\n\r\n)\r\n"
    changes = {"UID SEARCH": b"* SEARCH " + numbers + b"\r\n", "UID FETCH": fetched}
    async with server(**changes) as imap:
        del imap.answers[b"UID FETCH 4"], imap.answers[b"UID FETCH 5"]

        assert len(await look(Mailbox(imap.options()))) == GROUP + 10

        assert sum(one.startswith(b"UID SEARCH") for one in imap.heard) == 3


@pytest.mark.parametrize("capability", [b"MOVE", b"UIDPLUS"])
async def test_treated_messages_move_to_a_folder_that_is_made(capability: bytes) -> None:
    moving = b"UID MOVE" if capability == b"MOVE" else b"UID COPY"
    async with server(CAPABILITY=b"* CAPABILITY IMAP4rev1 " + capability + b"\r\n") as imap:
        imap.answers[moving] = b"TAG NO [TRYCREATE] no such folder\r\n\0"

        with pytest.raises(InboxAway, match="no folder Traite"):
            await look(Mailbox(imap.options(processed='Traite "1"')))

        assert b'CREATE "Traite \\"1\\""' in imap.heard
        imap.answers[moving] = b""
        await look(Mailbox(imap.options(processed="Traite")))
        assert moving + b' 4 "Traite"' in imap.heard
        if capability == b"UIDPLUS":
            assert b"UID EXPUNGE 4" in imap.heard


async def test_a_password_with_accents_goes_by_authenticate() -> None:
    async with server(AUTHENTICATE=b"+ \r\n\0") as imap:
        imap.answers[b"AHJ"] = b""
        with pytest.raises(InboxAway):
            await look(Mailbox(imap.options(password="sécret", timeout=0.2)))

        assert b"AUTHENTICATE PLAIN" in imap.heard
        assert not any(one.startswith(b"LOGIN") for one in imap.heard)


@pytest.mark.parametrize(
    "changes",
    [
        {"greeting": None},
        {"greeting": b"220 this is SMTP\r\n"},
        {"greeting": b"x" * 2_000_000},
        {"LOGIN": b"TAG NO wrong password\r\n\0"},
        {"LOGIN": None},
        {"SELECT": b"TAG NO no such folder\r\n\0"},
        {"SELECT": b"* BYE going down\r\n\0"},
        {"UID_SEARCH": b"* SEARCH four five\r\n"},
        {"UID_SEARCH": b"TAG BAD what\r\n\0"},
        {"UID_SEARCH": None},
        {"UID_FETCH_4": b"* 1 FETCH (UID 4 BODY[HEADER]<0> {%d}\r\nx" % (LARGEST_ANSWER + 1)},
        {"UID_FETCH_4": b"* 1 FETCH (UID 4 BODY[HEADER]<0> {9999}\r\ncut"},
        {"UID_FETCH_4": b"\xff\xfe\x00 garbage\r\n"},
        {"UID_STORE": b"TAG NO read-only\r\n\0"},
    ],
)
async def test_a_server_that_misbehaves_is_away_and_nothing_is_lost(
    changes: dict[str, bytes | None],
) -> None:
    async with server(**changes) as imap:
        mailbox = Mailbox(imap.options())
        with pytest.raises(InboxAway) as away:
            await look(mailbox)
        assert "secret" not in str(away.value)
        assert mailbox.last == 0

    async with server() as imap:
        mailbox._options = imap.options()
        assert len(await look(mailbox)) == 2


async def test_a_server_that_drips_is_cut_at_the_deadline() -> None:
    over = asyncio.Event()

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while True:
                writer.write(b"* OK ")
                await writer.drain()
                await asyncio.sleep(0.02)
        writer.close()
        over.set()

    dripping = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = dripping.sockets[0].getsockname()[1]
    options = ScriptedServer(None).options(port=port, deadline=0.2)

    with pytest.raises(InboxAway, match="no answer in time"):
        await look(Mailbox(options))

    dripping.close()
    await over.wait()


async def test_nobody_there_is_away() -> None:
    async with server() as imap:
        port = imap.port

    with pytest.raises(InboxAway, match="refused"):
        await look(Mailbox(imap.options(port=port)))


@pytest.mark.parametrize(
    ("changes", "answers", "remedy"),
    [
        ({"security": "tls"}, {}, "channels.email.mailbox.security: starttls"),
        ({"security": "starttls"}, {}, "channels.email.mailbox.security: tls if the port"),
        (
            {},
            {"LOGIN": b"TAG NO bad credentials\r\n\0"},
            "REFLEXE_CHANNELS__EMAIL__MAILBOX__PASSWORD",
        ),
        ({}, {"SELECT": b"TAG NO no such folder\r\n\0"}, "channels.email.mailbox.folder"),
        ({"port": 1}, {}, "channels.email.mailbox.host and port"),
        ({"host": "nobody.invalid"}, {}, "channels.email.mailbox.host"),
    ],
)
async def test_what_keeps_a_mailbox_from_being_read_names_its_key(
    changes: dict[str, object], answers: dict[str, bytes], remedy: str
) -> None:
    async with server(**answers) as imap:
        with pytest.raises(InboxAway) as away:
            await look(Mailbox(imap.options(**changes)))

    assert remedy in str(away.value)


# What a header may hold


def field(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n".encode()


@pytest.mark.parametrize(
    "header",
    [
        field("Delivered-To", f"desinscription+{TOKEN}@retour.example.org"),
        field("X-Original-To", f"DESINSCRIPTION+{TOKEN}@retour.example.org"),
        field("To", f'"Se désinscrire" <desinscription+{TOKEN}@retour.example.org>'),
        field("To", f"a@example.org,\r\n desinscription+{TOKEN}@retour.example.org"),
        field("To", "retour@example.org") + field("Cc", f"desinscription+{TOKEN}@x.example"),
        field("Subject", f"unsubscribe {TOKEN}"),
        field("Subject", f"=?utf-8?q?d=C3=A9sinscription_{TOKEN.replace('_', '=5F')}?="),
        field("Subject", "=?utf-8?x?broken?=") + field("To", f"desinscription+{TOKEN}@x.example"),
    ],
)
def test_the_token_is_found_wherever_it_stands(header: bytes) -> None:
    assert tokens_in(header) == (TOKEN,)


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\x00\xff\xfe no header at all",
        field("To", "desinscription@retour.example.org"),
        field("To", f"autre+{TOKEN}@retour.example.org"),
        field("From", f"desinscription+{TOKEN}@retour.example.org"),
        field("Subject", f"Re: {TOKEN}") + field("Auto-Submitted", "Auto-Replied; reason=away"),
        field("Subject", TOKEN + "x" * 40),
        b"To: " + b"(" * 5000 + b"\r\n",
        b"Subject: =?" + b"=?utf-8?b?" * 3000 + b"\r\n",
    ],
)
def test_nothing_else_is_taken_for_one(header: bytes) -> None:
    assert tokens_in(header) == ()


def test_a_header_full_of_addresses_is_looked_at_up_to_a_limit() -> None:
    many = ", ".join(f"desinscription+{number:09}@x.example" for number in range(5000))

    assert len(tokens_in(field("To", many))) == MOST_TOKENS
