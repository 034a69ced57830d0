"""Who may decide on a draft, and what is kept of what colleagues say of a text."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.writing.comments import MOST_A_DAY, NotSaid, why_not_said, words_of
from scheduler.domain.writing.drafts import Draft, DraftState, NotTaken, why_not
from scheduler.domain.writing.edits import fingerprint

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
READ = fingerprint("Bonjour.")


def draft(state: DraftState = DraftState.PROPOSED, by: str = "", owner: str = "Camille") -> Draft:
    return Draft(
        id=1,
        path="essai/email.fr.md",
        owner=owner,
        content="Bonjour.",
        over=0,
        seen="",
        version=1,
        state=state,
        begun_at=NOW,
        saved_at=NOW,
        by=by,
    )


def test_a_second_person_decides_on_what_they_read() -> None:
    assert why_not(draft(), READ, "Dominique") is None


@pytest.mark.parametrize(
    ("one", "read", "by", "why"),
    [
        (None, READ, "Dominique", NotTaken.GONE),
        (draft(DraftState.WRITTEN), READ, "Dominique", NotTaken.GONE),
        (draft(DraftState.REFUSED), READ, "Dominique", NotTaken.GONE),
        (draft(), fingerprint("Bonsoir."), "Dominique", NotTaken.CHANGED),
        (draft(), READ, " ", NotTaken.NAMELESS),
        (draft(), READ, "camille", NotTaken.SAME_PERSON),
        (draft(by="Dominique"), READ, "Dominique", NotTaken.SAME_PERSON),
        (draft(by="Dominique", owner=""), READ, "Dominique", NotTaken.SAME_PERSON),
    ],
)
def test_nobody_decides_on_their_own_text_or_on_another(
    one: Draft | None, read: str, by: str, why: NotTaken
) -> None:
    assert why_not(one, read, by) is why


def test_somebody_writes_until_they_propose_or_have_long_been_away() -> None:
    written = draft(DraftState.WRITTEN)

    assert written.is_being_written(NOW + timedelta(hours=11))
    assert not written.is_being_written(NOW + timedelta(hours=12))
    assert not draft().is_being_written(NOW)


def test_a_comment_has_words_a_name_and_its_place_in_a_day() -> None:
    assert why_not_said("À relire.", "Camille", 0) is None
    assert why_not_said("À relire.", "", 0) is NotSaid.NAMELESS
    assert why_not_said(words_of(" \r\n "), "Camille", 0) is NotSaid.EMPTY
    assert why_not_said("À relire.", "Camille", MOST_A_DAY) is NotSaid.TOO_MANY
