"""FAKES of outside parts: a relay that misbehaves by name, and a Twilio look-alike.

Each keeps its own ledger of what it accepted, which is the truth a test compares ours with.
Neither is Postfix nor Twilio: the real parts of the acceptance tests are in ``tests/parts``.
"""

from tests.fakes.piped_relay import PipedRelay
from tests.fakes.relay import (
    Accepted,
    FakeRelay,
    Fault,
    Moment,
    answers,
    drips,
    drops,
    floods,
    goes_silent,
    sends_a_huge_line,
)
from tests.fakes.slow_relay import BegunText, SlowRelay
from tests.fakes.twilio import Answer, FakeTwilio, sign

__all__ = [
    "Accepted",
    "Answer",
    "BegunText",
    "FakeRelay",
    "FakeTwilio",
    "Fault",
    "Moment",
    "PipedRelay",
    "SlowRelay",
    "answers",
    "drips",
    "drops",
    "floods",
    "goes_silent",
    "sends_a_huge_line",
    "sign",
]
