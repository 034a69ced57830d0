"""How many octets of a connection have left this machine: the kernel's own count (Linux).

A connection that breaks while a message is on its way is broken before its final dot or after it,
and only one of the two may be tried again. What the kernel has not sent yet nobody has: that is
certain, and still told after a reset. What it has sent may be in the other's hands **whether or
not it was acknowledged**: an acknowledgement waits up to 40 ms for an answer to ride on, and is
lost with the connection when the relay reads everything and resets it
(``tests/unit/channels/test_smtp_line.py`` has such a one). So octets acknowledged decide nothing
here, octets sent do.

To be certain is not enough: what the kernel has and hasn't sent it sends on after a close, to a
relay that only stood still. So a connection whose dot was held back is reset in the same breath,
and what it held is thrown away (``Meter.ends_before``).

With TLS the octets are those of the ciphertext, which is never shorter than the text in it: a mark
set just before a write, plus the length of the plain text, is then at or before the dot.
"""

import contextlib
import os
import socket
import struct
from asyncio import BaseTransport

#: ``struct tcp_info`` of Linux: what is in the send queue and was never sent, and the octets sent,
#: the second times included, then those second times (since 4.19).
_INFO = 216
_NOT_SENT = struct.Struct("@I")
_NOT_SENT_AT = 144
_SENT = struct.Struct("@QQ")
_SENT_AT = 200
#: An address of no family, which ends the conversation with whom a socket talks: by a reset, with
#: all that it still held (``AF_UNSPEC``, connect(2)).
_NOBODY = bytes(16)


class Meter:
    """Of one connection. Keeps a descriptor of its own until ``close``, for it is asked when the
    connection is gone."""

    def __init__(self, transport: BaseTransport) -> None:
        self._socket: socket.socket | None = None
        found = transport.get_extra_info("socket")
        if found is not None and hasattr(socket, "TCP_INFO"):
            with contextlib.suppress(OSError, ValueError):
                self._socket = socket.socket(fileno=os.dup(found.fileno()))

    def given(self) -> int | None:
        """Octets that the kernel was given so far; None when nobody knows."""
        info = self._info()
        if info is None:
            return None
        sent, again = _sent(info)
        return sent - again + _not_sent(info)

    def has_left(self, mark: int | None) -> bool:
        """Whether the octet at ``mark`` may have left; True when nobody knows."""
        info = self._info()
        if mark is None or info is None:
            return True
        sent, again = _sent(info)
        # Where nothing is held, second times count as well: too many octets are never one too few.
        return (sent - again if _not_sent(info) else sent) >= mark

    def ends_before(self, mark: int | None) -> bool:
        """Whether the octet at ``mark`` hasn't left and never will: the connection is reset then,
        with all that it held."""
        return not self.has_left(mark) and self._reset()

    def _reset(self) -> bool:
        """Whether it was done. A close would have the kernel send on what it holds."""
        if self._socket is None:
            return False
        import ctypes  # of a rare end, and nothing that a start should wait for

        connect = ctypes.CDLL(None).connect
        return int(connect(self._socket.fileno(), _NOBODY, len(_NOBODY))) == 0

    def close(self) -> None:
        """May be called twice."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _info(self) -> bytes | None:
        if self._socket is None:
            return None
        try:
            info = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO)
        except OSError:
            return None
        return info if len(info) == _INFO else None


def _sent(info: bytes) -> tuple[int, int]:
    """All octets, and those of them that were sent again."""
    sent, again = _SENT.unpack_from(info, _SENT_AT)
    return int(sent), int(again)


def _not_sent(info: bytes) -> int:
    return int(_NOT_SENT.unpack_from(info, _NOT_SENT_AT)[0])
