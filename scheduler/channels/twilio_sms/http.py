"""The HTTP client handed to the Twilio SDK, whose own ignores time-outs and proxies."""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
from types import SimpleNamespace
from urllib.parse import urlencode

import aiohttp
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from scheduler.channels.twilio_sms.options import Options

_SDK_BASE_URL = "https://api.twilio.com"


async def make_session(options: Options) -> aiohttp.ClientSession:
    """A pool of connections; nothing is connected yet."""
    context = await asyncio.to_thread(ssl.create_default_context)
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_before_headers)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=options.connections, ssl=context),
        timeout=aiohttp.ClientTimeout(total=options.timeout, connect=options.connect_timeout),
        trace_configs=[trace],
        trust_env=True,
    )


async def _before_headers(
    session: aiohttp.ClientSession,
    context: SimpleNamespace,
    params: aiohttp.TraceRequestHeadersSentParams,
) -> None:
    """Despite its name the signal comes with the connection made and no byte written.

    A proxy's CONNECT doesn't give it.
    """
    request: OneRequest = context.trace_request_ctx
    # A connection may have been waited for: whether it may leave is asked now.
    await request.begin()
    request.hand_over()


async def _unasked() -> None:
    """A question changes nothing."""


class OneRequest(AsyncHttpClient):  # type: ignore[misc]  # the SDK ships no types
    """Carries one request of the SDK, and tells the moment it is written."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        handing_over: Callable[[], None] = lambda: None,
        begin: Callable[[], Awaitable[None]] = _unasked,
    ) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True)
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._handing_over = handing_over
        self.begin = begin
        #: From here on nobody can say that the request didn't arrive.
        self.handed_over = False

    def hand_over(self) -> None:
        self._handing_over()
        self.handed_over = True

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  the SDK's signature; the session has ours
        allow_redirects: bool = False,
    ) -> Response:
        credentials = {"Authorization": aiohttp.encode_basic_auth(*auth)} if auth else {}
        async with self._session.request(
            method,
            self._base_url + uri.removeprefix(_SDK_BASE_URL),
            params=params,
            data=urlencode(data or {}, doseq=True).encode("ascii"),
            headers={**(headers or {}), **credentials},
            allow_redirects=allow_redirects,
            trace_request_ctx=self,
        ) as answer:
            return Response(answer.status, await answer.text(), answer.headers)
