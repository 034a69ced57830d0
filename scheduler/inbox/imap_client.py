"""The standard library's IMAP client, within limits, and to be cut off from outside."""

import imaplib
import ssl
from collections.abc import Callable
from typing import Any

from scheduler.domain.values import frozen

#: Octets of one answer that are read.
LARGEST_ANSWER = 1 << 20


@frozen
class Where:
    host: str
    port: int
    #: Seconds for one answer.
    timeout: float


class Client(imaplib.IMAP4):
    """Shows itself before it waits for a word, and reads no more than a limit at once."""

    def __init__(self, show: Callable[[imaplib.IMAP4], None], where: Where) -> None:
        self._show = show
        super().__init__(where.host, where.port, timeout=where.timeout)

    def open(self, *arguments: Any, **options: Any) -> None:
        super().open(*arguments, **options)
        self._show(self)

    def read(self, size: int) -> bytes:
        return super().read(_limited(size))


class SecureClient(imaplib.IMAP4_SSL):
    """The same by TLS from the first octet."""

    def __init__(
        self, show: Callable[[imaplib.IMAP4], None], where: Where, trust: ssl.SSLContext
    ) -> None:
        self._show = show
        super().__init__(where.host, where.port, ssl_context=trust, timeout=where.timeout)

    def open(self, *arguments: Any, **options: Any) -> None:
        super().open(*arguments, **options)
        self._show(self)

    def read(self, size: int) -> bytes:
        return super().read(_limited(size))


def _limited(size: int) -> int:
    if size > LARGEST_ANSWER:
        raise imaplib.IMAP4.abort("an answer too large")
    return size
