"""The very file that docs/adding-a-channel.md prints, put into the folder of channels.

Plan, sending, what the operator says later, replies, each way out and the report go over it as they
do over e-mail and SMS, with nothing but that file and ``channels.whatsapp`` in config.yaml.
"""

import asyncio
import hmac
import importlib
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

import scheduler.channels
from scheduler import bootstrap
from scheduler.domain.channels import know
from scheduler.domain.provider import Provider
from scheduler.store.schema.tables import delivery, suppression
from scheduler.web.public import make_public
from tests.commands import Answer, reflexe
from tests.flow_world import EVENT, STAFF_FILE, ScriptedProvider, World, edit, open_world
from tests.samples.ledger import STAFF, person
from tests.samples.public import BUTTON, Visitor
from tests.serving import serving

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "adding-a-channel.md"
#: Of the invitation, three weeks before, and of the reminder.
INVITED = datetime(2026, 9, 22, 8, tzinfo=UTC)
TOKEN = "token-of-the-operator"
WHATSAPP = """
  sms: {{sender: CHESSAI}}
  whatsapp:
    provider: exemple_whatsapp
    sender: "+33639980000"
    price_per_segment: "0.0500"
    pace: {{segments_per_second: 100, spend_cap_per_day: "10"}}
    options: {{url: "{url}", token: {token}}}
database: {{url: "{database}"}}
"""
FILES = {
    "audiences/staff.yaml": STAFF_FILE.replace("sms: {basis", "whatsapp: {basis"),
    "templates/essai/message.yaml": "title: Essai\nclass: awareness\ncredit: Essai\n"
    "owner: Essai\nreviewed_by: Essai\nchannels: [email, sms, whatsapp]\n",
    "templates/essai/whatsapp.fr.txt": "Un essai par WhatsApp.",
}
LEAVING, STAYING = "K1", "K4"


@pytest.fixture
def file_of_the_page(tmp_path: Path) -> Iterator[None]:
    """The page's Python, in a folder that the package of channels has beside its own."""
    folder = tmp_path / "channels"
    folder.mkdir()
    printed = PAGE.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    (folder / "exemple_whatsapp.py").write_text(printed, encoding="utf-8")
    scheduler.channels.__path__.append(str(folder))
    importlib.invalidate_caches()
    yield
    scheduler.channels.__path__.remove(str(folder))
    sys.modules.pop("scheduler.channels.exemple_whatsapp", None)
    know(())


@dataclass(slots=True)
class Operator:
    """The outside: takes what it is handed by HTTP."""

    taken: list[dict[str, str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        if request.headers["Authorization"] != f"Bearer {TOKEN}":
            return web.Response(status=401)
        self.taken.append(await request.json())
        return web.json_response({"id": f"wa-{len(self.taken)}"})

    def sent_to(self, number: int) -> list[dict[str, str]]:
        return [one for one in self.taken if one["to"] == f"+3363998{number:04}"]


@dataclass(slots=True)
class Site:
    """An installation with the third channel, its public server, and the operator."""

    world: World
    operator: Operator
    visitor: Visitor

    async def says(self, said: dict[str, str], token: str = TOKEN) -> int:
        """What the operator calls /receipts/ with; the status it gets."""
        body = json.dumps(said).encode()
        signature = hmac.new(token.encode(), body, "sha256").hexdigest()
        signed = {"X-Signature": signature}
        status, _ = await self.visitor.post("/receipts/exemple_whatsapp", body, **signed)
        return status

    async def states(self) -> list[tuple[str, str]]:
        """(state, reason) of what goes by WhatsApp, by person."""
        rows = [row for row in await self.world.book.rows(delivery) if row.channel == "whatsapp"]
        return [(row.state, row.reason) for row in sorted(rows, key=lambda row: row.id)]

    async def command(self, *words: str) -> Answer:
        return await asyncio.to_thread(reflexe, self.world.config, *words)


@asynccontextmanager
async def open_site(folder: Path, url: str) -> AsyncIterator[Site]:
    operator = Operator()
    outside = web.Application()
    outside.router.add_post("/send", operator.take)
    async with (
        TestServer(outside) as server,
        open_world(folder / "home", EVENT, url=url) as world,
    ):
        to = str(server.make_url("/send"))
        own = WHATSAPP.format(url=to, token=TOKEN, database=url)
        edit(world.config, "\n  sms: {sender: CHESSAI}\n", own)
        edit(world.config, "channels: [email]", "channels: [email, sms, whatsapp]")
        for file, text in FILES.items():
            (world.config.parent / file).write_text(text, encoding="utf-8")
        world.read_again()
        made = bootstrap.make_providers(world.app.configuration.settings)["whatsapp"]
        made.carries_fiction = True  # the numbers of tests reach nobody here
        world.providers["whatsapp"] = cast(ScriptedProvider, made)
        world.restart()
        await made.open()
        try:
            async with visiting(world, {"exemple_whatsapp": made}) as visitor:
                yield Site(world=world, operator=operator, visitor=visitor)
        finally:
            await made.close()


@asynccontextmanager
async def visiting(world: World, providers: dict[str, Provider]) -> AsyncIterator[Visitor]:
    public = make_public(lambda: world.app, lambda: providers, ready=lambda: True)
    with serving(public) as address:
        async with aiohttp.ClientSession(address, cookie_jar=aiohttp.DummyCookieJar()) as session:
            yield Visitor(app=world.app, session=session)


async def test_a_year_of_a_third_channel_by_one_file(
    tmp_path: Path, ledger_url: str, file_of_the_page: None
) -> None:
    (tmp_path / "home").mkdir()
    async with open_site(tmp_path, ledger_url) as site:
        world, operator = site.world, site.operator
        people = [person(number, email=None, agreed=["whatsapp"]) for number in range(1, 5)]
        await world.book.take_in(STAFF, *people)

        # Sent, each with its own way out, by the sender and at the price of its own.
        await world.at(INVITED)
        assert await site.states() == [("sent", "")] * 4
        assert {one["from"] for one in operator.taken} == {"+33639980000"}
        (to_first,) = operator.sent_to(1)
        token = (await site.visitor.card(LEAVING)).token
        assert to_first["text"] == f"Un essai par WhatsApp. Stop : sms.example.org/{token}"
        rows = [row for row in await world.book.rows(delivery) if row.channel == "whatsapp"]
        assert {row.cost for row in rows} == {500}

        # What the operator says later, signed and not.
        receipt = {"ref": to_first["ref"], "id": "wa-1", "status": "delivered"}
        assert await site.says(receipt, token="another") == 403
        assert await site.says(receipt) == 204

        # Three ways out: the link, a reply, a word to the organisation.
        assert (await site.visitor.post(f"/{token}", BUTTON))[0] == 200
        stop = {"id": "in-1", "from": "+33639980002", "text": "STOP"}
        assert await site.says(stop) == 200
        told = await site.command("optout", "add", "+33639980003", "--channel", "whatsapp")
        assert (told.code, told.err) == (0, "")
        held = {(row.channel, row.route) for row in await world.book.rows(suppression)}
        assert held == {
            ("sms", "short-link"),
            ("whatsapp", "short-link"),
            ("whatsapp", "sms"),
            ("whatsapp", "operator"),
        }

        # The page of preferences has its boxes; whoever left comes back by them.
        link = f"/preferences/{(await site.visitor.card(STAYING)).token}"
        status, page = await site.visitor.get(link)
        assert (status, "Par WhatsApp" in page, "whatsapp.october" in page) == (200, True, True)

        # Whoever left gets nothing more; whoever stays does.
        edit(world.config, "invitation: {message: essai, when: invitation}", REMINDED)
        world.read_again()
        await world.at(datetime(2026, 10, 12, 12, 30, tzinfo=UTC))
        assert [len(operator.sent_to(number)) for number in range(1, 5)] == [1, 1, 1, 2]
        assert (await site.states())[4:] == [
            ("left-out", "opted-out"),
            ("left-out", "opted-out"),
            ("left-out", "opted-out"),
            ("sent", ""),
        ]

        # And it is in the reports.
        report = await site.command("report", "webinaire/rappel/2026-10-12", "--json")
        assert report.code == 0, report.err
        assert "whatsapp" in report.out
        checked = await site.command("check")
        assert "whatsapp" not in checked.err


REMINDED = """invitation: {message: essai, when: invitation}
      rappel: {message: essai, when: j-1}"""


async def test_a_name_mistyped_is_told_with_those_there_are(
    tmp_path: Path, ledger_url: str, file_of_the_page: None
) -> None:
    (tmp_path / "home").mkdir()
    async with open_site(tmp_path, ledger_url) as site:
        wrong = await site.command("optout", "add", "+33639980003", "--channel", "watsapp")

        assert wrong.code == 2
        assert "email, sms, whatsapp, all" in " ".join(wrong.err.split())


async def test_trying_it_without_an_account_goes_to_the_outbox(
    tmp_path: Path, ledger_url: str, file_of_the_page: None
) -> None:
    (tmp_path / "home").mkdir()
    async with open_site(tmp_path, ledger_url) as site:
        edit(site.world.config, "provider: exemple_whatsapp", "provider: outbox")
        site.world.read_again()

        made: dict[str, Any] = bootstrap.make_providers(site.world.app.configuration.settings)

        assert type(made["whatsapp"]) is type(made["sms"])
