"""What is told of alarms, campaigns, refusals and lengths of time, in French and in English."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.answers.arrivals import Arrival, told
from scheduler.domain.calendar.campaigns import CampaignKind, People
from scheduler.domain.calendar.seasons import is_in
from scheduler.domain.consent.grounds import transfer
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.drawings import WITHIN_THE_HOUR, may_draw
from scheduler.domain.errors import AddressRefused
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.message import AddressKind, MessageClass
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.showing.complaint import Complaint, Written, sort_out
from scheduler.domain.trials import own_address
from scheduler.domain.words.alarms import detail, english_detail
from scheduler.domain.words.campaigns import campaign_words
from scheduler.domain.words.complaint import Page
from scheduler.domain.words.french import french_duration

NOW = datetime(2026, 10, 6, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "kept", "french", "english"),
    [
        (AlarmKind.CALENDAR_BEHIND, "Camille", "décidé par Camille", "decided by Camille"),
        (AlarmKind.TEXT_BEHIND, "publié par Camille", "publié par Camille", "published by Camille"),
        (AlarmKind.CALENDAR_BEHIND, "", "", ""),
        (AlarmKind.TEXT_BEHIND, "", "", ""),
        (AlarmKind.NEWCOMERS_HELD, "beaucoup", "beaucoup", "beaucoup"),
    ],
)
def test_an_alarm_says_who_did_what_it_is_about(
    kind: AlarmKind, kept: str, french: str, english: str
) -> None:
    assert detail(kind, kept) == french
    assert english_detail(kind, kept) == english


@pytest.mark.parametrize("kept", ["12 of 40", "12 nouveaux arrivants sur 40"])
def test_newcomers_are_counted_in_the_readers_language(kept: str) -> None:
    assert "12 nouveaux arrivants sur 40 personnes" in detail(AlarmKind.NEWCOMERS_HELD, kept)
    assert "12 newcomers among 40 people" in english_detail(AlarmKind.NEWCOMERS_HELD, kept)


@pytest.mark.parametrize(
    ("others", "told"),
    [(0, "»"), (1, "» et 1 autre message"), (5, "» et 5 autres messages")],
)
def test_a_campaign_is_called_by_its_first_message(others: int, told: str) -> None:
    words = campaign_words(CampaignKind.SERIES, "Un mois", others)

    assert words == f"Série «\u00a0Un mois\u00a0{told}"


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=90), "1 heure 30"),
        (timedelta(hours=2), "2 heures"),
        (timedelta(hours=24), "1 jour"),
        (timedelta(hours=25), "2 jours"),
    ],
)
def test_a_length_of_time_is_said_by_its_largest_unit(length: timedelta, told: str) -> None:
    assert french_duration(length) == told


def test_of_what_arrived_nothing_is_told_where_nobody_ever_said() -> None:
    assert told({Arrival.UNKNOWN: 12}) == []
    assert told({Arrival.DELIVERED: 3, Arrival.UNKNOWN: 12}) == [
        (Arrival.DELIVERED, 3),
        (Arrival.UNKNOWN, 12),
    ]


def test_what_leaves_the_union_is_told_in_each_language() -> None:
    assert "aux États-Unis\u00a0: votre numéro" in transfer(True, "fr")
    assert transfer(True, "fr-falc").splitlines()[1] == "Elle est aux États-Unis."
    assert "in the United States" in transfer(True, "en")
    assert transfer(False, "en") == ""


def occurrence(campaign: str, season: str) -> OccurrenceRow:
    return OccurrenceRow(
        occurrence_id=OccurrenceId(1),
        campaign=campaign,
        episode="un",
        season=season,
        date=date(2026, 10, 4),
        state=OccurrenceState.FINISHED,
    )


@pytest.mark.parametrize(
    ("season", "belongs"), [("2026", True), ("2026-11", True), ("", True), ("2025", False)]
)
def test_a_year_holds_its_months_and_what_was_dated_in_it(season: str, belongs: bool) -> None:
    assert is_in(occurrence("cybermois", season), "cybermois", "2026") is belongs
    assert not is_in(occurrence("rappels", season), "cybermois", "2026")


def written(state: DeliveryState) -> Written:
    return Written(
        occurrence="cybermois/un/2026-10-04",
        title="Essai",
        channel="email",
        topic="october",
        state=state,
        reason="",
        at=NOW,
    )


def test_what_never_left_is_not_told_as_a_message() -> None:
    sent = written(DeliveryState.SENT)

    found = sort_out([], [written(DeliveryState.WAITING), sent, written(DeliveryState.FAILED)])

    assert [*found.before, *found.despite, *found.outside, *found.kept_back] == [sent]


@pytest.mark.parametrize(("waiting", "said"), [(2, True), (0, False)])
def test_a_complaint_is_told_what_may_still_leave(waiting: int, said: bool) -> None:
    complaint = Complaint(
        address="p***@e***.org",
        digest="ab",
        refusals=[],
        messages=sort_out([], []),
        waiting=waiting,
        journal={},
        audit_head="",
        now=NOW,
    )

    proofs = " ".join(dict(Page(complaint, "CH", "Europe/Paris").sections())["Comment le vérifier"])

    assert (f"Envois en attente : {waiting}" in proofs) is said


def test_nothing_is_drawn_where_somebody_reads_in_fear() -> None:
    assert not may_draw("fuite-de-donnees", MessageClass.AWARENESS, People.STAFF)
    assert not may_draw("reperes/care", MessageClass.SERVICE, People.STAFF)
    assert may_draw(WITHIN_THE_HOUR, MessageClass.AWARENESS, People.STAFF)
    assert not may_draw(WITHIN_THE_HOUR, MessageClass.AWARENESS, People.PATIENTS)


def test_a_trial_goes_to_an_address_or_a_number_of_ones_own() -> None:
    assert own_address(" ana@example.org ") == (AddressKind.EMAIL, "ana@example.org")
    assert own_address("06 39 98 00 01") == (AddressKind.PHONE, "+33639980001")
    with pytest.raises(AddressRefused):
        own_address("Ana")
