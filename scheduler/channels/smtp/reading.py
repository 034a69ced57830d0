"""Replies out of octets, however they are cut: bounded in a line's length and in lines.

No stream and no task: octets go in as they come, whole replies come out.
"""

from functools import lru_cache

from scheduler.channels.smtp.replies import Reply, read_reply

#: Octets of a reply's line, and lines of a reply: RFC 5321 has 512 and a dozen.
LONGEST_LINE = 4096
MOST_LINES = 100


class Lost(Exception):
    """The conversation can't go on. ``code``: lost, timeout or protocol."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class ReplyReader:
    """Of one connection."""

    def __init__(self) -> None:
        self._rest = b""
        self._texts: list[str] = []

    def feed(self, octets: bytes) -> list[Reply]:
        """The replies that these octets complete. Raises Lost when they are none."""
        lines = (self._rest + octets if self._rest else octets).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > LONGEST_LINE:
            raise _nonsense()
        replies: list[Reply] = []
        for line in lines:
            if not self._texts and line[3:4] != b"-":
                replies.append(_whole(line))
            elif (reply := self._take(line)) is not None:
                replies.append(reply)
        return replies

    def _take(self, line: bytes) -> Reply | None:
        """One line of several."""
        code, text = _read(line)
        self._texts.append(text)
        if line[3:4] == b"-":
            if len(self._texts) >= MOST_LINES:
                raise _nonsense()
            return None
        reply = read_reply(code, " ".join(self._texts))
        self._texts = []
        return reply


@lru_cache(maxsize=64)  # most of a connection are those of the message before
def _whole(line: bytes) -> Reply:
    """A reply of one line."""
    return read_reply(*_read(line))


def _read(line: bytes) -> tuple[int, str]:
    code = line[:3]
    if not code.isdigit() or len(code) < 3 or len(line) > LONGEST_LINE:
        raise _nonsense()
    return int(code), line[4:].decode("utf-8", "replace").strip()


def _nonsense() -> Lost:
    return Lost("protocol", "no SMTP reply, or one too long")
