"""The real parts as pytest fixtures; each is started once a worker, when a test first asks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.parts import browser as browsers
from tests.parts import directory as directories
from tests.parts import mail_server as mail_servers
from tests.parts import postgres as postgres_servers
from tests.parts import twilio_emulator as twilio_emulators
from tests.parts.certificates import Certificates, issue
from tests.parts.directory import Directory
from tests.parts.mail_server import MailServer
from tests.parts.twilio_emulator import TwilioEmulator


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    """Postfix and Dovecot, with empty mailboxes for each test file."""
    with mail_servers.mail_server() as server:
        yield server


@pytest.fixture(scope="session")
def staff_directory() -> Iterator[Directory]:
    """An LDAP directory of 3,000 people, a few of whom have names to stumble over."""
    with directories.directory(directories.STAFF) as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URI of a PostgreSQL server; a test makes its own database in it."""
    with postgres_servers.postgres_server() as uri:
        yield uri


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; a test opens pages in it with ``tests.parts.browser.page``.

    Playwright keeps an event loop of its own, so no test of a file that uses it may be async.
    """
    with browsers.browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """One page of the browser, for a file's tests that go to a page of ours and only read it: each
    ``tests.parts.browser.page`` is a process of its own, at half a second of processor."""
    with browsers.page(browser, "about:blank") as opened:
        yield opened


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """The tests' own authority, and a server certificate for localhost."""
    return issue(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def twilio_emulator(
    tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> Iterator[TwilioEmulator]:
    """The look-alike of Twilio; it calls back by HTTPS to names of ``certificates``."""
    folder = tmp_path_factory.mktemp("twilio")
    with twilio_emulators.twilio_emulator(folder, authority=certificates.authority) as emulator:
        yield emulator
