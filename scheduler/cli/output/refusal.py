"""What was refused at one address, printed: the facts, and by what they can be proved."""

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.cli.language import say, tr
from scheduler.cli.output import words
from scheduler.cli.output.moments import when
from scheduler.domain.people.person import Refusal

NOTHING = "nothing was ever refused at {address}, as far as this ledger knows."


def as_data(address: str, found: Sequence[Refusal], lines: Mapping[str, int]) -> dict[str, Any]:
    """``lines``: how many acts the opt-out journal has, by digest."""
    return {
        "address": address,
        "forgotten": bool(found) and all(one.forgotten for one in found),
        "refusals": [
            {
                "channel": one.channel,
                "scope": one.scope,
                "reason": one.reason,
                "route": one.route,
                "since": one.at,
                "lifted_at": one.lifted_at,
                "digest": one.digest,
                "key": one.key_id,
                "in_journal": lines.get(one.digest, 0),
            }
            for one in found
        ],
    }


def print_refusals(address: str, found: Sequence[Refusal], lines: Mapping[str, int]) -> None:
    from scheduler.cli.output.printing import print_table

    if not found:
        say(NOTHING.format(address=address))
        return
    print_table(
        ("Since", "Channel", "Scope", "Reason", "Route", "Lifted"),
        [
            (
                when(one.at, seconds=True),
                words.channel(one.channel),
                words.scope(one.scope),
                words.reason(one.reason),
                words.route(one.route),
                when(one.lifted_at, seconds=True) if one.lifted_at else tr("holds"),
            )
            for one in found
        ],
    )
    if all(one.forgotten for one in found):
        say("The address itself is erased: only its digest is left.")
    for digest, key in dict.fromkeys((one.digest, one.key_id) for one in found):
        say(
            f"Proof: {address} has the keyed digest {digest} (key {key}), which these rows hang "
            f"on; the opt-out journal holds {lines.get(digest, 0)} act(s) of it."
        )
