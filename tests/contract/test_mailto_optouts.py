"""Opt-outs by mail, through a real mail server: sent to Postfix, read from Dovecot by IMAPS."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiosmtplib
import pytest
from sqlalchemy import select

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.names.tokens import OptOutToken
from scheduler.flow.answers.polling import PATIENCE, Poll
from scheduler.store.schema.tables import delivery
from tests.parts import mail_server as mail
from tests.parts.certificates import issue
from tests.parts.mail_server import MailServer
from tests.parts.processes import wait_until
from tests.samples.desk import send_announcement
from tests.worlds import make_world

ACCOUNT = "REFLEXE_CHANNELS__EMAIL__MAILBOX__"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody who was written to, the mailbox their answers reach, and who reads it."""

    app: App
    server: MailServer

    async def token(self, key: str = "A1", *, test: bool = False) -> str:
        (card,) = await self.app.people.find(key, None)
        assert card.email_id is not None
        return self.app.ledger.tokens.optout(
            OptOutToken(
                address_id=AddressId(card.email_id), contact_id=ContactId(card.contact), test=test
            )
        )

    async def writes(self, to: str, *, sender: str = "marie@example.org", **fields: str) -> None:
        """Send a message and wait until it, or its bounce, lies in the mailbox."""
        before = len(self.server.bounces())
        lines = {"From": "marie@example.org", "To": to, "Subject": "unsubscribe"} | fields
        header = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
        async with aiosmtplib.SMTP(
            hostname="127.0.0.1",
            port=self.server.submission_port,
            start_tls=True,
            validate_certs=False,
            username=mail.USER,
            password=mail.PASSWORD,
        ) as session:
            await session.sendmail(sender, [to], f"{header}\r\n.\r\n")
        await asyncio.to_thread(
            wait_until, lambda: len(self.server.bounces()) == before + 1, "the message is there"
        )

    def poll(self) -> Poll:
        (poll,) = bootstrap.make_polls(self.app, {})
        return poll

    async def opt_outs(self) -> list[tuple[str, str, str, str]]:
        rows = await self.app.people.opt_outs()
        return [(row.address, row.channel, row.scope, row.route) for row in rows]

    def unread(self) -> int:
        files = (self.server.folder / "mail" / "bounces").glob("*/*")
        return sum(one.parent.name in ("new", "cur") and "S" not in one.name[-3:] for one in files)


def account(server: MailServer, **changes: str) -> dict[str, str]:
    keys = {
        "HOST": "127.0.0.1",
        "PORT": str(server.imaps_port),
        "USERNAME": "bounces",
        "PASSWORD": mail.PASSWORD,
        "CA_FILE": str(server.certificates.authority),
    } | changes
    return {f"{ACCOUNT}{name}": value for name, value in keys.items()}


@pytest.fixture
async def reader(tmp_path: Path, mail_server: MailServer) -> AsyncIterator[Reader]:
    app = await make_world(tmp_path, environment=account(mail_server))
    yield Reader(app=app, server=mail_server)
    await app.close()


async def test_a_mail_to_its_token_opts_out_of_every_topic_once(reader: Reader) -> None:
    to = f"desinscription+{await reader.token()}@{mail.BOUNCES_DOMAIN}"
    await reader.writes(to)
    await reader.writes(f"retour@{mail.BOUNCES_DOMAIN}", Subject="Absence")
    poll = reader.poll()

    await poll.look(reader.app.clock())

    assert await reader.opt_outs() == [("marie@example.org", "email", "topics", "mailto")]
    assert reader.unread() == 1
    assert await reader.app.ledger.open_alarms() == []
    await reader.writes(to)
    await reader.poll().look(reader.app.clock())
    assert len(await reader.opt_outs()) == 1


async def test_a_bounce_is_read_in_the_same_pass_and_a_person_s_mail_left(reader: Reader) -> None:
    left = reader.unread()
    ours = reader.app.ledger.tokens.bounce(1)
    to = f"b+{ours.upper()}@{mail.BOUNCES_DOMAIN}"
    await reader.writes(to, Subject="Absence du bureau", Auto_Submitted="auto-replied")
    await reader.writes(to, Subject="Une question")
    await reader.writes(f"desinscription+{await reader.token()}@{mail.BOUNCES_DOMAIN}")

    await reader.poll().look(reader.app.clock())

    # The robot's answer and the opt-out are done with; the question waits for a person.
    assert reader.unread() == left + 1
    assert len(await reader.opt_outs()) == 1


async def test_what_a_real_server_sends_back_ends_the_address(reader: Reader) -> None:
    await send_announcement(reader.app)
    (card,) = await reader.app.people.find("A1", None)
    ours = await reader.app.ledger.database.read(
        lambda connection: connection.execute(
            select(delivery.c.id).where(
                delivery.c.contact_id == card.contact, delivery.c.channel == "email"
            )
        ).scalar_one()
    )
    sender = f"b+{reader.app.ledger.tokens.bounce(ours)}@{mail.BOUNCES_DOMAIN}"
    left = reader.unread()

    await reader.writes("personne@unknown.example.org", sender=sender)
    await reader.poll().look(reader.app.clock())
    await reader.poll().look(reader.app.clock())

    assert await reader.opt_outs() == [("marie@example.org", "email", "everything", "bounce")]
    assert reader.unread() == left


async def test_tokens_of_trials_and_of_others_opt_nobody_out(reader: Reader) -> None:
    left = reader.unread()
    good = await reader.token()
    other_purpose = reader.app.ledger.tokens.delivery(1)
    forged = good[:-3] + ("AAA" if good[-3:] != "AAA" else "BBB")
    for token in (await reader.token(test=True), forged, other_purpose):
        await reader.writes(f"desinscription+{token}@{mail.BOUNCES_DOMAIN}")

    await reader.poll().look(reader.app.clock())

    assert await reader.opt_outs() == []
    # The trial's is treated; the others are left for whoever else reads this mailbox.
    assert reader.unread() == left + 2


async def test_treated_messages_move_where_they_are_wanted(
    tmp_path: Path, mail_server: MailServer
) -> None:
    environment = account(mail_server, PROCESSED="Traites")
    app = await make_world(tmp_path, environment=environment)
    reader = Reader(app=app, server=mail_server)
    token = await reader.token()
    await reader.writes(f"retour@{mail.BOUNCES_DOMAIN}", Subject=f"unsubscribe {token}")

    await reader.poll().look(app.clock())

    assert len(await reader.opt_outs()) == 1
    moved = mail_server.folder / "mail" / "bounces" / ".Traites"
    assert len([*moved.glob("new/*"), *moved.glob("cur/*")]) == 1
    await app.close()


async def test_a_mailbox_that_stays_away_calls_a_person_until_it_is_back(
    tmp_path: Path, mail_server: MailServer
) -> None:
    app = await make_world(tmp_path, environment=account(mail_server, PASSWORD="wrong"))
    poll = Reader(app=app, server=mail_server).poll()
    for _ in range(PATIENCE - 1):
        await poll.look(app.clock())
    assert await app.ledger.open_alarms() == []

    await poll.look(app.clock())
    await poll.look(app.clock())

    (alarm,) = await app.ledger.open_alarms()
    assert (alarm.kind, alarm.subject) == ("mailbox-unreachable", "email")
    assert mail.PASSWORD not in alarm.detail
    await app.close()

    right = tmp_path / "right"
    right.mkdir()
    app = await make_world(right, environment=account(mail_server))
    await app.ledger.raise_alarm("mailbox-unreachable", "email", "…", app.clock())
    await Reader(app=app, server=mail_server).poll().look(app.clock())
    assert await app.ledger.open_alarms() == []
    await app.close()


async def test_a_certificate_of_somebody_else_is_refused(
    tmp_path: Path, mail_server: MailServer
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    stranger = str(issue(other).authority)
    app = await make_world(tmp_path, environment=account(mail_server, CA_FILE=stranger))
    poll = Reader(app=app, server=mail_server).poll()

    for _ in range(PATIENCE):
        await poll.look(app.clock())

    (alarm,) = await app.ledger.open_alarms()
    assert "certificate" in alarm.detail.lower()
    assert poll.every == timedelta(seconds=60)
    await app.close()
