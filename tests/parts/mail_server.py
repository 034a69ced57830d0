"""A real relay and mailbox: Postfix (submission, STARTTLS, SASL) and Dovecot (SASL, IMAPS).

Both run as instances of their own, on free high ports, in one folder; the machine's are untouched.
Every address is accepted and delivered, except:

- ``@refuse.example.org``: refused at RCPT with 550 5.1.1;
- ``@unknown.example.org``: accepted, then bounced by a real DSN to the return path.

What goes to ``@bounces.example.org``, whatever stands before the @, lies in the mailbox that IMAP
shows as the account ``bounces``; everything else in the account ``delivered``.
"""

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from string import Template

from .certificates import Certificates, issue
from .presence import PROGRAM_PATH, need_programs, need_root
from .processes import free_port, listens, stop, wait_until

USER = "reflexe"
PASSWORD = "correct-horse"
BOUNCES_DOMAIN = "bounces.example.org"
#: Sub-folders that belong to others than root.
OWNERS = {"mail": "nobody", "data": "postfix", "spool": "root", "spool/private": "postfix"}
CONFIGURATION = Path(__file__).parent / "mail_config"


@dataclass(frozen=True, kw_only=True, slots=True)
class MailServer:
    """Where the running server listens, and what it has delivered."""

    folder: Path
    submission_port: int
    tls_port: int
    imaps_port: int
    certificates: Certificates

    def delivered(self) -> Counter[str]:
        """How many messages each address has received."""
        parser = BytesHeaderParser()
        return Counter(
            parser.parsebytes(file.read_bytes())["Delivered-To"] for file in self._files()
        )

    def messages(self, address: str) -> list[EmailMessage]:
        """What one address has received, parsed as a mail client would."""
        return [message for message in self.all_messages() if message["Delivered-To"] == address]

    def all_messages(self) -> list[EmailMessage]:
        """What everybody has received; ``Delivered-To`` says who."""
        parser = BytesParser(policy=policy.default)
        return [parser.parsebytes(file.read_bytes()) for file in self._files()]

    def bounces(self) -> list[EmailMessage]:
        """The DSNs that came back to the return path."""
        parser = BytesParser(policy=policy.default)
        return [parser.parsebytes(file.read_bytes()) for file in self._files("bounces")]

    def wait_for(self, count: int, seconds: float = 120) -> None:
        """Return once ``count`` messages in all are delivered."""
        wait_until(lambda: len(self._files()) >= count, f"{count} deliveries", seconds)

    @contextmanager
    def changing(self, rule: str) -> Iterator[None]:
        """Meanwhile headers are changed by a rule of header_checks(5): « /^Subject:/ IGNORE »."""
        try:
            self._change_headers(rule)
            yield
        finally:
            self._change_headers("")

    def _change_headers(self, rule: str) -> None:
        (self.folder / "etc" / "headers").write_text(f"{rule}\n")
        command = ["postfix", "-c", str(self.folder / "etc"), "reload"]
        subprocess.run(command, check=True, capture_output=True, env=_environment())

    def log(self) -> str:
        return (self.folder / "postfix.log").read_text()

    def _files(self, account: str = "delivered") -> list[Path]:
        maildir = self.folder / "mail" / account
        # A message moves from new/ to cur/ once IMAP has shown it.
        return [*maildir.glob("new/*"), *maildir.glob("cur/*")]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Start Postfix and Dovecot, and stop both; skips where Debian's packages are missing."""
    need_programs(postfix="postfix", dovecot="dovecot-core")
    need_root("Postfix changes its user")
    with _folder() as folder:
        server = MailServer(
            folder=folder,
            submission_port=free_port(),
            tls_port=free_port(),
            imaps_port=free_port(),
            certificates=issue(folder),
        )
        _configure(server)
        with _dovecot(server), _postfix(server):
            yield server


@contextmanager
def _folder() -> Iterator[Path]:
    # Not pytest's: the servers' own users must be able to enter it, and socket paths are short.
    folder = Path(tempfile.mkdtemp(prefix="mail-"))
    folder.chmod(0o755)
    (folder / "etc").mkdir()
    for name, owner in OWNERS.items():
        (folder / name).mkdir()
        shutil.chown(folder / name, owner)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _configure(server: MailServer) -> None:
    values = {
        "folder": server.folder,
        "submission_port": server.submission_port,
        "tls_port": server.tls_port,
        "imaps_port": server.imaps_port,
        "certificate": server.certificates.certificate,
        "key": server.certificates.key,
        "user": USER,
        "password": PASSWORD,
        "bounces": BOUNCES_DOMAIN,
    }
    (server.folder / "etc" / "headers").touch()
    for source in CONFIGURATION.glob("*.cf"):
        text = Template(source.read_text()).substitute(values)
        (server.folder / "etc" / source.name).write_text(text)


@contextmanager
def _dovecot(server: MailServer) -> Iterator[None]:
    process = subprocess.Popen(
        ["dovecot", "-F", "-c", server.folder / "etc" / "dovecot.cf"], env=_environment()
    )
    try:
        wait_until(lambda: listens(server.imaps_port), "Dovecot answers")
        yield
    finally:
        stop(process)


@contextmanager
def _postfix(server: MailServer) -> Iterator[None]:
    command = ["postfix", "-c", str(server.folder / "etc")]
    subprocess.run([*command, "start"], check=True, capture_output=True, env=_environment())
    try:
        wait_until(lambda: listens(server.submission_port), "Postfix answers")
        yield
    finally:
        subprocess.run([*command, "abort"], check=True, capture_output=True, env=_environment())


def _environment() -> dict[str, str]:
    return os.environ | {"PATH": PROGRAM_PATH}
