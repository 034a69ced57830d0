"""Every e-mail shipped, judged by SpamAssassin with its own rules and no network."""

import re
import subprocess
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.parts.presence import need_programs
from tests.shipped import reader, texts

#: SpamAssassin calls spam what has 5.
MOST = 2.0
#: What it takes off because we say, as lists must, how to leave: no merit of a text's own.
LIST_BONUS = 1.0
_POSTMARK = b"From retour@example.org Sun Oct  4 08:00:00 2026\n"
#: It must neither learn from these messages nor remember their sender.
_FORGETFUL = ("--cf=use_bayes 0", "--cf=use_auto_whitelist 0", "--cf=report_safe 0")


def test_no_message_looks_like_spam(tmp_path: Path) -> None:
    need_programs(spamassassin="spamassassin")
    mailbox = tmp_path / "all.mbox"
    # Audiences that share a text get the same message.
    shipped = {text.source.path: text for text in texts("email")}.values()
    mails = [text.email(text.examples()).fill(reader({"prenom": "Camille"})) for text in shipped]
    mailbox.write_bytes(b"".join(map(posted, mails)))

    judged = subprocess.run(
        ["spamassassin", "--local", "--mbox", *_FORGETFUL, str(mailbox)],
        env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        timeout=600,
        check=True,
    )

    verdicts = [verdict(mail) for mail in judged.stdout.split(_POSTMARK)[1:]]
    points = {text.source.path: verdict for text, verdict in zip(shipped, verdicts, strict=True)}
    assert {path: rules for path, (score, rules) in points.items() if score >= MOST} == {}


def posted(mail: bytes) -> bytes:
    """A mail as a line of a mailbox file; no line of ours starts with "From "."""
    return _POSTMARK + mail.replace(b"\r\n", b"\n") + b"\n"


def verdict(mail: bytes) -> tuple[float, str]:
    """The points of a judged mail, and the rules that gave them."""
    message = message_from_bytes(mail, _class=EmailMessage, policy=policy.default)
    status = str(message["X-Spam-Status"])
    score = re.search(r"score=(-?[\d.]+)", status)
    assert score is not None, status
    return float(score[1]) + LIST_BONUS * ("MAILING_LIST_MULTI" in status), status
