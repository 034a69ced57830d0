"""The real parts keep their own promises: else the tests that stand on them prove nothing."""

import asyncio
import imaplib
import signal
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from os import environ
from pathlib import Path

import aiosmtplib
import psycopg
import pytest
from aiohttp import ClientSession, web
from twilio.request_validator import RequestValidator

from tests.parts import forked
from tests.parts import mail_server as mail
from tests.parts import twilio_emulator as twilio
from tests.parts.certificates import Certificates
from tests.parts.https_front import https_front
from tests.parts.installation import install
from tests.parts.mail_server import MailServer
from tests.parts.processes import free_port, wait_until
from tests.parts.stepped_clock import SteppedClock
from tests.parts.twilio_emulator import TwilioEmulator

MESSAGE = "From: cyber@example.org\r\nSubject: =?utf-8?q?=C3=A9t=C3=A9?=\r\n\r\nBonjour\r\n"
RETURN_PATH = "retour+abc@bounces.example.org"
PRINTS_THE_DATE_WHEN_ASKED = """
import datetime, sys
for line in sys.stdin:
    print(datetime.datetime.now(datetime.UTC).date(), flush=True)
"""


async def test_a_message_is_delivered_by_starttls_and_password(mail_server: MailServer) -> None:
    async with _session(mail_server) as session:
        await session.sendmail(RETURN_PATH, ["ana@example.org"], MESSAGE)

    await asyncio.to_thread(mail_server.wait_for, 1)
    assert mail_server.delivered() == {"ana@example.org": 1}
    (message,) = mail_server.messages("ana@example.org")
    assert message["Subject"] == "été"
    assert message["Return-Path"] == f"<{RETURN_PATH}>"


async def test_an_unknown_recipient_comes_back_as_a_bounce_by_imap(mail_server: MailServer) -> None:
    async with _session(mail_server) as session:
        await session.sendmail(RETURN_PATH, ["ana@unknown.example.org"], MESSAGE)
    await asyncio.to_thread(wait_until, lambda: len(mail_server.bounces()) == 1, "a bounce")

    trust = ssl.create_default_context(cafile=mail_server.certificates.authority)
    with imaplib.IMAP4_SSL("127.0.0.1", mail_server.imaps_port, ssl_context=trust) as mailbox:
        mailbox.login("bounces", mail.PASSWORD)
        _, (count,) = mailbox.select()

    assert count == b"1"
    (bounce,) = mail_server.bounces()
    assert bounce.get_content_type() == "multipart/report"
    assert bounce["To"] == RETURN_PATH


async def test_a_refused_recipient_and_a_wrong_password_are_told_at_once(
    mail_server: MailServer,
) -> None:
    async with _session(mail_server) as session:
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await session.sendmail(RETURN_PATH, ["ana@refuse.example.org"], MESSAGE)

    # Logged in by hand: a session that opens is one that closes, whatever its password.
    async with _session(mail_server, user=None) as session:
        with pytest.raises(aiosmtplib.SMTPAuthenticationError):
            await session.login(mail.USER, "wrong")


def test_a_running_process_sees_every_step_of_the_clock(tmp_path: Path) -> None:
    start = datetime(2026, 10, 24, 12, tzinfo=UTC)
    clock = SteppedClock(tmp_path, start)

    with subprocess.Popen(
        [sys.executable, "-c", PRINTS_THE_DATE_WHEN_ASKED],
        env=environ | clock.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        seen = []
        for days in range(4):
            clock.step_to(start + timedelta(days=days))
            process.stdin.write("?\n")
            seen.append(process.stdout.readline().strip())

    assert seen == ["2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"]


def test_the_database_server_is_a_real_postgresql(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        row = connection.execute("select current_setting('synchronous_commit')").fetchone()

    assert row == ("on",)


async def test_the_twilio_look_alike_calls_back_by_https_with_a_signature(
    twilio_emulator: TwilioEmulator, certificates: Certificates
) -> None:
    calls: list[tuple[dict[str, str], str]] = []

    async def receive(request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        calls.append((form, request.headers["X-Twilio-Signature"]))
        return web.Response()

    inner, outer = free_port(), free_port()
    callback = f"https://localhost:{outer}/receipts/twilio?d=1"
    application = web.Application()
    application.router.add_post("/receipts/twilio", receive)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", inner).start()
    async with https_front(outer, inner, certificates):
        sid = await _send_sms(twilio_emulator, callback)
        await twilio_emulator.set_status(sid, "delivered")
    await runner.cleanup()

    assert [form["MessageStatus"] for form, _ in calls] == ["queued", "delivered"]
    validator = RequestValidator(twilio.AUTH_TOKEN)
    assert all(validator.validate(callback, form, signature) for form, signature in calls)


def _session(server: MailServer, user: str | None = mail.USER) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname="127.0.0.1",
        port=server.submission_port,
        start_tls=True,
        tls_context=ssl.create_default_context(cafile=server.certificates.authority),
        username=user,
        password=user and mail.PASSWORD,
    )


async def _send_sms(emulator: TwilioEmulator, callback: str) -> str:
    form = {
        "To": "+33639980001",
        "MessagingServiceSid": twilio.MESSAGING_SERVICE_SID,
        "Body": "Bonjour",
        "StatusCallback": callback,
    }
    url = f"{emulator.base_url}/2010-04-01/Accounts/{twilio.ACCOUNT_SID}/Messages.json"
    async with (
        ClientSession(headers=twilio.LOGIN) as session,
        session.post(url, data=form) as answer,
    ):
        return str((await answer.json())["sid"])


def test_a_forked_command_answers_as_one_that_is_started_anew(tmp_path: Path) -> None:
    for words, more in (
        (["--version"], {}),
        (["--help"], {"COLUMNS": "60"}),
        (["status"], {"REFLEXE_CONFIG": str(tmp_path / "nowhere.yaml")}),
        (["calendar", "--nonsense"], {"LC_ALL": "fr_FR.UTF-8"}),
    ):
        whole = {**environ, **more}
        anew = subprocess.run(
            [sys.executable, "-m", "scheduler", *words],
            env=whole,
            capture_output=True,
            check=False,
        )
        out, err = tmp_path / "out", tmp_path / "err"
        with out.open("wb") as its_out, err.open("wb") as its_err:
            code = forked.start(words, whole, its_out, its_err).wait(120)

        assert (code, out.read_bytes(), err.read_bytes()) == (
            anew.returncode,
            anew.stdout,
            anew.stderr,
        )


def test_a_forked_daemon_lives_by_its_own_clock_and_ends_by_its_signals(tmp_path: Path) -> None:
    ends = []
    for year, sent in ((2031, signal.SIGTERM), (2035, signal.SIGKILL)):
        home = install(tmp_path / str(year), datetime(year, 3, 1, tzinfo=UTC))
        with home.daemon() as running:
            assert running.process.poll() is None
            running.process.send_signal(sent)
            ends.append(running.process.wait(60))
            running.process.send_signal(sent)  # to what is no more
        assert f'"{year}-03-01T' in running.log()

    assert ends == [0, -signal.SIGKILL]
