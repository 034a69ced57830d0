"""The number to call, from config.yaml to what each reader gets."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.content.rules.table import RULES
from scheduler.domain.checking.findings import Finding, Hold, Severity
from scheduler.domain.drawings import WITHIN_THE_HOUR
from scheduler.domain.errors import ConfigError
from tests.checking_world import beside, judged_here
from tests.flow_world import (
    MESSAGES,
    STAFF_FILE,
    World,
    open_world,
    write_installation,
)
from tests.samples.content import FOOTER, part, read
from tests.worlds import import_people

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
#: The first Sunday of October at ten, and the Monday on which its SMS leave.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
DPO = "  dpo: dpo@example.org\n"
CALLS = (
    "  support:\n    default: poste 4242, jour et nuit\n"
    "    by: {etablissement: {Site Nord: poste 5252}}\n  help: 06 39 98 00 00, de 9 h à 17 h\n"
)
SAYS = """\
{% if assistance %}
A {{ assistance }}.
{% endif %}
{% if aide_patients %}

B {{ aide_patients }}.
{% endif %}
"""
TEXTS = {
    "essai/email.fr.md": MESSAGES["essai/email.fr.md"] + "\n" + SAYS,
    "essai/sms.fr.txt": "Essai.{% if assistance %} A {{ assistance }}{% endif %}"
    "{% if aide_patients %} B {{ aide_patients }}{% endif %}",
}
STAFF = STAFF_FILE.replace("fields: {", "fields: {etablissement: {label: Lieu, segment: true}, ")
HOUR = {
    f"{WITHIN_THE_HOUR}/message.yaml": MESSAGES["essai/message.yaml"],
    f"{WITHIN_THE_HOUR}/email.fr.md": MESSAGES["essai/email.fr.md"],
    f"{WITHIN_THE_HOUR}/sms.fr.txt": "Essai.",
}
PEOPLE = (
    "matricule;prenom;email;telephone;etablissement;consent_sms_date;consent_sms_how;"
    "consent_sms_wording\n"
    "A1;Léa;lea@example.org;+33639980001;Site Nord;2026-01-15;papier;Oui\n"
    "A2;Max;max@example.org;+33639980002;;2026-01-15;papier;Oui\n"
)
USERS = (
    "reference;prenom;email;telephone;consent_date;consent_how;consent_wording\n"
    "R1;Ana;ana@example.org;+33639980011;2026-01-15;papier;Oui\n"
)


async def test_each_reader_is_told_their_own_number_and_patients_never_staffs(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, messages=TEXTS, audiences={"staff": STAFF}) as world:
        _set(world.config)
        world.read_again()
        await _people(world)

        await world.at(SUNDAY)
        await world.at(datetime(2026, 10, 5, 8, tzinfo=UTC))

        told = {
            one.to: part(read(one.body), "plain").partition("----")[0]
            for one in world.email.accepted
        }
        texted = {one.to: one.body.decode() for one in world.sms.accepted}

    assert "A poste 5252." in told["lea@example.org"]
    assert "A poste 4242, jour et nuit." in told["max@example.org"]
    assert "A poste" not in told["ana@example.org"]
    assert all("B 06 39 98 00 00, de 9 h à 17 h." in text for text in told.values())
    assert "A poste 5252" in texted["+33639980001"]
    assert "A poste 4242, jour et nuit" in texted["+33639980002"]
    assert "A poste" not in texted["+33639980011"]


async def test_a_reader_of_english_is_told_in_english(tmp_path: Path) -> None:
    english = {
        "essai/email.en.md": TEXTS["essai/email.fr.md"]
        .replace("Bonjour", "Hello")
        .replace("Un essai.", "Just a trial of ours."),
        "essai/sms.en.txt": TEXTS["essai/sms.fr.txt"].replace("Essai", "Trial"),
        "_snippets/pied.en.md": FOOTER,
    }
    people = PEOPLE.replace("A1;", "A1;en;", 1).replace("A2;", "A2;en;", 1)
    async with open_world(
        tmp_path, messages={**TEXTS, **english}, audiences={"staff": STAFF}
    ) as world:
        _set(world.config, CALLS + "  en: {support: {default: 'extension 4242, day and night'}}\n")
        world.read_again()
        await import_people(
            world.app, "staff", people.replace("matricule;", "matricule;langue;", 1)
        )

        await world.at(SUNDAY)
        await world.at(datetime(2026, 10, 5, 8, tzinfo=UTC))

        told = {one.to: part(read(one.body), "plain") for one in world.email.accepted}
        texted = {one.to: one.body.decode() for one in world.sms.accepted}

    assert "A 5252." in told["lea@example.org"]
    assert "A extension 4242, day and night." in told["max@example.org"]
    assert all("B 06 39 98 00 00." in text for text in told.values())
    assert "A 5252" in texted["+33639980001"]
    assert "A extension 4242, day and night B 06 39 98 00 00" in texted["+33639980002"]


def test_check_advises_a_line_in_english_where_texts_are(tmp_path: Path) -> None:
    text = MESSAGES["essai/email.fr.md"].replace("Bonjour", "Hello")
    config = write_installation(
        tmp_path, messages={"essai/email.en.md": text}, audiences={"staff": STAFF}
    )
    _set(config)

    found = _beside(config)
    _set(config, "  en: {support: {default: extension 4242}, help: weekdays}\n")

    assert [one.message.partition(" ")[0] for one in found] == [
        "organisation.support",
        "organisation.help",
    ]
    assert "ne lira que 4242" in found[0].message
    assert _beside(config) == []


def test_a_line_that_stays_whole_is_said_to_be_in_french(tmp_path: Path) -> None:
    """Two numbers: none of them alone would be right."""
    config = write_installation(
        tmp_path,
        messages={"essai/email.en.md": MESSAGES["essai/email.fr.md"].replace("Bonjour", "Hello")},
        audiences={"staff": STAFF},
    )
    _set(config, CALLS.replace("poste 4242, jour et nuit", "4242 le jour, 5252 la nuit"))

    support, _ = _beside(config)

    assert "lira « 4242 le jour, 5252 la nuit » tel quel, en français" in support.message


def test_an_english_text_is_read_with_the_line_that_its_readers_are_told(tmp_path: Path) -> None:
    english = {
        "essai/email.en.md": "---\nsubject: A trial\npreheader: A line to be read in a moment\n"
        "---\n\n# Hello\n\nCall us: {{ aide_patients }}.\n",
        "_snippets/pied.en.md": FOOTER,
    }
    config = write_installation(tmp_path, messages=english, audiences={"staff": STAFF})
    called = "  help: il faut appeler lundi la ligne du service des usagers, 06 39 98 00 00\n"

    _set(config, called)
    told = _rules(config)

    assert told.isdisjoint({"day", "day-in-text", "other-language"})


async def test_a_number_that_changes_is_told_by_texts_planned_before(tmp_path: Path) -> None:
    async with open_world(tmp_path, messages=TEXTS, audiences={"staff": STAFF}) as world:
        await _people(world)
        await world.look(SUNDAY)

        _set(world.config)
        world.read_again()
        await world.send(SUNDAY)

        texts = [part(read(one.body), "plain") for one in world.email.accepted]

    assert len([text for text in texts if "A poste" in text]) == 2


def test_check_advises_to_set_what_is_missing(tmp_path: Path) -> None:
    found = _beside(write_installation(tmp_path))

    assert [one.message.partition(" ")[0] for one in found] == [
        "organisation.support",
        "organisation.help",
    ]
    assert {one.severity for one in found} == {Severity.WARNING}
    assert {one.file for one in found} == {"config.yaml"}
    assert all(one.line for one in found)


def test_check_is_silent_once_both_are_set(tmp_path: Path) -> None:
    config = write_installation(tmp_path, audiences={"staff": STAFF})
    _set(config)

    assert _beside(config) == []


def test_the_shipped_example_is_no_number_once_messages_leave(tmp_path: Path) -> None:
    config = write_installation(tmp_path, audiences={"staff": STAFF})
    _set(config)
    real = {
        "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
        "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
    }

    found = _beside(config, real)

    assert [one.message.partition(" ")[0] for one in found] == [
        "organisation.support",
        "organisation.help",
    ]
    assert all("exemple livré" in one.message for one in found)


def test_lines_by_a_field_that_no_file_has_are_told(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    _set(config)

    (found,) = _beside(config)

    assert "champ etablissement" in found.message


@pytest.mark.parametrize(
    ("provider", "text", "told"),
    [
        ("outbox", "", False),
        ("outbox", "{% if assistance %}{{ assistance }}{% endif %}", False),
        ("outbox", "Appelez {{ assistance }}.", True),
        ("smtp", "", True),
    ],
)
def test_within_the_hour_asks_for_a_number(
    tmp_path: Path, provider: str, text: str, told: bool
) -> None:
    path = f"{WITHIN_THE_HOUR}/email.fr.md"
    config = write_installation(tmp_path, messages={**HOUR, path: HOUR[path] + "\n" + text + "\n"})
    environment = {
        "REFLEXE_CHANNELS__EMAIL__PROVIDER": provider,
        "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
    }

    found = judged_here(config, WITHIN_THE_HOUR, environment)

    advice = [one for one in found if "dans l'heure" in one.message]
    assert bool(advice) is told
    assert {one.hold for one in advice} <= {Hold.NO}
    assert all("ce sera une faute" in one.message for one in advice)


def test_a_number_takes_its_room_in_an_sms(tmp_path: Path) -> None:
    text = "Un SMS dont la place est mesuree au plus juste. " * 2 + "{{ assistance|default('x') }}"
    config = write_installation(
        tmp_path, messages={"essai/sms.fr.txt": text}, audiences={"staff": STAFF}
    )
    before = _rules(config)
    _set(config, CALLS.replace("poste 5252", '"poste 5252, de 8 h à 18 h, ou l’astreinte"'))

    assert "sms-length" not in before
    assert "sms-length" in _rules(config)


@pytest.mark.parametrize("line", ["[4242]", '"deux\\nlignes"', "true", f"'{'x' * 121}'"])
def test_a_number_is_one_line_of_words(tmp_path: Path, line: str) -> None:
    config = write_installation(tmp_path)
    _set(config, f"  help: {line}\n")

    with pytest.raises(ConfigError, match="one line of words"):
        load(config, {})


def test_a_bare_number_is_words_too(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    _set(config, "  support: {default: 4242}\n")

    assert load(config, {}).settings.organisation.support.default == "4242"


def test_it_is_advice_in_its_first_release() -> None:
    assert (RULES["help-line"].severity, RULES["help-line"].hold) == (Severity.WARNING, Hold.NO)


def _set(config: Path, calls: str = CALLS) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace(DPO, DPO + calls), encoding="utf-8")


def _beside(config: Path, environment: Mapping[str, str] | None = None) -> Sequence[Finding]:
    found = beside(config, environment or {})
    return [one for one in found if one.rule == "help-line"]


def _rules(config: Path) -> set[str]:
    return {one.rule for one in judged_here(config, "essai", {})}


async def _people(world: World) -> None:
    await import_people(world.app, "staff", PEOPLE)
    await import_people(world.app, "patients", USERS)
