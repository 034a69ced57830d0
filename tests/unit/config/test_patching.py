"""config.yaml with other words for its campaigns, and every other line as it was."""

import pytest
import yaml

from scheduler.config.patching import CantPatch, with_campaign, with_keys

FILE = """\
# At the top.
time_zone: Europe/Paris

campaigns:
  # The first of two.
  webinaire:                 # undated
    kind: event              # once
    # starts: 2027-03-16T14:30
    place: en ligne
    values: {lien: https://www.example.org}   # typed
    episodes:
      invitation: {message: w/invitation, when: invitation}

  rappels: {kind: reminder, topic: reminders, episodes: {mardi: {message: r, when: day-1}}}
  # The end.

audiences: [staff]
"""


def changed_lines(before: str, after: str) -> list[str]:
    kept = before.splitlines()
    return [line for line in after.splitlines() if line not in kept]


def test_a_key_is_added_or_changed_and_no_comment_is_lost() -> None:
    keys = {"starts": "2027-03-16T14:30", "place": "salle Jade", "values": {"lien": "x"}}
    after = with_keys(FILE, "webinaire", keys)

    assert changed_lines(FILE, after) == [
        "    starts: 2027-03-16T14:30",
        "    place: salle Jade",
        "    values: {lien: x}   # typed",
    ]
    assert [line for line in FILE.splitlines() if "#" in line and "typed" not in line] == [
        line for line in after.splitlines() if "#" in line and "typed" not in line
    ]
    assert {**yaml.safe_load(after)["campaigns"]["webinaire"]}.keys() > keys.keys()


def test_a_campaign_on_one_line_takes_keys_too() -> None:
    own = [{"episode": "mardi", "season": "2027-03", "at": "14:00"}]
    after = with_keys(FILE, "rappels", {"enabled": False, "occurrences": own})
    read = yaml.safe_load(after)["campaigns"]["rappels"]

    assert (read["enabled"], read["occurrences"]) == (False, own)
    assert len(after.splitlines()) == len(FILE.splitlines())


def test_values_over_several_lines_are_replaced_as_a_whole() -> None:
    several = FILE.replace(
        "{lien: https://www.example.org}   # typed", "\n      lien: a\n      b: c"
    )
    after = with_keys(several, "webinaire", {"values": {"lien": "x"}})

    assert yaml.safe_load(after)["campaigns"]["webinaire"]["values"] == {"lien": "x"}
    assert "    episodes:\n" in after


def test_a_new_campaign_comes_after_the_last_and_replaces_its_own() -> None:
    keys = {
        "kind": "event",
        "at": "10:00",
        "starts": "2027-06-10T10:00",
        "place": "à côté : « ici »",
        "episodes": {"invitation": {"message": "w/invitation", "when": "invitation"}},
    }
    once = with_campaign(FILE, "atelier", keys)
    twice = with_campaign(once, "atelier", keys | {"place": "loin"})

    assert yaml.safe_load(once)["campaigns"]["atelier"] == keys
    assert yaml.safe_load(twice)["campaigns"]["atelier"]["place"] == "loin"
    assert [line for line in FILE.splitlines() if line not in once.splitlines()] == []
    assert list(yaml.safe_load(twice)["campaigns"]) == ["webinaire", "rappels", "atelier"]
    assert len(once.splitlines()) == len(twice.splitlines())


def test_the_last_line_may_have_no_end() -> None:
    short = "campaigns:\n  a:\n    kind: event"

    assert yaml.safe_load(with_keys(short, "a", {"cancelled": True}))["campaigns"]["a"] == {
        "kind": "event",
        "cancelled": True,
    }
    assert list(yaml.safe_load(with_campaign(short, "b", {"kind": "event"}))["campaigns"]) == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    "text", ["campaigns: {a: {kind: event}}", "campaigns:\n", "a: [", "", "campaigns: []"]
)
def test_what_is_laid_out_otherwise_is_refused(text: str) -> None:
    with pytest.raises(CantPatch):
        with_campaign(text, "b", {"kind": "event"})


def test_a_campaign_that_is_not_there_is_refused() -> None:
    with pytest.raises(CantPatch, match="no campaign nobody"):
        with_keys(FILE, "nobody", {"enabled": False})
