"""A mail to the operators: of plain text, by the e-mail channel, and no delivery of the ledger."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from scheduler.domain.message import Message
from scheduler.domain.organisation import EmailSender

#: Above every row of a real ledger: a message without a delivery.
_NO_DELIVERY = 3 << 60


def operator_mail(
    sender: EmailSender, to: str, title: str, text: str, reference: str, now: datetime
) -> Message:
    """``title`` follows the product's name in the subject."""
    domain = sender.return_path_domain
    mail = EmailMessage(SMTP)
    mail["From"], mail["To"] = sender.sender, to
    mail["Subject"] = f"[Réflexe] {title}"
    mail["Date"], mail["Message-ID"] = format_datetime(now), f"<{reference}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    return Message(
        delivery=_NO_DELIVERY,
        to=to,
        sender=f"retour@{domain}",
        body=mail.as_bytes(),
        reference=reference,
        group="alarms",
    )


def unasked(delivery: int) -> None:
    """No delivery of the ledger waits for this message's fate."""
