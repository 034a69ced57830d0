"""What mends a mailbox that can't be read: the key, and what to write there."""

import ssl
from socket import gaierror
from typing import Literal

_MAILBOX = "channels.email.mailbox"
#: Of OpenSSL, for an issuer that nothing here trusts.
_UNKNOWN_ISSUER = frozenset({18, 19, 20, 21})
_EXPIRED = 10
#: A name, an address.
_OTHER_NAMES = frozenset({62, 64})
#: What a client hears that begins TLS where plain text is spoken.
_PLAIN_TEXT = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL", "HTTP_REQUEST")
#: Where TLS is spoken from the first octet.
_IMPLICIT_PORT = 993

Security = Literal["tls", "starttls", "none"]

STARTTLS = f"this port speaks STARTTLS: {_MAILBOX}.security: starttls"
IMPLICIT = f"this port may speak TLS from the start: {_MAILBOX}.security: tls"
NO_STARTTLS = (
    f"{_MAILBOX}.security: tls if the port speaks TLS from the start (993), or another port"
)
ISSUER = f"name the server's certificate authority: {_MAILBOX}.ca_file"
OTHER_NAME = f"write the name that is in its certificate: {_MAILBOX}.host"
EXPIRED = "the mail server's administrator renews it"
CREDENTIALS = (
    f"look at {_MAILBOX}.username and the password "
    "(REFLEXE_CHANNELS__EMAIL__MAILBOX__PASSWORD or …_FILE)"
)
TOKENS = f"look at {_MAILBOX}.username and {_MAILBOX}.oauth2"
REFUSED = f"nothing listens there: look at {_MAILBOX}.host and port"
NO_HOST = f"no such name: look at {_MAILBOX}.host"
FOLDER = f"look at {_MAILBOX}.folder"
PROCESSED = f"look at {_MAILBOX}.processed"


def with_remedy(detail: str, remedy: str) -> str:
    """As a fault is told: what is wrong, and what mends it."""
    return f"{detail} — {remedy}" if remedy else detail


def of_fault(fault: Exception, security: Security, port: int) -> str:
    """What mends a connection that failed; empty where nothing of ours does."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return _of_certificate(fault)
    if isinstance(fault, ssl.SSLError):
        plain = security == "tls" and (fault.reason or "") in _PLAIN_TEXT
        return STARTTLS if plain else ""
    if isinstance(fault, ConnectionRefusedError):
        return REFUSED
    if isinstance(fault, gaierror):
        return NO_HOST
    if security == "starttls" and ("TLS not supported" in str(fault) or "STARTTLS" in str(fault)):
        return NO_STARTTLS
    waits = isinstance(fault, TimeoutError) and security != "tls" and port == _IMPLICIT_PORT
    return IMPLICIT if waits else ""


def _of_certificate(fault: ssl.SSLCertVerificationError) -> str:
    if fault.verify_code in _UNKNOWN_ISSUER:
        return ISSUER
    if fault.verify_code in _OTHER_NAMES:
        return OTHER_NAME
    return EXPIRED if fault.verify_code == _EXPIRED else ""
