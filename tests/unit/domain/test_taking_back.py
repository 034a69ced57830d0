"""What is decided when a change of the calendar is taken back."""

from scheduler.domain.calendar.changes import Change, ChangeKind, Decision, Laid, Says, Stand
from scheduler.domain.calendar.taking_back import taken_back, with_it
from tests.samples.changes import cancelled, created, decided, skipped
from tests.samples.changes import change as changed

NAME = "webinaire-2026-10-13"
ADDED = created(NAME, "2026-10-13T14:30")


def to(starts: str) -> Change:
    """The event, which is in no file, at another date."""
    return changed(
        ChangeKind.EVENT_MOVED, ADDED.facet, NAME, {**(ADDED.says or {}), "starts": starts}
    )


def laid(one: Decision, stand: Stand = Stand.OVER, file: Says | None = None) -> Laid:
    return Laid(decision=one, stand=stand, file=file)


FIRST, SECOND = to("2026-10-20T14:30"), to("2026-10-27T14:30")


def test_an_adding_and_any_change_of_a_file_are_taken_back_whole() -> None:
    added = decided(1, ADDED)
    hour = decided(2, skipped(NAME, "invitation", "-"))

    for one in (added, hour):
        assert taken_back(laid(one), [added, hour]) == _nothing_of(one.change)


def test_a_move_of_what_is_in_no_file_goes_back_one_date() -> None:
    ever = [decided(1, ADDED), decided(2, FIRST), decided(3, SECOND)]

    assert taken_back(laid(ever[2]), ever) == FIRST
    assert taken_back(laid(ever[1]), ever[:2]) == ADDED
    # Whatever order they are read in.
    assert taken_back(laid(ever[2]), ever[::-1]) == FIRST


def test_what_was_undone_itself_is_skipped() -> None:
    ever = [decided(1, ADDED), decided(2, FIRST), decided(3, SECOND), decided(4, FIRST)]

    assert taken_back(laid(ever[3]), ever) == ADDED


def test_what_was_said_twice_is_undone_once() -> None:
    ever = [decided(1, ADDED), decided(2, FIRST), decided(3, FIRST)]

    assert taken_back(laid(ever[2]), ever) == ADDED


def test_another_event_and_what_was_decided_later_are_not_its_dates() -> None:
    other = decided(1, created("autre", "2026-10-01T09:00"))
    ever = [other, decided(2, ADDED), decided(3, FIRST), decided(4, SECOND)]

    assert taken_back(laid(ever[2]), ever) == ADDED


def test_what_was_taken_away_and_added_anew_goes_back_no_further_than_that() -> None:
    gone = decided(2, _nothing_of(ADDED))
    ever = [decided(1, ADDED), gone, decided(3, FIRST)]

    assert taken_back(laid(ever[2]), ever) == _nothing_of(FIRST)


def test_once_a_file_has_the_event_its_word_stands() -> None:
    ever = [decided(1, ADDED), decided(2, FIRST)]

    for found in (
        laid(ever[1], file=ADDED.says),
        laid(ever[1], Stand.BEHIND, file=ADDED.says),
        laid(ever[1], Stand.IN_FILE, file=FIRST.says),
    ):
        assert taken_back(found, ever) == _nothing_of(FIRST)


def test_with_an_adding_goes_all_that_was_decided_of_the_event_and_nothing_else() -> None:
    away = _nothing_of(ADDED)
    off, skip = cancelled(NAME), skipped(NAME, "invitation", "-")
    standing = [
        decided(number, one) for number, one in enumerate((ADDED, off, skip, cancelled()), 1)
    ]

    assert with_it(away, standing, in_files=False) == [away, _nothing_of(off), _nothing_of(skip)]
    assert with_it(away, standing, in_files=True) == [away]
    assert with_it(_nothing_of(off), standing, in_files=False) == [_nothing_of(off)]
    assert with_it(FIRST, standing, in_files=False) == [FIRST]


def _nothing_of(one: Change) -> Change:
    return changed(one.kind, one.facet, one.campaign, None, episode=one.episode, season=one.season)
