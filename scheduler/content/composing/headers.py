"""The header fields of every e-mail of a message, with holes for the recipient's own.

The set is that of a well-behaved bulk mailer: RFC 2919 (List-Id), RFC 2369 and 8058 (one-click
opt-out), RFC 3834 (Auto-Submitted), and what the large providers ask for.
"""

from urllib.parse import urlsplit

from scheduler.content.composing import mime
from scheduler.content.composing.content import Content
from scheduler.domain.message import MessageClass
from scheduler.domain.organisation import EmailSender, Links, Organisation

_PERSONAL = b"To: %(to)b\r\nDate: %(date)b\r\nMessage-ID: <%(message_id)b>\r\n"
#: Of the last field of Feedback-ID.
_SHORTEST_ID, _LONGEST_ID = 5, 15
_ONE_CLICK = (
    b"List-Unsubscribe: <%(optout_url)b>,\r\n <mailto:%(optout_mailto)b>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
)


def build(
    content: Content,
    subject: str,
    campaign: str,
    sender: EmailSender,
    organisation: Organisation,
    links: Links,
) -> bytes:
    """For the ``%`` operator; the holes are to, date, message_id, optout_url and optout_mailto.

    A ``service`` message has no topic to opt out of, so it bears no List-Unsubscribe; its footer
    still leads to the preferences.
    """
    fields = (
        ("From", mime.mailbox(sender.sender, len("From: "))),
        ("Subject", mime.phrase(subject, len("Subject: "))),
        ("Reply-To", mime.mailbox(sender.reply_to, len("Reply-To: "))),
        ("List-Id", _list_id(sender.list_name, links)),
        ("List-Help", f"<{links.help_page}>"),
        ("Auto-Submitted", "auto-generated"),
        ("Precedence", "bulk"),
        # "All" would silence the reports of what could not be delivered, too.
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("Feedback-ID", _feedback_id(campaign, content.message, organisation.name)),
        ("MIME-Version", "1.0"),
    )
    fixed = b"".join(mime.field(name, value) for name, value in fields if value)
    one_click = b"" if content.message_class == MessageClass.SERVICE else _ONE_CLICK
    return _PERSONAL + one_click + fixed.replace(b"%", b"%%")


def _list_id(name: str, links: Links) -> str:
    """The list's name and the host: no word of audience, for mail programs show it."""
    host = urlsplit(links.public_url).hostname
    return mime.named(name, f"{mime.slug(name)}.{host}", len("List-Id: "))


def _feedback_id(campaign: str, message: str, organisation: str) -> str:
    """Gmail's: the last field, the sender's own for good, has 5 to 15 characters."""
    return ":".join((mime.slug(campaign), mime.slug(message), "reflexe", _sender_id(organisation)))


def _sender_id(organisation: str) -> str:
    name = mime.slug(organisation)[:_LONGEST_ID].strip("-")
    return name if len(name) >= _SHORTEST_ID else f"{name}-reflexe".strip("-")
