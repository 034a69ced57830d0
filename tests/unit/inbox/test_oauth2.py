"""A mailbox opened by a token, between a token server and an IMAP server that are fakes."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from scheduler.bootstrap import App, make_polls
from scheduler.config.sections.mailboxes import MailboxSettings
from scheduler.domain.errors import InboxAway
from scheduler.flow.answers.polling import PATIENCE, Poll
from scheduler.inbox.imap import LoginRefused, Mailbox, Options
from scheduler.inbox.oauth2 import MARGIN, AccessTokens, Client
from tests.flow_world import EVENT, open_world, utc

#: Tuesday 22 September 2026, noon in Paris.
NOON = utc(22, 10, month=9)
SECRET = "s3cret~Valeur"
LASTING = int(MARGIN) + 600
MAILBOX = {"host": "outlook.office365.com", "username": "retour@example.org"}
APPLICATION = {"tenant": "example.org", "client_id": "app-1", "client_secret": SECRET}


class TokenServer:
    """Gives a new token each time; or what a test tells it to say."""

    def __init__(self) -> None:
        self.lasts: object = LASTING
        self.instead: web.Response | None = None
        self.asked: list[dict[str, Any]] = []
        self.url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["TokenServer"]:
        application = web.Application()
        application.router.add_post("/annuaire/token", self._give)
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/annuaire/token"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _give(self, request: web.Request) -> web.Response:
        self.asked.append(dict(await request.post()))
        given = {"access_token": f"jeton-{len(self.asked)}", "expires_in": self.lasts}
        return self.instead or web.json_response(given)

    def tokens(self) -> AccessTokens:
        return AccessTokens(
            Client(token_url=self.url, client_id="app-1", client_secret=SECRET, scope="imap")
        )


class TokenMailbox:
    """An IMAP server that takes the tokens it is told to, by AUTHENTICATE XOAUTH2 alone."""

    def __init__(self, *accepted: str) -> None:
        self.accepted = {self._answer(token): token for token in accepted}
        self.met: list[str] = []
        self.port = 0

    @staticmethod
    def _answer(token: str) -> bytes:
        return f"user=retour@example.org\x01auth=Bearer {token}\x01\x01".encode()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["TokenMailbox"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        while line := await reader.readline():
            tag, _, command = line.strip().partition(b" ")
            if command == b"AUTHENTICATE XOAUTH2":
                good = await self._takes(reader, writer)
                writer.write(tag + (b" OK in\r\n" if good else b" NO AUTHENTICATE failed.\r\n"))
                continue
            if command.startswith(b"SELECT"):
                writer.write(b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n")
            if command == b"CAPABILITY":
                writer.write(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n")
            writer.write(tag + b" OK done\r\n")
        writer.close()

    async def _takes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        writer.write(b"+ \r\n")
        answer = base64.b64decode(await reader.readline())
        self.met.append(answer.partition(b"Bearer ")[2].rstrip(b"\x01").decode())
        if answer in self.accepted:
            return True
        writer.write(b"+ " + base64.b64encode(b'{"status":"400"}') + b"\r\n")
        assert await reader.readline() == b"\r\n"
        return False

    def mailbox(self, tokens: AccessTokens) -> Mailbox:
        options = Options(
            host="127.0.0.1", port=self.port, security="none", username="retour@example.org"
        )
        return Mailbox(options, tokens)


async def opened(mailbox: Mailbox) -> None:
    async with mailbox.opened() as box:
        assert await box.unread() == []


async def test_a_token_opens_the_mailbox_and_serves_until_shortly_before_it_ends() -> None:
    async with TokenServer().running() as server, TokenMailbox("jeton-1").running() as imap:
        mailbox = imap.mailbox(server.tokens())

        await opened(mailbox)
        await opened(mailbox)

        assert imap.met == ["jeton-1", "jeton-1"]
        assert server.asked == [
            {
                "grant_type": "client_credentials",
                "client_id": "app-1",
                "client_secret": SECRET,
                "scope": "imap",
            }
        ]


@pytest.mark.parametrize("lasts", [MARGIN - 1, "60", 0, None])
async def test_a_token_near_its_end_is_not_used_again(lasts: object) -> None:
    async with TokenServer().running() as server:
        server.lasts = lasts
        tokens = server.tokens()

        first, second = await tokens.current(), await tokens.current()

        assert first == "jeton-1"
        # Unsaid, it lasts a little longer than the margin.
        assert second == ("jeton-1" if lasts is None else "jeton-2")


async def test_a_token_refused_before_its_time_is_renewed_once() -> None:
    async with TokenServer().running() as server, TokenMailbox("jeton-2").running() as imap:
        mailbox = imap.mailbox(server.tokens())

        await opened(mailbox)
        assert imap.met == ["jeton-1", "jeton-2"]

        imap.accepted.clear()
        with pytest.raises(LoginRefused, match="AUTHENTICATE failed"):
            await opened(mailbox)
        assert imap.met[2:] == ["jeton-2", "jeton-3"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid secret.\nX"},
            "401 invalid_client AADSTS7000215: Invalid secret.",
        ),
        ({}, "401"),
        ([], "401"),
    ],
)
async def test_a_refused_application_is_said_in_words(answer: object, words: str) -> None:
    async with TokenServer().running() as server:
        server.instead = web.json_response(answer, status=401)

        with pytest.raises(InboxAway) as refused:
            await server.tokens().current()

        assert str(refused.value).startswith(f"the token server gave no token: {words}")
        assert SECRET not in str(refused.value)


@pytest.mark.parametrize("answer", [b"<html>", b'{"access_token": 7}', b'{"access_token": ""}'])
async def test_an_answer_without_a_token_is_none(answer: bytes) -> None:
    async with TokenServer().running() as server:
        server.instead = web.Response(body=answer)

        with pytest.raises(InboxAway, match="gave no token: 200"):
            await server.tokens().current()


async def test_the_secret_follows_no_redirection_and_a_dead_server_is_told() -> None:
    async with TokenServer().running() as server:
        server.instead = web.Response(status=307, headers={"Location": server.url})
        tokens = server.tokens()

        with pytest.raises(InboxAway, match="307"):
            await tokens.current()
        assert len(server.asked) == 1

    with pytest.raises(InboxAway, match="no answer of the token server"):
        await tokens.current()


async def test_the_mailbox_of_the_configuration_is_read_and_a_refusal_calls_a_person(
    tmp_path: Path,
) -> None:
    async with (
        TokenServer().running() as server,
        TokenMailbox("jeton-1").running() as imap,
        open_world(tmp_path, EVENT) as world,
    ):
        application = APPLICATION | {
            "tenant": "annuaire",
            "token_url": server.url.replace("annuaire", "{tenant}"),
        }
        where = {"host": "127.0.0.1", "port": imap.port, "security": "none"}
        mailbox = MailboxSettings.model_validate(MAILBOX | where | {"oauth2": application})
        poll = mailbox_poll(world.app, mailbox)

        await poll.look(NOON)
        assert imap.met == ["jeton-1"]
        assert await world.alarms() == []
        imap.accepted.clear()
        for _ in range(PATIENCE):
            await poll.look(NOON)

        (told,) = await world.app.ledger.open_alarms()
        assert (told.kind, told.subject) == ("mailbox-unreachable", "email")
        assert "AUTHENTICATE failed" in told.detail
        assert "jeton" not in told.detail


def mailbox_poll(app: App, mailbox: MailboxSettings) -> Poll:
    """What the daemon looks at, with this mailbox in the configuration."""
    settings = app.configuration.settings
    email = settings.channels.email.model_copy(update={"mailbox": mailbox})
    channels = settings.channels.model_copy(update={"email": email})
    told = settings.model_copy(update={"channels": channels})
    (poll,) = make_polls(replace(app, configuration=replace(app.configuration, settings=told)), {})
    return poll


def test_a_mailbox_has_a_password_or_tokens() -> None:
    given = MailboxSettings.model_validate(MAILBOX | {"oauth2": APPLICATION})

    assert given.oauth2 is not None
    assert SECRET not in repr(given)
    for wrong in ({}, {"password": "x", "oauth2": APPLICATION}):
        with pytest.raises(ValueError, match="exclude each other"):
            MailboxSettings.model_validate(MAILBOX | wrong)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tenant": ""}, "tenant is missing"),
        ({"tenant": "a/../b"}, "pattern"),
        ({"token_url": "http://login.example.org/token"}, "in the clear"),
        ({"token_url": "login.example.org"}, "in the clear"),
        ({"client_id": None}, "client_id"),
    ],
)
def test_a_faulty_application_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        MailboxSettings.model_validate(MAILBOX | {"oauth2": APPLICATION | change})


def test_tokens_do_not_cross_a_network_in_the_clear() -> None:
    with pytest.raises(ValueError, match="in the clear"):
        MailboxSettings.model_validate(MAILBOX | {"oauth2": APPLICATION, "security": "none"})
