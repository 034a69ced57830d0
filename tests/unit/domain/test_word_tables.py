"""Every word that the ledger keeps has its French sentence, in the one table for it."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.answers.bounces import BounceKind
from scheduler.domain.answers.uncertain import Cause
from scheduler.domain.audit import AuditAct
from scheduler.domain.calendar.newcomers import Entry
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.consent.optout import Reason, Route, Scope
from scheduler.domain.delivery import LeftOut, OccurrenceState
from scheduler.domain.measure.typed import FigureKind
from scheduler.domain.people.sourced import Cause as SourceCause
from scheduler.domain.people.sourced import Outcome
from scheduler.domain.words import alarms as alarm_words
from scheduler.domain.words import audit as audit_words
from scheduler.domain.words import doubt as doubt_words
from scheduler.domain.words import figures as figure_words
from scheduler.domain.words import french
from scheduler.domain.words import newcomers as newcomer_words
from scheduler.domain.words import optouts as optout_words
from scheduler.domain.words import reasons as reason_words
from scheduler.domain.words import reports as report_words
from scheduler.domain.words import sourced as sourced_words
from scheduler.domain.words import states as state_words
from scheduler.domain.words import writing as writing_words
from scheduler.domain.writing.drafts import DraftState, NotTaken

TABLES: list[tuple[type[StrEnum], Mapping[StrEnum, str]]] = [
    (AlarmKind, alarm_words.SENTENCES),  # type: ignore[list-item]
    (AuditAct, audit_words.PHRASES),  # type: ignore[list-item]
    (LeftOut, reason_words.SENTENCES),  # type: ignore[list-item]
    (LeftOut, reason_words.SHORT),  # type: ignore[list-item]
    (Reason, optout_words.REASONS),  # type: ignore[list-item]
    (Route, optout_words.ROUTES),  # type: ignore[list-item]
    (Scope, optout_words.SCOPES),  # type: ignore[list-item]
    (OccurrenceState, state_words.SENTENCES),  # type: ignore[list-item]
    (BounceKind, report_words.KINDS),  # type: ignore[list-item]
    (Cause, doubt_words.CAUSES),  # type: ignore[list-item]
    (FigureKind, figure_words.FIGURE_WORDS),  # type: ignore[list-item]
    (Outcome, sourced_words.OUTCOMES),  # type: ignore[list-item]
    (SourceCause, sourced_words.CAUSES),  # type: ignore[list-item]
    (Entry, newcomer_words.ENTRIES),  # type: ignore[list-item]
    (DraftState, writing_words.STATES),  # type: ignore[list-item]
    (NotTaken, writing_words.WHY_NOT),  # type: ignore[list-item]
    (Basis, french.BASES),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("words", "table"), TABLES)
def test_a_table_names_every_word_and_nothing_else(
    words: type[StrEnum], table: Mapping[StrEnum, str]
) -> None:
    assert set(table) == set(words)
    assert all(table.values())


def test_a_word_of_a_later_version_is_shown_as_it_is() -> None:
    assert alarm_words.sentence("moon-full") == "moon-full"
    assert audit_words.phrase("moon-full") == "moon-full"
    assert reason_words.sentence("451 try later") == "451 try later"
    assert optout_words.route("pigeon") == "pigeon"
    assert report_words.kind("pigeon") == "retour"
    assert sourced_words.outcome("pigeon") == sourced_words.cause("pigeon") == "pigeon"
    assert newcomer_words.entry("pigeon") == "pigeon"
    assert french.basis_label("hearsay") == "hearsay"


def test_one_is_said_in_the_singular() -> None:
    for kind, plural in figure_words.FIGURE_WORDS.items():
        assert figure_words.counted(kind, 2) == plural
        assert (figure_words.counted(kind, 1) == plural) is (kind is FigureKind.OTHER)


def test_a_route_that_says_no_more_than_the_reason_is_not_said() -> None:
    assert optout_words.why("erased", "erasure") == "effacement"
    assert optout_words.why("opted-out", "sms") == "demande de la personne (réponse par SMS)"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ledger", "registre"),
        ("newcomers", "arrivants"),
        ("account Camille Moreau", "compte Camille Moreau"),
        ("reply 12", "réponse n°\u00a012"),
        ("staff", "Le personnel"),
        ("contact 4", "contact 4"),
        ("cybermois/annonce/2026", "cybermois/annonce/2026"),
        ("ledgers", "ledgers"),
    ],
)
def test_what_an_act_is_about_is_told_in_french(name: str, said: str) -> None:
    assert audit_words.subject(name, {"staff": "Le personnel"}) == said


@pytest.mark.parametrize("kept", ["Camille", "publié par Camille"])
def test_who_published_a_text_is_told_once_whatever_version_kept_it(kept: str) -> None:
    assert alarm_words.detail(AlarmKind.TEXT_BEHIND, kept) == "publié par Camille"
    assert alarm_words.detail(AlarmKind.SEND_FAILED, kept) == kept
