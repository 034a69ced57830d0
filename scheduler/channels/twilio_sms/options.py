"""The settings of the Twilio provider."""

from dataclasses import field
from urllib.parse import urlsplit

from scheduler.domain.provider import Given
from scheduler.domain.values import frozen


@frozen
class Options:
    """The account and how to reach it.

    The environment's HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE are honoured; TWILIO_EDGE and
    TWILIO_REGION are not: ``base_url`` alone says where requests go.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    #: Sender shown when a message names none: an alphanumeric name or a short code.
    sender: str = ""
    #: When set, Twilio picks the sender from this service, and no From is given.
    messaging_service_sid: str = ""
    #: Twilio's own address, or a look-alike's; no slash at the end.
    base_url: str = "https://api.twilio.com"
    #: Public address of /receipts/twilio; each message's token is appended as ``?ref=``.
    #: None when nothing can reach us: the statuses are then asked for.
    status_callback_url: str | None = None
    #: Seconds for the connection, and for the whole request.
    connect_timeout: float = 10.0
    timeout: float = 30.0
    #: Connections at once, at most.
    connections: int = 10

    @property
    def is_real_world(self) -> bool:
        """Whether messages go to Twilio itself, and so to people."""
        host = urlsplit(self.base_url).hostname or ""
        return host == "twilio.com" or host.endswith(".twilio.com")


def read_options(given: Given) -> Options:
    """From ``channels.sms.twilio``; whether Twilio can reach us, from ``channels.sms.inbound``."""
    keys = given.section
    return Options(
        account_sid=keys["account_sid"],
        auth_token=keys["auth_token"],
        sender=given.channel["sender"],
        messaging_service_sid=keys["messaging_service_sid"] or "",
        base_url=keys["base_url"].rstrip("/"),
        status_callback_url=given.callback_url if given.channel["inbound"] == "webhook" else None,
    )
