"""The code of a second device at signing in (TOTP, RFC 6238), as every authenticator shows it."""

import base64
import hmac
import secrets
from datetime import datetime, timedelta
from urllib.parse import quote

#: What the code is made anew after.
STEP = timedelta(seconds=30)
DIGITS = 6
#: Steps before and after now whose codes are taken: a telephone's clock may be as far off.
DRIFT = 1
#: Octets, as RFC 4226 recommends for HMAC-SHA-1.
SECRET = 20
#: Wrong codes of an account within a while, after which no code of it is taken until that is over:
#: whoever tries them has the password.
TRIES = 5
TRIES_WITHIN = timedelta(minutes=10)


def make_secret() -> bytes:
    return secrets.token_bytes(SECRET)


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // int(STEP.total_seconds())


def code_at(secret: bytes, step: int, digits: int = DIGITS, digest: str = "sha1") -> str:
    """Of a step since 1970 (RFC 4226, section 5.3)."""
    made = hmac.digest(secret, step.to_bytes(8, "big"), digest)
    at = made[-1] & 0x0F
    number = int.from_bytes(made[at : at + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}}"


def step_of_code(secret: bytes, typed: str, now: datetime, after: int) -> int | None:
    """The step that a typed code is of, later than the last one that was used; None: it is wrong,
    too old, or was used."""
    code = "".join(typed.split())
    if len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        return None
    found, here = None, step_of(now)
    # Each is compared, whichever fits: the time tells nothing.
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step), code) and step > after:
            found = step
    return found


def typed_secret(secret: bytes) -> str:
    """As somebody types it who can't scan: base32, by fours."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def key_uri(secret: bytes, name: str, issuer: str) -> str:
    """What authenticators read from a QR code."""
    text = base64.b32encode(secret).decode().rstrip("=")
    label = f"{quote(issuer, safe='')}:{quote(name, safe='')}"
    return f"otpauth://totp/{label}?secret={text}&issuer={quote(issuer, safe='')}"
