"""The audiences and the invented people shipped with the program."""

from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.domain.calendar.campaigns import Audience, Shift
from scheduler.domain.calendar.holidays import known_territory, zone_of
from scheduler.domain.people.addresses import is_fictional
from scheduler.domain.people.contacts import Row
from scheduler.sources import contact_file

AUDIENCES = Path(__file__).parents[3] / "audiences"
RESERVED = (".example", ".test", "example.org")


@pytest.fixture
def audiences() -> dict[str, Audience]:
    configuration = load(AUDIENCES.parent / "config.yaml", {})
    return {audience.name: audience for audience in configuration.audiences}


@pytest.fixture
def people(audiences: dict[str, Audience]) -> dict[str, list[Row]]:
    people = {}
    for name, audience in audiences.items():
        path = AUDIENCES / "samples" / f"{name}.csv"
        reading = contact_file.read(path, audience, known_territory=known_territory)
        entries = [entry for batch in reading for entry in batch]
        people[name] = [entry for entry in entries if isinstance(entry, Row)]
        assert len(people[name]) == len(entries), "a sample row is at fault"
        assert not reading.header_notes
    return people


def test_staff_get_e_mail_as_a_security_measure_and_sms_by_consent(
    audiences: dict[str, Audience],
) -> None:
    channels = audiences["staff"].channels

    assert (channels["email"].basis, channels["sms"].basis) == ("legitimate-interest", "consent")
    assert (channels["email"].shift, channels["sms"].shift) == (Shift.NONE, Shift.MONDAY)


def test_patients_are_written_to_by_consent_only(audiences: dict[str, Audience]) -> None:
    assert {terms.basis for terms in audiences["patients"].channels.values()} == {"consent"}


def test_every_sample_address_is_reserved_and_every_number_fictional(
    people: dict[str, list[Row]],
) -> None:
    for row in people["staff"] + people["patients"]:
        assert row.email is None or row.email.send_to.endswith(RESERVED)
        assert row.phone is None or is_fictional(row.phone)


def test_nobody_shares_a_key_a_number_or_an_address_within_an_audience(
    people: dict[str, list[Row]],
) -> None:
    for rows in people.values():
        for values in (
            [row.key for row in rows],
            [row.phone for row in rows if row.phone],
            [row.email.identity for row in rows if row.email],
        ):
            assert len(values) == len(set(values))


def test_a_few_people_are_in_both_audiences(people: dict[str, list[Row]]) -> None:
    staff, patients = (
        {row.phone for row in people[name] if row.phone} for name in ("staff", "patients")
    )

    assert len(staff & patients) == 3


def test_the_samples_hold_every_hard_case(people: dict[str, list[Row]]) -> None:
    rows = people["staff"] + people["patients"]

    assert (len(people["staff"]), len(people["patients"])) == (110, 90)
    assert {"FR", "57", "67", "971", "972", "973", "974", "975", "976", "BL", "NC", "PF", "WF"} <= {
        row.territory for row in rows
    }
    assert {row.language for row in rows} == {"fr", "en"}
    assert any(row.easy_to_read for row in rows)
    assert any(row.email is None for row in rows)
    assert any(row.phone is None for row in rows)
    assert any("prenom" not in row.fields for row in rows)
    assert all(row.email or row.phone for row in rows)
    assert any(row.phone and "sms" not in row.proofs for row in people["staff"])
    assert any(not row.proofs for row in people["patients"])
    names = " ".join(" ".join(row.fields.values()) for row in rows)
    for hard in ("O’Connor", "Nguyễn", "Zoë", "Jean-François", "ليلى", "美玲", "œ"):
        assert hard in names


def test_everyone_lives_in_a_zone_of_their_territory(people: dict[str, list[Row]]) -> None:
    odd = {
        (row.territory, row.zone)
        for row in people["staff"] + people["patients"]
        if row.zone != zone_of(row.territory)
    }

    assert odd == {("PF", "Pacific/Marquesas")}
