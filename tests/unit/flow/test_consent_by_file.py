"""From a contact file to what leaves: whose consent speaks for which address."""

from pathlib import Path

import pytest

from tests.flow_world import EVENT, open_world, utc
from tests.worlds import import_people

AGREED = (
    "reference;prenom;email;consent_email_date;consent_email_how;consent_email_wording\n"
    "R1;Anne;vieux@example.org;2025-01-01;papier;oui\n"
)


@pytest.mark.parametrize(
    ("file", "recipients", "lacking", "strangers"),
    [
        ("reference;email\nR1;autre.personne@example.org\n", [], 1, 0),
        (AGREED.replace("vieux", "autre"), [], 1, 0),
        (AGREED.replace("vieux", "autre").replace("2025-01", "2025-06"), ["autre"], 0, 0),
        ("reference;email\nR1;vieux@example.org\n", ["vieux"], 0, 0),
        ("reference;prenom;email\nR1;Paul;autre@example.org\n", ["vieux"], 0, 1),
    ],
    ids=["no proof", "the same proof", "one of its own", "the same address", "somebody else"],
)
async def test_a_consent_stays_with_the_address_it_was_given_with(
    tmp_path: Path, file: str, recipients: list[str], lacking: int, strangers: int
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await import_people(world.app, "patients", AGREED)

        report = await import_people(world.app, "patients", file)
        await world.at(utc(22, 8, month=9))

        assert (report.without_proof.get("email", 0), report.strangers) == (lacking, strangers)
        assert world.email.recipients == [f"{name}@example.org" for name in recipients]
        assert await world.states() == ({"sent": 1} if recipients else {"left-out no-consent": 1})
