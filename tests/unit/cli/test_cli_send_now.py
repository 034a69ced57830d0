"""``send-now`` said in a terminal: what it would come to is told first, and then it is due."""

from pathlib import Path

import pytest

from tests.commands import reflexe
from tests.worlds import STAFF, write_config

ON_DEMAND = """  conseils:
    kind: on-demand
    topic: reminders
    rank: reminder
    audiences: [staff]
    episodes:
      ia-et-donnees-de-sante: {message: rappels/ia-et-donnees-de-sante}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    config = write_config(tmp_path)
    config.write_text(config.read_text() + ON_DEMAND, encoding="utf-8")
    people = tmp_path / "staff.csv"
    people.write_text(STAFF, encoding="utf-8")
    words = ("--origin", "RH", "--basis", "legitimate-interest")
    assert reflexe(config, "import", "staff", str(people), *words).code == 0
    return config


def test_it_tells_what_it_comes_to_and_is_due_at_a_yes(config: Path) -> None:
    asked = ("send-now", "conseils/ia-et-donnees-de-sante", "--key", "2027")

    no = reflexe(config, *asked, typed="n\n")
    yes = reflexe(config, *asked, typed="y\n")

    assert "fewer than 10 to send" in no.out
    assert no.code != 0
    assert yes.code == 0
    assert "is due now" in yes.out
