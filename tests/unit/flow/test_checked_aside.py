"""``check`` over what is seldom there: files left aside, lines and links that few texts have."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ConfigError
from scheduler.flow.writing.checking import Checker
from scheduler.flow.writing.ground import Grounds
from tests.checking_world import NOW, beside, check_here
from tests.flow_world import MESSAGES, SERIES, edit, write_installation
from tests.samples.content import LAYOUT

HEAD = MESSAGES["essai/message.yaml"]
MAIL = MESSAGES["essai/email.fr.md"]
BEGS = "\nVoyez https://bit.ly/x.\n"
REACHES = {
    "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
    "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
}


def checker(config: Path, message: str = "essai", skip: frozenset[str] = frozenset()) -> Checker:
    configuration = load(config, {})
    return Checker(
        ground=Grounds.of(configuration).of_message(message),
        templates=configuration.templates,
        today=NOW.date(),
        skip=skip,
    )


def found(folder: Path, messages: Mapping[str, str], campaigns: str = SERIES) -> list[Finding]:
    return check_here(write_installation(folder, campaigns, messages))


def by_rule(findings: list[Finding], rule: str) -> list[tuple[str, int | None, str]]:
    return [(one.file, one.line, one.message) for one in findings if one.rule == rule]


def test_a_text_that_is_left_aside_is_told_nothing_of(tmp_path: Path) -> None:
    letter, footer = "templates/essai/email.fr.md", "templates/_snippets/aparte.fr.md"
    messages = {"essai/email.fr.md": MAIL + BEGS, "_snippets/aparte.fr.md": BEGS}
    config = write_installation(tmp_path, SERIES, messages)

    def files(skip: frozenset[str]) -> set[str]:
        each = checker(config, skip=skip)
        return {one.file for one in [*each.message("essai"), *each.shared()]}

    assert {letter, footer} <= files(frozenset())
    assert letter not in files(frozenset({letter}))
    assert footer not in files(frozenset({footer}))


def test_a_shared_text_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    (tmp_path / "templates/_snippets/aparte.fr.md").write_bytes(b"\xff" + BEGS.encode())

    (one,) = [one for one in checker(config).shared() if "aparte" in one.file]

    assert (one.rule, one.file) == ("structure", "templates/_snippets/aparte.fr.md")


def test_a_text_of_a_channel_that_nobody_has_is_a_stray(tmp_path: Path) -> None:
    config = write_installation(tmp_path, SERIES, {"essai/pigeon.fr.txt": BEGS})

    findings = checker(config).message("essai")

    assert [one.rule for one in findings if "pigeon" in one.file] == ["stray"]


def test_whom_to_call_is_guarded_unless_it_is_a_blank_of_the_message(tmp_path: Path) -> None:
    blank = HEAD + "placeholders:\n  assistance: {label: Assistance, example: poste 33 00}\n"
    messages = {"essai/email.fr.md": MAIL + "\nAppelez {{ assistance }}.\n"}

    bare = found(tmp_path / "a", messages)
    typed = found(tmp_path / "b", {"essai/message.yaml": blank, **messages})

    letter = "templates/essai/email.fr.md"
    assert letter in {file for file, _, _ in by_rule(bare, "help-line")}
    assert letter not in {file for file, _, _ in by_rule(typed, "help-line")}


def test_a_slogan_with_a_day_is_told_where_it_is_typed_again(tmp_path: Path) -> None:
    slogan = "slogan: {text: « Le dimanche c’est réflexe », credit: Agence Exemple}\n"
    says = MAIL.replace("Un essai.\n", "« Le dimanche c’est réflexe », dit-on.\n")

    findings = found(tmp_path, {"essai/message.yaml": HEAD + slogan, "essai/email.fr.md": says})

    ((file, _, message),) = [one for one in by_rule(findings, "day") if "slogan" in one[2]]
    assert file == "templates/essai/email.fr.md"
    assert "un autre jour peut être celui de l'arrivée" in message


@pytest.mark.parametrize(
    ("layout", "file"),
    [
        (LAYOUT.replace("{{ body }}", "{{ body }}{{ body }}"), "templates/essai/email.fr.md"),
        (LAYOUT.replace("{{ body }}", "{{ rien }}{{ body }}"), "templates/_layouts/email.html"),
    ],
)
def test_what_cannot_be_composed_is_told_where_it_is_wrong(
    tmp_path: Path, layout: str, file: str
) -> None:
    hello = {"essai/email.fr.md": MAIL, "_layouts/email.html": layout}

    checked = checker(write_installation(tmp_path, SERIES, hello)).message("essai")

    assert {one for one, _, _ in by_rule(checked, "structure")} == {file}


def test_only_those_that_a_message_concerns_lack_a_language(tmp_path: Path) -> None:
    messages = {
        "essai/email.staff.fr.md": MAIL,
        "essai/email.en.md": MAIL.replace("Un essai.\n", "A trial.\n"),
        "essai/email.fr.md": "",
        "essai/sms.fr.txt": "",
        "essai/sms.staff.fr.txt": "Un essai.",
    }
    campaigns = SERIES.replace("topic", "audiences: [staff]\n    topic")

    said = [text for _, _, text in by_rule(found(tmp_path, messages, campaigns), "translation")]

    assert said
    assert all("staff" in one for one in said)


def test_a_value_of_the_episode_goes_before_the_campaigns(tmp_path: Path) -> None:
    head = HEAD + "placeholders:\n  date: {label: Date, example: mardi 6/10}\n"
    sms = {"essai/message.yaml": head, "essai/sms.fr.txt": "Un essai {{ date }}."}
    campaign = SERIES.replace("topic", "values: {date: le dernier mercredi du mois}\n    topic")
    both = campaign.replace("when: sunday-1", "when: sunday-1, values: {date: dimanche 4/10}")

    ((file, line, message),) = by_rule(found(tmp_path / "a", sms, campaign), "event-value")

    config = (tmp_path / "a" / "config.yaml").read_text(encoding="utf-8").splitlines()
    assert (file, "dernier mercredi" in config[(line or 0) - 1]) == ("config.yaml", True)
    assert "« date » fait 27 caractères" in message
    assert by_rule(found(tmp_path / "b", sms, both), "event-value") == []


def test_a_message_that_cannot_be_read_does_not_hide_who_speaks_in_another(tmp_path: Path) -> None:
    messages = {
        "aparte/message.yaml": "title: [",
        "essai/email.fr.md": MAIL + "\n{{ hote }} passe.\n",
    }
    config = write_installation(tmp_path, SERIES, messages)

    assert [one.rule for one in beside(config, REACHES) if one.rule == "host"] == ["host"]
    (tmp_path / "templates/essai/email.fr.md").write_text(MAIL, encoding="utf-8")
    assert [one for one in beside(config, REACHES) if one.rule == "host"] == []


def test_a_text_by_the_host_credits_them_in_what_is_judged(tmp_path: Path) -> None:
    says = {"essai/email.fr.md": MAIL + "\n{{ hote }} passe.\n"}

    findings = found(tmp_path, says)

    assert [one for one in findings if one.file.endswith("email.fr.md")] == []


def test_lines_of_a_config_that_cannot_be_read_are_not_guessed(tmp_path: Path) -> None:
    file = write_installation(tmp_path, SERIES)
    configuration = load(file, {})
    edit(file, "campaigns:", "campaigns: [")

    ground = Grounds.of(configuration).of_message("essai")

    with pytest.raises(ConfigError, match="can't be read now"):
        ground.document()


def test_campaigns_of_the_environment_are_told_at_the_whole_file(tmp_path: Path) -> None:
    file = write_installation(tmp_path, SERIES)
    configuration = load(file, {})
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("campaigns:")], encoding="utf-8")

    ground = Grounds.of(configuration).of_message("essai")

    lines = ground.lines
    assert lines is not None
    assert list(lines.text()) == file.read_text(encoding="utf-8").splitlines()
    assert ground.document().line(("campaigns", "cybermois")) is None
