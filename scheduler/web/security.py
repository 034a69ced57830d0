"""The headers every answer carries, on the public server and on the desk alike."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Pages made of our own style sheet, pictures and forms: no script, nothing from elsewhere.
_OWN_PARTS = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
#: Two years, for the public addresses, which are https always.
_STRICT_TRANSPORT = "max-age=63072000"


def content_policy(parts: Mapping[str, str] | None = None) -> str:
    """A Content-Security-Policy: our pages' own, with ``parts`` added or put in place of some."""
    return "; ".join(f"{name} {value}" for name, value in {**_OWN_PARTS, **(parts or {})}.items())


def security_headers(policy: str | None = None, *, https: bool) -> dict[str, str]:
    """The headers themselves. ``https``: readers come by https, and must never come otherwise.

    ``no-store`` is a default like the others: what may be kept (a style sheet) says so itself.
    """
    headers = {
        "Content-Security-Policy": policy or content_policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    if https:
        headers["Strict-Transport-Security"] = _STRICT_TRANSPORT
    return headers


class SecurityHeaders:
    """ASGI middleware that adds headers to every answer that hasn't got its own."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    own.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
