"""What mends a relay that can't be reached or refuses us: the key, and what to write there."""

import ssl
from socket import gaierror

from scheduler.channels.smtp.options import Options

_SECURITY = "channels.email.smtp.security"
#: Of OpenSSL, for an issuer that nothing here trusts.
_UNKNOWN_ISSUER = frozenset({18, 19, 20, 21})
_EXPIRED = 10
#: A name, an address.
_OTHER_NAMES = frozenset({62, 64})
#: What a client hears that begins TLS where plain text is spoken.
_PLAIN_TEXT = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL", "HTTP_REQUEST")
#: Where TLS is spoken from the first octet (RFC 8314).
_IMPLICIT_PORT = 465

STARTTLS = f"this port speaks STARTTLS: {_SECURITY}: starttls"
NO_STARTTLS = f"{_SECURITY}: tls if the port speaks TLS from the start (465), or another port"
IMPLICIT = f"this port may speak TLS from the start: {_SECURITY}: tls"
ISSUER = "name the relay's certificate authority: channels.email.smtp.ca_file"
OTHER_NAME = "write the name that is in its certificate: channels.email.smtp.host"
EXPIRED = "the relay's administrator renews it"
CREDENTIALS = (
    "look at channels.email.smtp.username and the password "
    "(REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD or …_FILE)"
)
REFUSED = "nothing listens there: look at channels.email.smtp.host and port"
NO_HOST = "no such name: look at channels.email.smtp.host"
#: Replies about who we are (RFC 4954).
_AUTH = frozenset({530, 534, 535, 538})


def with_remedy(detail: str, remedy: str) -> str:
    """As a fault is told: what is wrong, and what mends it."""
    return f"{detail} — {remedy}" if remedy else detail


def of_reply(code: int) -> str:
    return CREDENTIALS if code in _AUTH else ""


def of_certificate(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in _UNKNOWN_ISSUER:
        return ISSUER
    if error.verify_code in _OTHER_NAMES:
        return OTHER_NAME
    return EXPIRED if error.verify_code == _EXPIRED else ""


def of_tls(reason: str, options: Options) -> str:
    return STARTTLS if options.security == "tls" and reason in _PLAIN_TEXT else ""


def of_silence(options: Options) -> str:
    """A port that waits for TLS says nothing to a client that waits for a greeting."""
    return IMPLICIT if options.security != "tls" else ""


def of_connection(error: BaseException | None, options: Options) -> str:
    if isinstance(error, ConnectionRefusedError):
        return REFUSED
    if isinstance(error, gaierror):
        return NO_HOST
    return of_silence(options) if options.port == _IMPLICIT_PORT else ""
