"""A reader of two reports, a day apart, who knows every rule and subtracts, finds no person.

For each table of the report: what may lie behind the figures shown is worked out by trying every
count there may be. No count is ever pinned down; and where a single person has acted between two
reports, what is seen of it could as well be several.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import pytest

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.calendar.campaigns import Audience, People
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import ContentId
from scheduler.domain.quizzes.showing import results, told
from scheduler.domain.showing.amounts import added, share
from scheduler.domain.showing.report import ReceivedText
from scheduler.domain.showing.small_numbers import EXACT, LEAST, ROUNDED, STEP, Shown, Veil
from scheduler.domain.words.season import TABLES
from scheduler.flow.showing.figures import Line, sent_of_texts, shown_lines
from scheduler.flow.showing.season_facts import Reach

Counts = tuple[int, ...]
#: Whatever is behind is one of these; the highest are left out of what is asked, for their step
#: goes on beyond.
MOST = 27
ASKED = MOST - 2 * STEP
PRICE = 741


def of_a_line(counts: Counts) -> Hashable:
    """Sent, and left out for two reasons: « Message par message », « Par public », « Pourquoi »."""
    sent, one, other = counts
    line = Line(occurrence="", audience="", channel="email", territory="")
    line.states = {DeliveryState.SENT: sent, DeliveryState.LEFT_OUT: one + other}
    line.left_out = {"opted-out": one, "no-address": other}
    (shown,) = shown_lines([line], ROUNDED)
    return (shown.planned, *shown.states.values(), shown.left_out, *shown.reasons.values())


def of_arrivals(counts: Counts) -> Hashable:
    line = Line(occurrence="", audience="", channel="email", territory="")
    line.states = {DeliveryState.SENT: sum(counts)}
    line.arrivals = dict(zip(Arrival, counts, strict=True))
    (shown,) = shown_lines([line], ROUNDED)
    return (shown.of(DeliveryState.SENT), *shown.arrivals.values())


def of_costs(counts: Counts) -> Hashable:
    """SMS of one part, and of two."""
    one, two = counts
    line = Line(occurrence="", audience="", channel="sms", territory="")
    line.states = {DeliveryState.SENT: one + two}
    line.segments = one + 2 * two
    line.cost = PRICE * line.segments
    (shown,) = shown_lines([line], ROUNDED)
    return (shown.of(DeliveryState.SENT), shown.segments, shown.cost)


def of_coverage(counts: Counts) -> Hashable:
    parts = ROUNDED.whole(dict(zip(Reach, counts, strict=True))).parts
    others = added((parts[Reach.NONE], parts[Reach.SOME]), exact=False).shown
    return (*parts.values(), share(parts[Reach.MOST], others, exact=False))


def of_weeks(counts: Counts) -> Hashable:
    return tuple(ROUNDED.split(dict(enumerate(counts))).values())


def of_a_question(counts: Counts) -> Hashable:
    question = told(dict(zip("abc", counts, strict=False)), "a", ROUNDED)
    came_to = results([question], ROUNDED)
    return (question.total, *question.parts.items(), question.right, came_to.answers, came_to.right)


def of_two_questions(counts: Counts) -> Hashable:
    """What a quiz comes to in the report's line, and in the recap, beside its questions."""
    both = [
        told(dict(zip("ab", some, strict=True)), "a", ROUNDED) for some in (counts[:2], counts[2:])
    ]
    came_to = results(both, ROUNDED)
    own = tuple((one.total, *one.parts.items(), one.right) for one in both)
    return (*own, came_to.answers, came_to.right)


def of_figures(counts: Counts) -> Hashable:
    return tuple(map(ROUNDED.of, counts))


#: How a kind of figure is shown, of how many counts, and which tables have it.
KINDS: Mapping[str, tuple[Callable[[Counts], Hashable], int, Sequence[str]]] = {
    "line": (of_a_line, 3, ("episodes", "audiences", "territories", "left_out")),
    "arrivals": (of_arrivals, 3, ("undelivered",)),
    "costs": (of_costs, 2, ("episodes", "audiences")),
    "coverage": (of_coverage, 3, ("coverage",)),
    "weeks": (of_weeks, 3, ("opt_outs",)),
    "a question": (of_a_question, 2, ("quizzes",)),
    "a question of three": (of_a_question, 3, ("quizzes",)),
    "a figure": (of_figures, 1, ("reactions", "reported", "typed")),
}
#: Sums and comparisons of the figures above, or none of people at all.
OF_OTHERS = {"years", "dates", "texts", "approvals", "passes"}


def behind(
    shown: Callable[[Counts], Hashable], width: int, most: int
) -> dict[Hashable, list[Counts]]:
    """Every way of counting, by what is shown of it."""
    found: dict[Hashable, list[Counts]] = defaultdict(list)
    for counts in product(range(most), repeat=width):
        found[shown(counts)].append(counts)
    return found


def whole(groups: Mapping[Hashable, list[Counts]], asked: int) -> Iterator[list[Counts]]:
    """Those that don't go on beyond what was tried."""
    for group in groups.values():
        if all(count < asked for counts in group for count in counts):
            yield group


def test_every_table_of_the_report_is_tried() -> None:
    tried = {table for _, _, tables in KINDS.values() for table in tables}

    assert tried | OF_OTHERS == set(TABLES)
    assert not tried & OF_OTHERS


@pytest.mark.parametrize("kind", KINDS)
def test_no_count_is_pinned_down_by_one_report(kind: str) -> None:
    shown, width, _ = KINDS[kind]
    tried = 0
    for group in whole(behind(shown, width, MOST), ASKED + STEP):
        for place in range(width):
            values = {counts[place] for counts in group}
            assert values == {0} or len(values) > 1, (group[0], place)
            tried += 1

    assert tried


@pytest.mark.parametrize("kind", KINDS)
def test_a_person_who_acts_between_two_reports_could_as_well_be_several(kind: str) -> None:
    shown, width, _ = KINDS[kind]
    groups = behind(shown, width, MOST)
    seen: set[tuple[Hashable, Hashable]] = set()
    for before in product(range(ASKED), repeat=width):
        for place in range(width):
            after = tuple(count + (at == place) for at, count in enumerate(before))
            pair = shown(before), shown(after)
            if pair[0] == pair[1] or pair in seen:
                continue
            seen.add(pair)
            assert several(groups[pair[0]], groups[pair[1]]), (before, after)

    assert seen


def several(earlier: Sequence[Counts], later: Sequence[Counts]) -> bool:
    """Whether more than one may have acted; of what only grows."""
    for before in earlier:
        for after in reversed(later):
            grown = [new - old for old, new in zip(before, after, strict=True)]
            if min(grown) >= 0 and sum(grown) > 1:
                return True
    return False


def test_two_questions_of_a_quiz_tell_no_more_than_each() -> None:
    for group in whole(behind(of_two_questions, 4, 16), LEAST + STEP):
        for place in range(4):
            values = {counts[place] for counts in group}
            assert values == {0} or len(values) > 1, (group[0], place)


@pytest.mark.parametrize("count", range(1, 2 * LEAST))
def test_a_small_group_of_one_mind_is_not_told_what_it_answered(count: int) -> None:
    shown: Shown = told({"a": count, "b": 0}, "a", ROUNDED).parts.get("a", 0)

    assert shown == 0
    assert told({"a": count, "b": 0}, "a", ROUNDED).right is None


def test_a_line_that_is_kept_back_names_its_states_and_no_figure() -> None:
    line = Line(occurrence="", audience="", channel="sms", territory="")
    line.states = {DeliveryState.SENT: 40, DeliveryState.LEFT_OUT: 12}
    line.left_out = {"opted-out": 12}
    line.arrivals = {Arrival.DELIVERED: 40}
    line.kept_back = True

    (shown,) = shown_lines([line], ROUNDED)
    (exact,) = shown_lines([line], EXACT)

    assert shown.states == {DeliveryState.SENT: Veil.HIDDEN}
    assert shown.reasons == {"opted-out": Veil.HIDDEN}
    figures = {shown.planned, shown.left_out, shown.segments, shown.cost}
    assert figures | {*shown.arrivals.values()} == {Veil.HIDDEN}
    # Invented people have nothing to hide.
    assert (exact.of(DeliveryState.SENT), exact.left_out) == (40, 12)


def test_who_of_a_service_got_which_text_is_told_of_no_sms() -> None:
    staff = Audience(
        name="staff", label="", source="staff", key="", channels={}, people=People.STAFF
    )
    service = replace(staff, name="urgences", rule={"service": ["urgences"]})

    def text(number: int, channel: str, audience: str) -> ReceivedText:
        return ReceivedText(
            content_id=ContentId(number),
            channel=channel,
            audience=audience,
            variant="fr",
            revision=0,
            fingerprint="",
            sent=20,
        )

    texts = [text(1, "sms", "urgences"), text(2, "email", "urgences"), text(3, "sms", "staff")]

    found = sent_of_texts(texts, {one.name: one for one in (staff, service)}, ROUNDED)
    assert found == {1: Veil.HIDDEN, 2: 20, 3: 20}
