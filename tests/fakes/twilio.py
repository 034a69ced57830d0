"""A FAKE of Twilio's Messages resource over HTTP, keeping its own ledger."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Self
from urllib.parse import urlencode

from aiohttp import web

from scheduler.domain.provider import CallbackRequest


@dataclass(kw_only=True, slots=True)
class Answer:
    """How the look-alike treats the next requests, instead of accepting."""

    status: int = 400
    #: Twilio's error number; 0: an answer that isn't Twilio's (a gateway's page).
    code: int = 0
    message: str = "refused by the look-alike"
    #: ``drop`` closes without an answer, ``silence`` never answers; both after keeping the message.
    #: ``garbage`` keeps it and answers something unreadable.
    does: Literal["refuse", "drop", "silence", "garbage"] = "refuse"
    times: int = -1


@dataclass(kw_only=True)
class FakeTwilio:
    """A FAKE of Twilio's Messages resource: sending, listing, signed callbacks, chosen errors."""

    account_sid: str = "AC" + "0" * 32
    auth_token: str = "token-of-the-look-alike"
    #: By number, or ``*`` for all.
    answers: dict[str, Answer] = field(default_factory=dict)
    #: What it accepted, in the API's own field names.
    messages: list[dict[str, str]] = field(default_factory=list)
    #: What readers write to.
    short_code: str = "36180"
    #: The account's own.
    status: str = "active"
    type: str = "Full"
    #: Messages in a page of the list.
    page: int = 50
    #: Instead of the list.
    list_answer: web.Response | None = None
    #: What the list was asked for.
    queries: list[dict[str, str]] = field(default_factory=list)
    #: Every request's form, accepted or not.
    requests: list[dict[str, str]] = field(default_factory=list)
    #: How long it takes over each message: half before it keeps it, half before it says so.
    seconds_a_message: float = 0

    async def __aenter__(self) -> Self:
        self._over = asyncio.Event()
        application = web.Application()
        path = f"/2010-04-01/Accounts/{self.account_sid}/Messages.json"
        application.router.add_post(path, self._create)
        application.router.add_get(path, self._list)
        account = path.removesuffix("/Messages.json")
        application.router.add_get(f"{account}.json", self._account)
        application.router.add_get(f"{account}/SMS/ShortCodes.json", self._short_codes)
        self._runner = web.AppRunner(application, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        await self._runner.cleanup()

    def callback(self, url: str, **fields: str) -> CallbackRequest:
        """A request as Twilio would make it, signed."""
        form = tuple(fields.items())
        return CallbackRequest(
            url=url,
            headers={"x-twilio-signature": sign(self.auth_token, url, form)},
            form=form,
            body=b"",
        )

    async def _account(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return _problem(401, 20003, "Authenticate")
        told = {"sid": self.account_sid, "status": self.status, "type": self.type}
        return web.json_response(told)

    async def _short_codes(self, request: web.Request) -> web.StreamResponse:
        asked = request.query.get("ShortCode", "")
        found = [{"sid": "SC1", "short_code": asked}] if asked == self.short_code else []
        return web.json_response({"short_codes": found, "next_page_uri": None})

    async def _create(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return _problem(401, 20003, "Authenticate")
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.requests.append(form)
        answer = self._answer(form["To"])
        if answer is not None and answer.does == "refuse":
            return _problem(answer.status, answer.code, answer.message)
        await asyncio.sleep(self.seconds_a_message / 2)
        message = self._keep(form)
        await asyncio.sleep(self.seconds_a_message / 2)
        if answer is not None:
            return await self._break_off(request, answer)
        return web.json_response(message, status=201)

    async def _break_off(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        if answer.does == "silence":
            await self._over.wait()
        if answer.does == "drop" and request.transport is not None:
            request.transport.close()
        return web.Response(status=201, text="{")

    async def _list(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return _problem(401, 20003, "Authenticate")
        self.queries.append(dict(request.query))
        if self.list_answer is not None:
            return self.list_answer
        found = [message for message in reversed(self.messages) if _is_asked(message, request)]
        first = int(request.query.get("Page", 0)) * self.page
        is_last = first + self.page >= len(found)
        further = urlencode(dict(request.query) | {"Page": first // self.page + 1})
        return web.json_response(
            {
                "messages": found[first : first + self.page],
                "page": first // self.page,
                "next_page_uri": None if is_last else f"{request.path}?{further}",
            }
        )

    def receive(self, sender: str, body: str, day: str = "2026-10-05") -> None:
        """Somebody writes to our short code."""
        sid = f"SMin{len(self.messages) + 1:030x}"
        message = {"sid": sid, "to": self.short_code, "from": sender, "body": body}
        state = {"status": "received", "direction": "inbound", "date_sent": day}
        self.messages.append(message | state | {"num_segments": "1"})

    def _knows(self, request: web.Request) -> bool:
        pair = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        return request.headers.get("Authorization") == f"Basic {pair}"

    def _answer(self, number: str) -> Answer | None:
        answer = self.answers.get(number) or self.answers.get("*")
        if answer is None or not answer.times:
            return None
        answer.times -= 1
        return answer

    def _keep(self, form: dict[str, str]) -> dict[str, str]:
        message = {
            "sid": f"SM{len(self.messages) + 1:032x}",
            "to": form["To"],
            "from": form.get("From", ""),
            "body": form["Body"],
            "status": "queued",
            "num_segments": "1",
            "direction": "outbound-api",
        }
        self.messages.append(message)
        return message


def sign(auth_token: str, url: str, form: Sequence[tuple[str, str]]) -> str:
    """X-Twilio-Signature, written down from Twilio's description and not from its library."""
    signed = url + "".join(name + value for name, value in sorted(set(form)))
    digest = hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def _is_asked(message: dict[str, str], request: web.Request) -> bool:
    """To, From and DateSent>= as Twilio's list takes them."""
    asked = request.query
    return (
        message["to"] == asked.get("To", message["to"])
        and message["from"] == asked.get("From", message["from"])
        and message.get("date_sent", "9999") >= asked.get("DateSent>", "")
    )


def _problem(status: int, code: int, message: str) -> web.Response:
    if not code:
        return web.Response(status=status, text="<html>not Twilio's</html>")
    return web.json_response({"code": code, "message": message, "status": status}, status=status)
