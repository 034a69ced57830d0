"""The other process, in which an unknown text is composed for the first time.

    python -I -m scheduler.content.proving_child

One JSON object a line comes in (``to_json`` of a content), one goes out: ``{"by": …}``, the program
that composed it, else what is wrong. It is given no environment, no setting and no contact:
whatever a text could get at here is worth nothing. The kernel holds it to its memory and its
processor time.
"""

import json
import resource
import select
import sys
from datetime import UTC, datetime
from typing import Any

from scheduler.content import judging_code
from scheduler.content.composing.compose import EmailComposer, EmailRecipient, SmsComposer
from scheduler.content.composing.content import Content
from scheduler.content.fields import ESTABLISHMENT
from scheduler.content.sms import SmsSuffix
from scheduler.domain.errors import ContentError
from scheduler.domain.organisation import EmailSender, Links, Organisation, Support

#: Seconds of processor time for one text; a long one needs less than a tenth of one.
CPU_SECONDS = 4
#: Bytes of address space; composing a shipped text needs a tenth of it.
MEMORY = 512 * 1024 * 1024
#: Bytes of one message.
MOST = 1_000_000
#: Seconds without a text after which the process ends; the next text starts another.
IDLE = 30

#: Nobody's: what is composed here goes nowhere.
_ORGANISATION = Organisation(
    name="Organisation",
    address="1 rue de l’Exemple, 00000 Exemple",
    contact="contact@example.org",
    dpo="dpo@example.org",
    site="https://www.example.org",
    privacy_url="https://www.example.org/confidentialite",
)
_LINKS = Links(public_url="https://cyber.example.org", short_url="https://sms.example.org")
_SENDER = EmailSender(
    sender="Organisation <contact@example.org>",
    reply_to="contact@example.org",
    return_path_domain="retour.example.org",
)
_LONG = "x" * 120
#: Nobody to call where no field is filled, somebody elsewhere.
_SUPPORT = Support(by_establishment=((_LONG, _LONG),))
_SUFFIX = SmsSuffix.of("EXEMPLE", _LINKS.short_url)


def compose(content: Content) -> None:
    """Compose and fill ``content``, without and with a reader's fields.

    Raises ContentError when it can't be done, or gives more than a message holds.
    """
    if not content.is_letter:
        sms = SmsComposer(content, _SUFFIX, support=_SUPPORT)
        for value in ("", _LONG):
            sms.fill("A7K2Q9XB", establishment=value)
        return
    composer = EmailComposer(
        content,
        _SENDER,
        _ORGANISATION,
        _LINKS,
        campaign="essai",
        grounds="Motif.",
        support=_SUPPORT,
    )
    for value in ("", _LONG):
        fields = dict.fromkeys((*content.field_names, ESTABLISHMENT), value)
        if len(composer.fill(_reader(fields))) > MOST:
            raise ContentError(
                where=content.where,
                what=f"le courriel fait plus de {MOST // 1000} ko",
                remedy="raccourcissez-le",
            )


def main() -> None:
    """Serve until the other end closes, or nothing comes for a while."""
    hold_to_limits(MEMORY)
    judging_code.digest()  # of the files that were just imported, not of those of an hour from now
    while select.select([sys.stdin], [], [], IDLE)[0] and (line := sys.stdin.readline()):
        new_time()
        sys.stdout.write(json.dumps(_answer(line)) + "\n")
        sys.stdout.flush()


def _answer(line: str) -> dict[str, Any]:
    try:
        compose(Content.from_json(line))
    except ContentError as error:
        fault = error.fault
        return {"what": fault.what, "remedy": fault.remedy, "line": fault.line}
    except (MemoryError, RecursionError):
        return {"what": "le texte demande trop de mémoire", "remedy": "simplifiez-le", "line": None}
    return {"by": judging_code.digest()}


def hold_to_limits(memory: int) -> None:
    """Of this process: bytes of memory, no core, no file."""
    _hold(resource.RLIMIT_AS, memory)
    _hold(resource.RLIMIT_CORE, 0)
    _hold(resource.RLIMIT_FSIZE, 0)


def _hold(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def new_time() -> None:
    """Processor time is counted from the process's start: move its end for each text."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (end, most))


def _reader(fields: dict[str, str]) -> EmailRecipient:
    return EmailRecipient(
        to="lecteur@example.org",
        fields=fields,
        optout_url=_LINKS.optout("jeton"),
        optout_mailto="desinscription+jeton@retour.example.org",
        message_id="essai@example.org",
        date=datetime(2026, 10, 4, tzinfo=UTC),
    )


if __name__ == "__main__":
    main()
