"""An OpenID provider as its client sees it: discovery, the code for tokens, who they name.

OpenID Connect Core 1.0, RFC 6749, RFC 7636 (PKCE, S256), RFC 9207. What it says is believed when it
is signed by its keys, for us, now, and for the very sign-in that was begun.
"""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from scheduler.config.sections.desk import OidcSettings
from scheduler.domain.errors import ReflexeError
from scheduler.domain.values import frozen

#: Seconds for an answer, and the most that is read of one.
SECONDS, LARGEST_ANSWER = 10.0, 1 << 20
#: How long what it says of itself is kept.
KEPT = timedelta(hours=1)
#: Keys are asked for again no sooner, when a token names one that isn't known.
KEYS_AGAIN = timedelta(minutes=1)
#: By a key pair alone: with a shared secret, whoever may check a token could write one.
ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "EdDSA")
#: Seconds that two clocks may be apart.
LEEWAY = 60


class OidcAway(ReflexeError):
    """It can't be reached, or says nothing that can be read: later it may."""


class OidcRefused(ReflexeError):
    """It says no, or what it says isn't to be believed."""


@frozen
class Told:
    """What it says of somebody."""

    claims: Mapping[str, Any]
    #: Brings the same again, without them; empty: it gave none.
    renewal: str = ""


@dataclass(slots=True)
class _Known:
    document: Mapping[str, Any]
    until: datetime
    keys: Mapping[str, Any] = field(default_factory=dict)
    keys_at: datetime | None = None


class OidcProvider:
    def __init__(self, settings: OidcSettings, redirect: str) -> None:
        self._settings = settings
        self._redirect = redirect
        self._known: _Known | None = None

    async def beginning(self, state: str, nonce: str, verifier: str, now: datetime) -> str:
        """Where the browser goes to sign in. Raises OidcAway."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        endpoint = str((await self._document(now))["authorization_endpoint"])
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._redirect,
            "scope": self._settings.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    async def signed_in(self, code: str, verifier: str, nonce: str, now: datetime) -> Told:
        """Whom a code stands for. Raises OidcAway and OidcRefused."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect,
            "code_verifier": verifier,
        }
        return await self._told(await self._tokens(form, now), nonce, now)

    async def again(self, renewal: str, now: datetime) -> Told:
        """The same person as they are now. Raises OidcAway and OidcRefused."""
        form = {"grant_type": "refresh_token", "refresh_token": renewal}
        told = await self._told(await self._tokens(form, now), None, now)
        return told if told.renewal else Told(claims=told.claims, renewal=renewal)

    async def _told(self, tokens: Mapping[str, Any], nonce: str | None, now: datetime) -> Told:
        identity, access = tokens.get("id_token"), str(tokens.get("access_token", ""))
        claims: dict[str, Any] = {}
        if identity:
            claims = await self._claims(str(identity), access, nonce, now)
        elif nonce is not None:
            raise OidcRefused("no identity token")
        names = (self._settings.groups_claim, self._settings.name_claim)
        if any(name.partition(".")[0] not in claims for name in names):
            claims = await self._completed(claims, access, now)
        if not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise OidcRefused("no subject")
        return Told(claims=claims, renewal=str(tokens.get("refresh_token") or ""))

    async def _claims(
        self, identity: str, access: str, nonce: str | None, now: datetime
    ) -> dict[str, Any]:
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import JoseError

        wanted: Any = {
            "iss": {"essential": True, "value": self._settings.issuer},
            "aud": {"essential": True, "value": self._settings.client_id},
        }
        params = {
            "nonce": nonce,
            "client_id": self._settings.client_id,
            "access_token": access,
        }
        try:
            token = await self._opened(identity, now)
            claims = CodeIDToken(token.claims, token.header, wanted, params)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as fault:
            raise OidcRefused(f"its token is refused: {fault}") from fault
        return dict(claims)

    async def _opened(self, identity: str, now: datetime) -> Any:
        """With its keys asked for again when it signs with one that we don't know."""
        from joserfc import jwt
        from joserfc.errors import BadSignatureError, InvalidKeyIdError
        from joserfc.jwk import KeySet
        from joserfc.jws import JWSRegistry

        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        keys = await self._keys(now)
        try:
            return jwt.decode(identity, KeySet.import_key_set(keys), registry=registry)
        except (InvalidKeyIdError, BadSignatureError):
            fresh = await self._keys(now, again=True)
            if fresh is keys:
                raise
            return jwt.decode(identity, KeySet.import_key_set(fresh), registry=registry)

    async def _completed(
        self, claims: Mapping[str, Any], access: str, now: datetime
    ) -> dict[str, Any]:
        """With what it says on /userinfo of the same person; as they are where it has no such."""
        endpoint = (await self._document(now)).get("userinfo_endpoint")
        if not endpoint or not access:
            return dict(claims)
        found = await self._ask("GET", str(endpoint), {"Authorization": f"Bearer {access}"})
        if claims and found.get("sub") != claims["sub"]:
            raise OidcRefused("/userinfo speaks of somebody else")
        return {**found, **claims}

    async def _tokens(self, form: Mapping[str, str], now: datetime) -> Mapping[str, Any]:
        from aiohttp import encode_basic_auth

        document, client = await self._document(now), self._settings.client_id
        given = self._settings.client_secret
        secret = given.get_secret_value() if given else ""
        headers, fields = {}, dict(form)
        methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if secret and "client_secret_basic" in methods:
            pair = encode_basic_auth(quote(client, safe=""), quote(secret, safe=""))
            headers["Authorization"] = pair
        else:
            fields |= {"client_id": client} | ({"client_secret": secret} if secret else {})
        return await self._ask("POST", str(document["token_endpoint"]), headers, fields)

    async def _keys(self, now: datetime, *, again: bool = False) -> Any:
        document = await self._document(now)
        known = self._known
        assert known is not None  # noqa: S101 - the line before
        may_ask = known.keys_at is None or now >= known.keys_at + KEYS_AGAIN
        if not known.keys or (again and may_ask):
            known.keys_at = now
            known.keys = await self._ask("GET", str(document["jwks_uri"]), {})
        return known.keys

    async def _document(self, now: datetime) -> Mapping[str, Any]:
        if self._known is None or now >= self._known.until:
            issuer = self._settings.issuer
            where = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
            document = await self._ask("GET", where, {})
            if document.get("issuer") != issuer:
                raise OidcRefused("it calls itself by another issuer than web.oidc.issuer")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if urlsplit(str(document.get(name, ""))).scheme != urlsplit(issuer).scheme:
                    raise OidcRefused(f"its {name} isn't where https leads")
            self._known = _Known(document=document, until=now + KEPT)
        return self._known.document

    async def _ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        form: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        import aiohttp

        try:
            async with (
                aiohttp.ClientSession(
                    timeout=aiohttp.ClientTimeout(total=SECONDS), trust_env=True
                ) as session,
                # The secret goes where it was said to go, and nowhere else.
                session.request(
                    method,
                    url,
                    headers={"Accept": "application/json", **headers},
                    data=form,
                    allow_redirects=False,
                    ssl=self._context(),
                ) as answer,
            ):
                body = b""
                async for part in answer.content.iter_chunked(1 << 16):
                    body += part
                    if len(body) > LARGEST_ANSWER:
                        raise OidcAway(f"{urlsplit(url).hostname} answers without end")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            raise OidcAway(
                f"no answer of {urlsplit(url).hostname}: {type(fault).__name__}"
            ) from None
        return _read(answer.status, body, url)

    def _context(self) -> ssl.SSLContext | bool:
        file = self._settings.ca_file
        return ssl.create_default_context(cafile=str(file)) if file else True


def _read(status: int, body: bytes, url: str) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    host = urlsplit(url).hostname
    if status >= 500 or status == 429 or not isinstance(said, dict):
        raise OidcAway(f"{host} answers {status}")
    if status != 200:
        raise OidcRefused(
            f"{urlsplit(url).hostname} answers {status} {str(said.get('error'))[:80]}"
        )
    return said
