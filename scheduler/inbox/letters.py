"""The mailbox of what comes back: each unread message read once, for opt-outs and for reports.

A header says which of the two a message may be; only of a report the beginning is fetched too.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from scheduler.domain.answers.bounces import Report
from scheduler.domain.answers.replies import Letter
from scheduler.inbox.imap import Mailbox, OpenMailbox
from scheduler.inbox.mailto_optouts import tokens_in
from scheduler.inbox.reports.mime import LARGEST
from scheduler.inbox.reports.reading import MOST_TOKENS, read_report
from scheduler.log import get_logger

log = get_logger(__name__)

#: What headers of bounces, complaints and automatic answers hold, one or another.
_MAY_REPORT = re.compile(
    rb"^(?:return-path:\s*<>|content-type:\s*multipart/report|x-failed-recipients:|"
    rb"auto-submitted:\s*auto|x-autoreply|x-autorespon|precedence:\s*auto|x-amz-sns-|"
    rb"from:.{0,200}(?:daemon|postmaster|delivery)|"
    rb"(?:delivered-to|x-original-to|x-envelope-to|envelope-to|to|cc):.{0,400}\bb\+[a-z2-7]{40}@)",
    re.IGNORECASE | re.MULTILINE,
)


#: The fields in which an answer names what it answers (RFC 5322), folded or not.
_ANSWERING = re.compile(
    rb"(?im)^(?:in-reply-to|references):[^\n]{0,4000}(?:\n[ \t][^\n]{0,4000}){0,40}"
)
_ANSWERS = re.compile(rb"<([A-Za-z0-9_-]{9,64})@")


class LetterMailbox:
    """flow.polling.Mailbox over a mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["OpenLetterMailbox"]:
        """Raises InboxAway, here and in every use."""
        async with self._mailbox.opened() as box:
            yield OpenLetterMailbox(box)


def _answered(header: bytes) -> bytes:
    return b"\n".join(_ANSWERING.findall(header))


class OpenLetterMailbox:
    """A connection; used by one task."""

    def __init__(self, box: OpenMailbox) -> None:
        self._box = box

    async def unread(self) -> list[Letter]:
        return [await self._letter(uid, header) for uid, header in await self._box.unread()]

    async def settle(self, letters: Sequence[Letter], treated: Sequence[Letter]) -> None:
        await self._box.settle([one.number for one in letters], [one.number for one in treated])

    async def _letter(self, uid: int, header: bytes) -> Letter:
        tokens = tokens_in(header)
        report = await self._report(uid) if _MAY_REPORT.search(header) else None
        answers = tuple(token.decode() for token in _ANSWERS.findall(_answered(header)))
        return Letter(number=uid, tokens=tokens, report=report, answers=answers[:MOST_TOKENS])

    async def _report(self, uid: int) -> Report | None:
        """Read beside the loop: sending goes on meanwhile."""
        raw = await self._box.beginning(uid, LARGEST)
        try:
            return await asyncio.to_thread(read_report, raw)
        except Exception:
            # One message that breaks the reader keeps no other from being read.
            log.exception("bounces.unreadable", number=uid)
            return None
