"""A narrow no isn't leaving; a mistake or a death of one's own closes nobody's number."""

import json
from collections.abc import Collection
from pathlib import Path

import pytest

from scheduler.domain.hearing.deciding import hear
from scheduler.domain.hearing.kinds import ReplyKind

TEXTS = json.loads(
    (Path(__file__).parents[2] / "samples" / "sms_replies" / "narrow.json").read_text(
        encoding="utf-8"
    )
)
READ = (ReplyKind.OTHER, ReplyKind.DOUBT)
#: Service messages go on, and a person reads.
SHOWN = (ReplyKind.DOUBT, ReplyKind.LEAVES_SERIES)
ENDS = {
    "stays": (*READ, ReplyKind.LEAVES_SERIES),
    "leaves": (ReplyKind.OPT_OUT, ReplyKind.LEAVES_SERIES),
    "own_affair": READ,
    "wrong_number": (ReplyKind.WRONG_PERSON,),
    "holder_died": (ReplyKind.DECEASED,),
}


@pytest.mark.parametrize(
    ("text", "ends"), [(text, ENDS[kind]) for kind, texts in TEXTS.items() for text in texts]
)
def test_what_is_meant_is_heard(text: str, ends: Collection[ReplyKind]) -> None:
    assert hear(text).kind in ends


@pytest.mark.parametrize(
    "text",
    [
        "N’envoyez pas l’ambulance",
        "ne m’oubliez pas pour demain",
        "je me trompe de numéro ? je cherche la radiologie",
        "décès de ma grand mère : je dois reporter mon rdv",
        "Mon père décédé avait rdv avec vous l’an dernier",
    ],
)
def test_whoever_speaks_of_their_own_care_waits_for_somebody(text: str) -> None:
    heard = hear(text)

    assert heard.kind in (ReplyKind.OTHER, ReplyKind.DOUBT)
    assert heard.expects


def test_what_a_refusal_names_and_nothing_knows_is_held() -> None:
    assert hear("ne m’envoyez plus de bidules").kind in SHOWN


@pytest.mark.parametrize("beside", ["stop", "arrêtez vos sms", "plus de messages svp"])
def test_an_order_beside_a_narrow_refusal_counts(beside: str) -> None:
    assert hear(f"ne m’appelez pas demain, {beside}").kind in ENDS["leaves"]
