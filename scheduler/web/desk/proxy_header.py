"""Whom a trusted proxy names: asked at each request, and believed from the listed peers alone."""

from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from scheduler.config.sections.desk import SignInSettings
from scheduler.config.settings import WebSettings
from scheduler.domain.accounts import checked_name
from scheduler.domain.errors import AccountRefused
from scheduler.domain.roles import Person
from scheduler.domain.sign_in import groups_in, roles_of_groups
from scheduler.log import get_logger
from scheduler.web.desk.access import LOOPBACK_NAMES, host_name
from scheduler.web.peer import is_among, is_loopback, peer_of

log = get_logger(__name__)

#: Each peer whose header is ignored is told of so often.
TOLD_EVERY = timedelta(hours=1)
#: Peers remembered at once.
MOST = 1000
#: Somebody is signed in there, and has no place here.
STRANGER = "stranger"


class ProxyHeader:
    def __init__(self) -> None:
        self._told: dict[tuple[str, str], datetime] = {}

    def look(self, request: Request, web: WebSettings, now: datetime) -> Person | str | None:
        """Who it is; ``STRANGER``: nobody who has a place here; None: the request names nobody who
        can be believed."""
        wanted = web.sign_in
        if wanted is None:
            return None
        names = _values(request, wanted.header)
        listed = _values(request, wanted.groups_header) if wanted.groups_header else []
        if not any(names):
            return None
        if why := _doubt(request, wanted, web.desk_url, max(len(names), len(listed))):
            self._tell(peer_of(request.scope), why, now)
            return None
        try:
            name = checked_name(names[0])
        except AccountRefused:
            self._tell(peer_of(request.scope), "the name has no letters, or is too long", now)
            return None
        roles = roles_of_groups(groups_in("".join(listed)), wanted.roles)
        return STRANGER if roles is None else Person(name=name, roles=roles)

    def _tell(self, peer: str, why: str, now: datetime) -> None:
        """Somebody tries, or a proxy is missing in the list."""
        told = self._told.pop((peer, why), None)
        if told is None or now >= told + TOLD_EVERY:
            log.warning("desk.header_ignored", peer=peer, reason=why)
            told = now
        self._told[(peer, why)] = told
        while len(self._told) > MOST:
            del self._told[next(iter(self._told))]


def _doubt(
    request: Request, wanted: SignInSettings, desk_url: str | None, times: int
) -> str | None:
    """Why a header isn't believed; None: it is."""
    peer = peer_of(request.scope)
    if not is_among(peer, wanted.peers):
        return "web.sign_in.from doesn't list this address"
    if times > 1:
        # One of them may be the client's own, which the proxy let through.
        return "the header is there twice: the proxy must take away what clients send"
    if not _is_ours(host_name(request.headers.get("host", "")), desk_url, peer):
        # A page elsewhere whose name leads here can write headers (DNS rebinding).
        return "the Host is neither that of web.desk_url nor this machine's"
    return None


def _is_ours(host: str, desk_url: str | None, peer: str) -> bool:
    if desk_url is not None and host == urlsplit(desk_url).hostname:
        return True
    if host in LOOPBACK_NAMES or _is_address(host):
        return True
    # Where no address is given: no browser stands where the proxy of another machine does.
    return desk_url is None and not is_loopback(peer)


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _values(request: Request, name: str) -> list[str]:
    """As they were sent; portals write UTF-8."""
    wanted = name.lower().encode()
    found = [value for key, value in request.headers.raw if key == wanted]
    return [_text(value) for value in found]


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8").strip()
    except UnicodeDecodeError:
        return value.decode("latin-1").strip()
