"""A small OpenID provider over HTTP, with named misbehaviours a test can ask for.

It keeps to the code flow with PKCE (RFC 6749, RFC 7636) and signs with RS256; whoever asks is
signed in at once as ``person``.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.serving import serving

CLIENT, SECRET = "reflexe", "un-secret-d-essai"


@cache
def signing_key(name: str) -> rsa.RSAPrivateKey:
    """Made once a process by each name: it takes longer than most tests that need one."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(slots=True)
class FakeOidc:
    """What it says may be changed while it runs."""

    #: Seconds since the epoch, as the tests have it.
    clock: Callable[[], float]
    person: dict[str, Any] = field(
        default_factory=lambda: {"sub": "u1", "name": "Zoé Étienne", "groups": ["comms"]}
    )
    #: Claims of the next identity tokens put over the right ones; None takes one away.
    claims: dict[str, Any] = field(default_factory=dict)
    #: The identity token bears no groups and no name: /userinfo does.
    thin: bool = False
    gives_renewals: bool = True
    refuses_renewals: bool = False
    #: Answers 503 to everything that is asked of it.
    away: bool = False
    #: What each request to the token endpoint brought.
    asked: list[Mapping[str, str]] = field(default_factory=list)
    address: str = ""
    algorithm: str = "RS256"
    key: rsa.RSAPrivateKey = field(default_factory=lambda: signing_key("ours"))
    kid: str = "k1"
    #: Signs with a key that it doesn't publish.
    forges: bool = False
    _codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _renewals: set[str] = field(default_factory=set)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._configuration),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
                Route("/userinfo", self._userinfo),
            ]
        )

    async def _configuration(self, _request: Request) -> Response:
        if self.away:
            return JSONResponse({}, 503)
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            return JSONResponse({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.address})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 302)

    async def _token(self, request: Request) -> Response:
        if self.away:
            return JSONResponse({}, 503)
        form = {name: one[0] for name, one in parse_qs((await request.body()).decode()).items()}
        self.asked.append(form)
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {expected}":
            return JSONResponse({"error": "invalid_client"}, 401)
        if form.get("grant_type") == "refresh_token":
            given = form.get("refresh_token", "")
            if self.refuses_renewals or given not in self._renewals:
                return JSONResponse({"error": "invalid_grant"}, 400)
            self._renewals.discard(given)
            return self._tokens(nonce=None)
        asked = self._codes.pop(form.get("code", ""), None)
        proven = _b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or asked["code_challenge"] != proven
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return self._tokens(nonce=asked["nonce"])

    def _tokens(self, nonce: str | None) -> Response:
        told: dict[str, Any] = {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "id_token": self.identity(nonce),
        }
        if self.gives_renewals:
            told["refresh_token"] = secrets.token_urlsafe(16)
            self._renewals.add(told["refresh_token"])
        return JSONResponse(told)

    def identity(self, nonce: str | None) -> str:
        now = int(self.clock())
        person = {"sub": self.person["sub"]} if self.thin else self.person
        right = {"iss": self.address, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": nonce}
        told = {**right, **person, **self.claims}
        body = {name: one for name, one in told.items() if one is not None}
        head = {"alg": self.algorithm, "kid": self.kid, "typ": "JWT"}
        signed = ".".join(_b64(json.dumps(part).encode()) for part in (head, body))
        if self.algorithm == "none":
            return f"{signed}."
        key = signing_key("another's") if self.forges else self.key
        return f"{signed}.{_b64(key.sign(signed.encode(), padding.PKCS1v15(), SHA256()))}"

    async def _keys(self, _request: Request) -> Response:
        numbers = self.key.public_key().public_numbers()
        key = {"kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256"}
        key |= {"n": _number(numbers.n), "e": _number(numbers.e)}
        return JSONResponse({"keys": [key]})

    async def _userinfo(self, request: Request) -> Response:
        if not request.headers.get("authorization", "").startswith("Bearer "):
            return JSONResponse({}, 401)
        return JSONResponse(self.person)


@contextmanager
def providing(fake: FakeOidc) -> Iterator[FakeOidc]:
    with serving(fake.app()) as address:
        fake.address = address
        yield fake


def _b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))
