"""Replies out of octets, however they are cut: bounded in a line's length and in lines.

No stream and no task: octets go in as they come, whole replies come out.
"""

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
        *lines, self._rest = (self._rest + octets).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            raise Lost("protocol", "no SMTP reply, or one too long")
        return [reply for line in lines if (reply := self._take(line)) is not None]

    def _take(self, line: bytes) -> Reply | None:
        code, goes_on, text = line[:3], line[3:4] == b"-", line[4:]
        if not code.isdigit() or len(code) < 3 or len(line) > LONGEST_LINE:
            raise Lost("protocol", "no SMTP reply, or one too long")
        self._texts.append(text.decode("utf-8", "replace").strip())
        if goes_on:
            if len(self._texts) >= MOST_LINES:
                raise Lost("protocol", "no SMTP reply, or one too long")
            return None
        reply = read_reply(int(code), " ".join(self._texts))
        self._texts = []
        return reply
