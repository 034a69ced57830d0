"""What `reflexe doctor` asks of the mailbox: its rights, and one mail by its Message-ID."""

from typing import Any

from scheduler.domain.doctor.seen import MailboxSeen
from scheduler.domain.errors import InboxAway
from scheduler.inbox.imap import LARGEST_HEADER, Mailbox, Options, quoted

#: Octets of a test mail that are read: it is short.
LONGEST = LARGEST_HEADER


class Looking:
    """One mailbox, a connection a question."""

    def __init__(self, options: Options, mailbox: Mailbox) -> None:
        self._options = options
        self._mailbox = mailbox

    async def rights(self) -> MailboxSeen:
        try:
            async with self._mailbox.opened() as box:
                return await box.ask(_rights)
        except InboxAway as fault:
            return MailboxSeen(fault=str(fault))

    async def letter(self, message_id: str) -> bytes | None:
        """A whole mail, then put away as a treated one is; None: it isn't there. Raises
        InboxAway."""

        def find(client: Any, options: Options) -> tuple[int, bytes] | None:
            return _found(client, options, message_id)

        async with self._mailbox.opened() as box:
            found = await box.ask(find)
            if found is None:
                return None
            uid, raw = found
            if uid:
                await box.settle([uid], [uid])
            return raw


def _rights(client: Any, options: Options) -> MailboxSeen:
    flags = (client.response("PERMANENTFLAGS")[1] or [None])[0] or b"\\Seen"
    needed = b"\\deleted" if options.processed and "MOVE" not in client.capabilities else b"\\seen"
    there = None
    if options.processed:
        status, _ = client.status(quoted(options.processed), "(MESSAGES)")
        there = status == "OK"
    writable = not client.is_readonly and needed in flags.lower()
    return MailboxSeen(is_writable=writable, has_processed=there)


def _found(client: Any, options: Options, message_id: str) -> tuple[int, bytes] | None:
    """Its number in the folder (0: the daemon has treated it already) and the mail."""
    if found := _in_folder(client, message_id):
        return found
    if not options.processed:
        return None
    try:
        if client.select(quoted(options.processed), readonly=True)[0] != "OK":
            return None
        moved = _in_folder(client, message_id)
        return None if moved is None else (0, moved[1])
    finally:
        client.select(quoted(options.folder))


def _in_folder(client: Any, message_id: str) -> tuple[int, bytes] | None:
    status, data = client.uid("SEARCH", "HEADER", "Message-ID", quoted(message_id))
    uids = (data[0] or b"").split() if status == "OK" else []
    if not uids:
        return None
    _, parts = client.uid("FETCH", uids[-1].decode(), f"(BODY.PEEK[]<0.{LONGEST}>)")
    raw = next((one[1] for one in parts if isinstance(one, tuple)), b"")
    return (int(uids[-1]), raw) if raw else None
