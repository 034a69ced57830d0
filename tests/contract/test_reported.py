"""« Je l'ai signalé »: copies in a real folder (Dovecot), counted by week and left as they are."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.domain.answers.reported import Upto
from scheduler.flow.answers.polling import PATIENCE
from scheduler.flow.people.register import sheet
from scheduler.store.answers.reported import ReportedLedger
from tests.parts import mail_server as mail
from tests.parts.mail_server import MailServer
from tests.samples.ledger import MADE, Book
from tests.worlds import make_world

MAIL = b"From: Marie <marie@example.org>\r\nSubject: Colis en attente\r\n\r\nUn secret.\r\n"
#: A Tuesday, and the Monday before it.
CAME, MONDAY = datetime(2026, 8, 18, 9, tzinfo=UTC), date(2026, 8, 17)
#: When somebody looks.
NOW = datetime(2026, 8, 26, 9, tzinfo=UTC)


@contextmanager
def client(server: MailServer) -> Iterator[imaplib.IMAP4_SSL]:
    """Whoever keeps the folder."""
    trust = ssl.create_default_context(cafile=str(server.certificates.authority))
    trust.check_hostname = False
    with imaplib.IMAP4_SSL("127.0.0.1", server.imaps_port, ssl_context=trust) as found:
        found.login("signale", mail.PASSWORD)
        yield found


def put(server: MailServer, *dates: datetime, folder: str = "Copies") -> None:
    with client(server) as keeper:
        keeper.create(folder)
        for at in dates:
            keeper.append(folder, "", imaplib.Time2Internaldate(at), MAIL)


def standing(server: MailServer, folder: str = "Copies") -> list[bytes]:
    """Numbers and flags of all that is there."""
    with client(server) as keeper:
        keeper.select(folder, readonly=True)
        found = keeper.uid("FETCH", "1:*", "(FLAGS)")[1]
        return [one for one in found if isinstance(one, bytes)]


def environment(server: MailServer, **changes: str) -> dict[str, str]:
    keys = {
        "HOST": "127.0.0.1",
        "PORT": str(server.imaps_port),
        "USERNAME": "signale",
        "PASSWORD": mail.PASSWORD,
        "CA_FILE": str(server.certificates.authority),
        "FOLDER": "Copies",
    }
    return {f"REFLEXE_REPORTED__{name}": value for name, value in (keys | changes).items()}


async def look(app: App, now: datetime = NOW) -> None:
    (poll,) = bootstrap.make_polls(app, {})
    await poll.look(now)


async def test_copies_are_counted_once_by_week_and_left_as_they_are(
    tmp_path: Path, mail_server: MailServer
) -> None:
    folder = "Signalements"
    put(mail_server, *[CAME] * 11, CAME + timedelta(days=7), folder=folder)
    before = standing(mail_server, folder)
    app = await make_world(tmp_path, environment=environment(mail_server, FOLDER=folder))

    await look(app)
    await look(app)
    put(mail_server, CAME, folder=folder)
    await look(app)
    # A replica that starts now has the ledger alone.
    again = await bootstrap.open_app(app.configuration, app.clock)
    await look(again)

    assert await again.reported.weeks() == {MONDAY: 12, MONDAY + timedelta(days=7): 1}
    assert standing(mail_server, folder)[:12] == before
    assert not any(b"Seen" in one or b"Deleted" in one for one in standing(mail_server, folder))
    await again.close()
    await app.close()


async def test_only_ids_and_dates_are_asked_for(
    tmp_path: Path, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(mail_server, CAME)
    app = await make_world(tmp_path, environment=environment(mail_server))
    said: list[str] = []
    real = imaplib.IMAP4._command  # type: ignore[attr-defined]  # what goes over the wire

    def heard(self: imaplib.IMAP4, name: str, *words: object) -> object:
        said.append(" ".join([name, *(str(one) for one in words if one is not None)]))
        return real(self, name, *words)

    monkeypatch.setattr(imaplib.IMAP4, "_command", heard)
    await look(app)
    await app.close()

    asked = [one for one in said if not one.startswith(("LOGIN", "CAPABILITY"))]
    assert [one.split()[0] for one in asked] == ["EXAMINE", "UID", "UID", "LOGOUT"]
    assert asked[1].startswith("UID SEARCH")
    assert asked[2].endswith("(INTERNALDATE)")


async def test_a_folder_that_stays_away_calls_a_person(
    tmp_path: Path, mail_server: MailServer
) -> None:
    app = await make_world(tmp_path, environment=environment(mail_server, FOLDER="Ailleurs"))
    (poll,) = bootstrap.make_polls(app, {})

    for _ in range(PATIENCE):
        await poll.look(NOW)

    (alarm,) = await app.ledger.open_alarms()
    assert alarm.kind == "reported-unreachable"
    put(mail_server, folder="Ailleurs")
    await poll.look(NOW)
    assert await app.ledger.open_alarms() == []
    await app.close()


async def test_it_is_off_until_it_is_set_and_the_register_says_which(
    tmp_path: Path, mail_server: MailServer
) -> None:
    for name in ("off", "on"):
        (tmp_path / name).mkdir()
    app = await make_world(tmp_path / "off")
    on = await make_world(tmp_path / "on", environment=environment(mail_server))

    assert bootstrap.make_polls(app, {}) == []
    assert "Non comptés." in sheet(app.configuration, NOW.date())
    told = sheet(on.configuration, NOW.date())
    assert "Dossier de copies « Copies »" in told
    assert "un nombre par semaine" in told
    await app.close()
    await on.close()


async def test_two_who_count_at_once_count_once(book: Book) -> None:
    ledger = ReportedLedger(book.ledger.database)
    before, upto = await ledger.upto(), Upto(validity="7", number=3, at=MADE)

    assert await ledger.add({MONDAY: 3}, before, upto)
    assert not await ledger.add({MONDAY: 3}, before, upto)
    assert await ledger.upto() == upto
    assert await ledger.add({MONDAY: 1}, upto, Upto(validity="7", number=4, at=MADE))
    assert await ledger.weeks() == {MONDAY: 4}
