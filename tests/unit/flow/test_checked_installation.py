"""``check`` over an installation: what its calendar asks for, what lies there, what texts say."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import NotFound
from scheduler.flow.writing.checking_beside import Beside
from tests.checking_world import NOW, check_here
from tests.flow_world import EVENT, MESSAGES, SERIES, write_installation
from tests.samples.quizzes import write_quiz

HEAD = MESSAGES["essai/message.yaml"]
MAIL = MESSAGES["essai/email.fr.md"]
MAIL_ONLY = SERIES.replace("topic", "channels: [email]\n    topic")


def found(
    folder: Path,
    messages: Mapping[str, str] | None = None,
    campaigns: str = SERIES,
    *,
    asked: tuple[str, ...] = (),
    now: datetime = NOW,
) -> list[Finding]:
    return check_here(write_installation(folder, campaigns, messages or {}), asked, now)


def told(findings: list[Finding], rule: str) -> list[tuple[str, str]]:
    return [(one.file, one.message) for one in findings if one.rule == rule]


def test_a_message_that_is_not_there_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    lost = SERIES + "      deux: {message: esai, when: sunday-2}\n"

    ((file, message),) = told(found(tmp_path, campaigns=lost), "structure")

    assert file == "config.yaml"
    assert "aucun message « esai »" in message


def test_a_message_that_nobody_has_cannot_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="aucun message « esai »"):
        found(tmp_path, asked=("esai",))


@pytest.mark.parametrize(("asked", "strays"), [((), 2), (("essai",), 1)])
def test_what_nothing_reads_is_told(tmp_path: Path, asked: tuple[str, ...], strays: int) -> None:
    left = {"essai/notes.docx": "x", "autre/brouillon.txt": "x"}

    assert len(told(found(tmp_path, left, asked=asked), "stray")) == strays


@pytest.mark.parametrize(
    ("now", "episodes", "past"),
    [
        (NOW, "", False),
        (datetime(2026, 11, 30, tzinfo=UTC), "", True),
        # Not before it has ended, and its day is over.
        (datetime(2026, 10, 12, 13, tzinfo=UTC), "", False),
        (
            datetime(2026, 11, 30, tzinfo=UTC),
            "invitation: {message: essai, when: by-hand}",
            False,
        ),
    ],
)
def test_an_event_that_is_over_is_told(
    tmp_path: Path, now: datetime, episodes: str, past: bool
) -> None:
    event = EVENT.replace("invitation: {message: essai, when: invitation}", episodes or "")
    event = event if episodes else EVENT

    findings = found(tmp_path, {"essai/message.yaml": HEAD}, event, now=now)

    assert bool(told(findings, "past-event")) is past


def test_a_text_for_nobody_on_no_channel_or_past_its_day_is_told(tmp_path: Path) -> None:
    messages = {
        "essai/message.yaml": HEAD.replace("[email, sms]", "[email]")
        + "review_by: 2026-08-01\nweb: none\n",
        "essai/email.residents.fr.md": MAIL,
        "essai/email.fr.md": MAIL + "\nVoyez https://cyber.example.org/m/0123456789abcdef.\n",
        "essai/sms.fr.txt": "",
    }

    findings = found(tmp_path, messages, MAIL_ONLY)

    ((file, message),) = told(findings, "audience")
    assert (file, message) == (
        "templates/essai/email.residents.fr.md",
        "« residents » n'est pas un public",
    )
    assert told(findings, "review-by")
    ((_, leads),) = told(findings, "web")
    assert "version en ligne d'un message qui n'en a pas" in leads


def test_each_audience_reads_its_languages_on_every_channel(tmp_path: Path) -> None:
    messages = {
        "essai/email.staff.fr.md": MAIL,
        "essai/email.staff.en.md": MAIL.replace("Un essai.\n", "A trial.\n"),
        "essai/email.fr.md": "",
    }

    findings = found(tmp_path, messages)

    assert any("lit « en » ailleurs" in one for _, one in told(findings, "translation"))
    assert any(
        "Usagers (patients) n'a pas de texte email" in one for _, one in told(findings, "language")
    )


def test_class_and_topic_say_the_same(tmp_path: Path) -> None:
    service = {"essai/message.yaml": HEAD.replace("class: awareness", "class: service")}

    ((_, message),) = told(found(tmp_path, service), "topic")

    assert "de classe « service », et « cybermois » a le thème « october »" in message


SOURCED = HEAD + "sourced: true\nplaceholders:\n  date: {label: Date, example: 1er mars 2026}\n"


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("", "ne dit pas où"),
        ("{url: https://www.example.org/f, dated: 2026-03-01, valid_until: 2026-08-01}", "après"),
        ("{url: https://www.example.org/f, dated: 2026-03-01, valid_until: 2026-12-01}", ""),
    ],
)
def test_what_was_read_elsewhere_says_where_and_until_when(
    tmp_path: Path, reference: str, why: str
) -> None:
    more = f", reference: {reference}" if reference else ""
    campaigns = SERIES.replace("when: sunday-1", f"when: sunday-1{more}, values: {{date: 3 mars}}")

    findings = told(found(tmp_path, {"essai/message.yaml": SOURCED}, campaigns), "source")

    assert len(findings) == bool(why)
    assert all(why in message for _, message in findings)


def test_a_value_of_the_calendar_that_does_not_fit_is_told_at_its_key(tmp_path: Path) -> None:
    head = HEAD + "placeholders:\n  lien: {label: Lien, example: 'https://www.example.org/a'}\n"
    text = MAIL + "\nRendez-vous : {{ lien }}.\n"
    campaigns = SERIES.replace("topic", "values: {lien: 'https://bit.ly/x'}\n    topic")

    findings = found(tmp_path, {"essai/message.yaml": head, "essai/email.fr.md": text}, campaigns)

    assert any(one.rule == "shortener" and one.file == "config.yaml" for one in findings)


def test_shared_texts_with_a_fault_are_told_once(tmp_path: Path) -> None:
    messages = {
        "_snippets/perdu.fr.md": "{% if %}\n",
        "_snippets/pied.fr.md": "{{ organisation }} · {{ contact }}\n\n{{ motif }}\n",
    }

    findings = found(tmp_path, messages)

    assert any(one.file == "templates/_snippets/perdu.fr.md" for one in findings)
    # The way out is the footer's to show.
    assert "templates/_snippets/pied.fr.md" in {file for file, _ in told(findings, "no-way-out")}


def test_a_message_whose_head_is_broken_still_has_its_words_judged(tmp_path: Path) -> None:
    messages = {
        "faux/message.yaml": "titre: Essai\n",
        "faux/email.fr.md": MAIL + "\nDonnez votre mot de passe par retour de courriel.\n",
    }

    findings = found(tmp_path, messages)

    assert any(one.file == "templates/faux/email.fr.md" for one in findings)


def test_a_quiz_of_a_folder_that_is_gone_meanwhile_is_no_crash(tmp_path: Path) -> None:
    config = write_installation(tmp_path, SERIES)
    write_quiz(tmp_path / "templates", "questions: [\n", message="essai")

    beside = Beside(configuration=load(config, {}), config_file=config, now=NOW)

    assert [one.rule for one in beside.findings(["essai"])] == []
