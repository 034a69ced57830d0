"""Bugs planted on purpose: a simulation that can't find them proves nothing.

Each is a promise broken at one seam of the shipped code, for the time of a world.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.simulation.planted import (
    epoch_not_asked,
    intent_after_the_first_byte,
    journal_after_the_dot,
    lone_dot,
    opt_out_asked_once,
    outcome_lost_with_an_answer,
)

#: Puts something in the place of an attribute, until the world is over.
Put = Callable[[Any, str, Any], None]

PLANTED: Mapping[str, Callable[[Put], None]] = {
    "intent after the first byte": intent_after_the_first_byte.plant,
    "journal after the dot": journal_after_the_dot.plant,
    "lone dot": lone_dot.plant,
    "epoch not asked": epoch_not_asked.plant,
    "opt-out asked once": opt_out_asked_once.plant,
    "outcome lost with a commit's answer": outcome_lost_with_an_answer.plant,
}
