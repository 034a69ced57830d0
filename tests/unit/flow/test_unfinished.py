"""What somebody has to complete: undated, disabled, with blanks, or sent by no campaign."""

from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.unfinished import unfinished
from tests.worlds import CONFIG, write_config

EVENT = """
  webinaire:
    kind: event
    topic: events
    channels: [email]
    {more}
    episodes:
      invitation: {{message: evenements/webinaire/invitation, when: invitation}}
"""
FIGURE = """
  chiffre-cle:
    kind: on-demand
    topic: reminders
    {more}
    episodes:
      chiffre-cle:
        message: chiffre-cle
        values: {values}
"""
REFERENCE = (
    "\n        reference:"
    ' {url: "https://www.example.org/f", dated: 2026-03-01, valid_until: 2027-03-01}'
)
SOURCE = (
    "ce qu'il raconte n'a pas de source",
    "campaigns.chiffre-cle.episodes.chiffre-cle.reference",
)
VALUES = '{chiffre: "12", phrase: Une phrase., source: CERT Santé, date_source: mars 2026}'
WEBINAR = "evenements/webinaire/invitation"
DATED = (
    "starts: 2027-03-16T14:30\n    place: en ligne\n    values: {lien: https://www.example.org/w}"
)


def found(tmp_path: Path, campaigns: str) -> dict[str, list[tuple[str, str]]]:
    """By message: what is said and which key says it; of those of these campaigns."""
    config = write_config(tmp_path)
    config.write_text(CONFIG + campaigns, encoding="utf-8")
    told = unfinished(Agenda(load(config, {})))
    return {
        one.message: [(want.sentence, want.key) for want in one.wants]
        for one in told
        if one.campaign
    }


def test_an_event_without_a_date_is_to_be_completed(tmp_path: Path) -> None:
    assert found(tmp_path, EVENT.format(more="")) == {
        WEBINAR: [("son événement n'a pas encore de date", "campaigns.webinaire.starts")]
    }


def test_the_model_of_a_dated_event_is_not(tmp_path: Path) -> None:
    dated = EVENT.format(more=DATED).replace("webinaire:", "webinaire-2027:")

    assert found(tmp_path, dated + EVENT.format(more="")) == {}


@pytest.mark.parametrize(
    ("more", "values", "wants"),
    [
        (
            "enabled: false",
            "{}",
            [
                ("sa campagne est désactivée", "campaigns.chiffre-cle.enabled"),
                (
                    "des cases restent à remplir : chiffre, phrase, source, date_source",
                    "campaigns.chiffre-cle.episodes.chiffre-cle.values",
                ),
                SOURCE,
            ],
        ),
        (
            "enabled: false",
            VALUES,
            [("sa campagne est désactivée", "campaigns.chiffre-cle.enabled"), SOURCE],
        ),
        (
            "",
            "{}",
            [
                (
                    "des cases restent à remplir : chiffre, phrase, source, date_source",
                    "campaigns.chiffre-cle.episodes.chiffre-cle.values",
                ),
                SOURCE,
            ],
        ),
    ],
)
def test_what_is_disabled_or_has_blanks_is_named_with_its_key(
    tmp_path: Path, more: str, values: str, wants: list[tuple[str, str]]
) -> None:
    assert found(tmp_path, FIGURE.format(more=more, values=values)) == {"chiffre-cle": wants}


def test_what_is_filled_in_is_not(tmp_path: Path) -> None:
    assert found(tmp_path, FIGURE.format(more="", values=VALUES + REFERENCE)) == {}


def test_a_message_that_no_campaign_sends_comes_last(tmp_path: Path) -> None:
    config = write_config(tmp_path)

    told = unfinished(Agenda(load(config, {})))

    assert told
    assert {one.campaign for one in told} == {""}
    assert {want.sentence for one in told for want in one.wants} == {"aucune campagne ne l'envoie"}
