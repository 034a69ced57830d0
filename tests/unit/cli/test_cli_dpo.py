"""What a data-protection officer asks: a freeze, what was refused, who looked at what."""

import shutil
from pathlib import Path

import pytest

from tests.commands import Answer, reflexe
from tests.worlds import STAFF, write_config

MARIE = "marie@example.org"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with three people, made once."""
    config = write_config(tmp_path_factory.mktemp("peopled"))
    file = config.parent / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    words = ("--origin", "essai", "--basis", "legitimate-interest", "--by", "Camille")
    assert reflexe(config, "import", "staff", str(file), *words).code == 0
    return config


@pytest.fixture
def peopled(once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(once.parent, tmp_path / "peopled") / once.name


def acts(config: Path) -> list[tuple[str, str, str]]:
    """(act, who, what) of the audit log, oldest first."""
    rows = reflexe(config, "audit", "list", "--json").json
    return [(one["act"], one["actor"], one["subject"]) for one in reversed(rows)]


# A freeze


def test_a_frozen_person_is_not_erased_and_one_is_told_why(peopled: Path) -> None:
    frozen = reflexe(peopled, "contacts", "freeze", MARIE, "--by", "Dominique")
    refused = reflexe(peopled, "contacts", "erase", MARIE, "--yes")
    lifted = reflexe(peopled, "contacts", "unfreeze", MARIE, "--by", "Dominique")
    erased = reflexe(peopled, "contacts", "erase", MARIE, "--yes")

    assert "is frozen: nothing is sent, nothing erased" in frozen.out
    assert refused.code == 2
    assert "GDPR article 18" in refused.err
    assert "contacts unfreeze" in refused.err
    assert "is no longer frozen" in lifted.out
    assert erased.code == 0
    assert [act for act, _, _ in acts(peopled)] == ["import", "freeze", "unfreeze", "erase"]


def test_a_person_sees_that_their_data_is_frozen(peopled: Path) -> None:
    reflexe(peopled, "contacts", "freeze", MARIE)

    assert "Données gelées\u00a0: le " in reflexe(peopled, "contacts", "show", MARIE).out


# What was refused


def test_what_an_erased_address_refused_is_known_by_its_digest(peopled: Path) -> None:
    reflexe(peopled, "optout", "add", MARIE)
    reflexe(peopled, "contacts", "erase", MARIE, "--yes")

    told = reflexe(peopled, "optout", "show", "Marie@Example.org", "--json", "--by", "Dominique")
    words = reflexe(peopled, "optout", "show", MARIE).out

    found = told.json["refusals"]
    assert told.json["forgotten"] is True
    assert [(one["reason"], one["route"]) for one in found] == [
        ("opted-out", "operator"),
        ("erased", "erasure"),
    ]
    assert all(one["since"] and one["lifted_at"] is None for one in found)
    assert {one["in_journal"] for one in found} == {2}
    digest = found[0]["digest"]
    assert len(digest) == 64
    assert digest in words
    assert "The address itself is erased" in words
    assert "marie" not in told.out + words
    assert acts(peopled)[-2] == ("show-opt-outs", "Dominique", f"address {digest[:16]}")


def test_what_was_lifted_is_told_with_its_day(peopled: Path) -> None:
    reflexe(peopled, "optout", "add", MARIE)
    reflexe(peopled, "optout", "remove", MARIE)

    (found,) = reflexe(peopled, "optout", "show", MARIE, "--json").json["refusals"]

    assert found["lifted_at"] is not None


def test_an_address_that_refused_nothing_is_told_so(peopled: Path) -> None:
    answer = reflexe(peopled, "optout", "show", "personne@example.org")

    assert answer.code == 1
    assert "nothing was ever refused" in answer.out


# The audit log


def said(config: Path, *words: str) -> Answer:
    answer = reflexe(config, *words, "--by", "Dominique")
    assert answer.code == 0, answer.err
    return answer


@pytest.mark.parametrize(
    ("words", "act"),
    [
        (("optout", "add", MARIE), "opt-out"),
        (("optout", "list", "--clear"), "list-opt-outs"),
        (("optout", "export", "--out", "x.csv"), "export-opt-outs"),
        (("contacts", "list", "--clear"), "list-clear"),
        (("contacts", "show", MARIE), "show"),
        (("contacts", "export", "--out", "x.csv"), "export"),
        (("contacts", "erase", MARIE, "--yes"), "erase"),
        (("keys", "add"), "add-key"),
        (
            ("send-test", "cybermois/annonce", "--audience", "staff", "--to", "moi@example.org"),
            "send-test",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else " ".join(one[:2]),
)
def test_who_acts_or_looks_stands_in_the_audit_log(
    peopled: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], act: str
) -> None:
    monkeypatch.chdir(peopled.parent)

    said(peopled, *words)

    assert acts(peopled)[-1][:2] == (act, "Dominique")
    assert "example.org" not in reflexe(peopled, "audit", "list", "--json").out
    assert reflexe(peopled, "audit", "verify").code == 0


def test_an_import_stands_in_the_audit_log_with_its_file(peopled: Path) -> None:
    (entry,) = reflexe(peopled, "audit", "list", "--json").json

    assert (entry["act"], entry["actor"], entry["subject"]) == ("import", "Camille", "staff")
    assert set(entry["detail"]) == {"import", "file", "mode"}


def test_a_list_of_opt_outs_and_the_end_of_one_are_noted(peopled: Path) -> None:
    file = peopled.parent / "list.txt"
    file.write_text(f"{MARIE}\n", encoding="utf-8")

    said(peopled, "optout", "add", "--file", str(file))
    said(peopled, "optout", "remove", MARIE)

    assert [act for act, _, _ in acts(peopled)][-2:] == ["opt-out", "lift-opt-out"]


def test_a_message_shown_as_a_person_gets_it_is_noted(peopled: Path) -> None:
    asked = ("preview", "cybermois/annonce", "--channel", "sms", "--contact")

    assert reflexe(peopled, *asked, MARIE).code == 0
    seen = acts(peopled)
    assert reflexe(peopled, *asked, "camille").code == 0

    assert seen[-1][0] == "preview-as"
    assert seen[-1][2].startswith("contact ")
    assert acts(peopled) == seen
