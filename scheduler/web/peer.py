"""Whose connection a request came by, whatever its headers say of it."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

_PLACE = "reflexe.peer"
#: What a proxy writes about whom it speaks for.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


class NotePeer:
    """ASGI middleware, outside of any that believes X-Forwarded-For."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[_PLACE] = _client(scope)
        await self._app(scope, receive, send)


def peer_of(scope: Scope) -> str:
    """The other end's own address; empty where there is none."""
    noted = scope.get(_PLACE)
    return noted if isinstance(noted, str) else _client(scope)


def is_among(peer: str, networks: Iterable[str]) -> bool:
    """Whether an address is one of these, or in one of these networks."""
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    seen = mapped or address
    return any(seen in ip_network(one) for one in networks)


def is_loopback(peer: str) -> bool:
    return is_among(peer, ("127.0.0.0/8", "::1/128"))


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""
