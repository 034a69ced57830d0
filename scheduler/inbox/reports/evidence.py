"""Whether an address is dead: evidence of four kinds, each with its points in one table.

The words nearest to the recipient, the status, the reply code and the refused command; what they
are worth is in ``bounce_weights.txt`` alone.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scheduler.domain.values import frozen

_FILE = Path(__file__).parent / "bounce_weights.txt"
#: Statuses that only repeat that something failed.
_EMPTY = ("5.0.",)


@frozen
class Evidence:
    """What one refusal says, taken apart."""

    #: Our word for the reason that the nearest words give; empty for none.
    reason: str = ""
    #: How they say it: ``sentence``, ``one meaning``, or two words (empty).
    manner: str = ""
    status: str = ""
    reply_code: str = ""
    #: rcpt | echo | data | mail, or empty.
    command: str = ""


def is_dead(found: Evidence) -> bool:
    return points(found) >= int(weights()["dead"][""])


def points(found: Evidence) -> int:
    """What the evidence is worth, all of it."""
    return sum(of.values()) if (of := explained(found)) else 0


def explained(found: Evidence) -> Mapping[str, int]:
    """Each piece of it with its points."""
    table = weights()
    words = f"{found.reason}, {found.manner}" if found.manner else found.reason or "no words"
    by_words = table["words"].get(words, table["words"].get(found.reason))
    return {
        f"words: {words}": table["words"]["any other"] if by_words is None else by_words,
        f"status: {found.status or 'none'}": _by_beginning(table["status"], found.status),
        f"reply: {found.reply_code or 'none'}": _of_reply(table["reply"], found),
        f"command: {found.command or 'unknown'}": table["command"][found.command or "unknown"],
    }


def _of_reply(table: Mapping[str, int], found: Evidence) -> int:
    """A code that says it all counts always, the others where no status explains them."""
    code = found.reply_code
    if code.startswith("4") or code in table:
        always = code.startswith("4") or table[code] > 0
    else:
        always = False
    if not always and found.status and not found.status.startswith(_EMPTY):
        return 0
    return _by_beginning(table, code)


def _by_beginning(table: Mapping[str, int], value: str) -> int:
    fitting = [known for known in table if value.startswith(known)]
    return table[max(fitting, key=len)] if fitting else table["none"]


@cache
def weights() -> Mapping[str, Mapping[str, int]]:
    """The table, by heading and line; the one number of a heading without names stands at ''."""
    found: dict[str, dict[str, int]] = {}
    heading = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            heading = line.removeprefix("== ")
            found[heading] = {}
        elif line and not line.startswith("#"):
            name, _, number = line.rpartition(" ")
            found[heading][name.strip()] = int(number)
    return found
