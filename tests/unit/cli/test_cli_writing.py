"""check, preview and send-test, said as a writer says them, on copies of the shipped messages."""

import email
import shutil
from email import policy
from pathlib import Path
from typing import Any

import pytest

from tests.commands import reflexe
from tests.new_ledger import with_ledger
from tests.worlds import CONFIG, STAFF, write_config

FIRST = "templates/cybermois/1-fermer-sa-porte"
STAFF_EMAIL = f"{FIRST}/email.staff.fr.md"
STAFF_SMS = f"{FIRST}/sms.staff.fr.txt"
LAYOUT = "templates/_layouts/email.html"
EVENT = """
  webinaire-2026-03-26:
    kind: event
    topic: events
    starts: 2026-03-26T10:00
    channels: [email]
    episodes:
      invitation: {message: rappels/03-vrai-expediteur, when: invitation}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return with_ledger(write_config(tmp_path))


def edit(config: Path, file: str, old: str, new: str) -> None:
    path = config.parent / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def keep_the_calendars_alone(config: Path) -> None:
    for folder in (config.parent / "templates").iterdir():
        if folder.is_dir() and folder.name != "cybermois" and not folder.name.startswith("_"):
            shutil.rmtree(folder)


def faults(config: Path, *messages: str) -> list[dict[str, Any]]:
    answer = reflexe(config, "check", *messages, "--json")
    found = [one for one in answer.json if one["severity"] == "fault"]
    assert answer.code == (1 if found else 0)
    return found


def test_the_shipped_messages_have_no_fault(config: Path) -> None:
    numbers = '  support: {default: "poste 4343"}\n  help: 06 39 98 00 01\n'
    english = '  en: {support: {default: "extension 4343"}}\n'
    edit(config, "config.yaml", "  dpo:", f"{numbers}{english}  dpo:")

    answer = reflexe(config, "check")

    assert (answer.code, answer.out) == (0, "Rien à signaler.\n")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (STAFF_EMAIL, "subject:", "subjet:", (2, "structure", "« subjet »", "« subject »")),
        (
            STAFF_EMAIL,
            "{{ prenom }}",
            "{{ prenon }}",
            (7, "structure", "« prenon »", "« prenom »"),
        ),
        (STAFF_EMAIL, "le tour de clé", "x" * 40, (2, "subject-length", "caractères", "60")),
        (STAFF_EMAIL, "Poste quitté", "Urgent", (2, "urgency", "« Urgent »", "autrement")),
        (STAFF_EMAIL, "Bravo", "![](chat.png)", (25, "image", "texte de remplacement", "mots")),
        (
            STAFF_EMAIL,
            "Bravo",
            "[ici](https://ailleurs.test)",
            (25, "link-domain", "« ailleurs.test »", "link_domains"),
        ),
        (
            STAFF_EMAIL,
            "Bravo",
            "[ameli.fr](https://cnil.fr)",
            (25, "link-text", "« ameli.fr »", "vraiment"),
        ),
        (STAFF_EMAIL, "Bravo", "<https://bit.ly/x>", (25, "shortener", "« bit.ly »", "entière")),
        (STAFF_EMAIL, "Par chance", "Ce dimanche", (11, "day", "Ce dimanche", "semaine")),
        (
            STAFF_SMS,
            "long par",
            "long, même par",
            (1, "sms-alphabet", "« ê »", "un autre mot que « même »"),
        ),
        (STAFF_SMS, "long par", "x" * 70, (1, "sms-length", "2 SMS", "retirez")),
        (STAFF_SMS, "ailleurs", "{{ prenom }}", (1, "structure", "« prenom »", "corps")),
        (f"{FIRST}/message.yaml", "owner:", "ownr:", (4, "structure", "« ownr »", "« owner »")),
        (
            LAYOUT,
            ".corps h1 { margin: 0 0 22px; color: #0b4f5c",
            ".corps h1 { margin: 0 0 22px; color: #9bbfcc",
            (35, "contrast", "2,0 pour 1", "4,5"),
        ),
        (
            "templates/_snippets/aide.fr.md",
            "{{ contact }}",
            "{{ kontact }}",
            (4, "structure", "« kontact »", "« contact »"),
        ),
    ],
)
def test_a_fault_has_its_file_line_and_remedy(
    config: Path, file: str, old: str, new: str, expected: tuple[int, str, str, str]
) -> None:
    line, rule, message, remedy = expected

    edit(config, file, old, new)

    asked = [FIRST.removeprefix("templates/")] if file.startswith(FIRST) else []
    if not asked:
        # All messages are judged anew with what they share: the calendar's own will do.
        keep_the_calendars_alone(config)
    found = [one for one in faults(config, *asked) if one["rule"] == rule]
    assert [(one["file"], one["line"]) for one in found] == [(file, line)]
    assert message in found[0]["message"]
    assert remedy in found[0]["remedy"]


def test_a_missing_language_is_told(config: Path) -> None:
    (config.parent / FIRST / "email.patients.fr.md").unlink()

    (found,) = faults(config, "cybermois/1-fermer-sa-porte")

    assert (found["file"], found["rule"]) == (f"{FIRST}/message.yaml", "language")
    assert "Usagers" in found["message"]
    assert "email.patients.fr.md" in found["remedy"]


def test_a_file_for_nobody_is_told(config: Path) -> None:
    folder = config.parent / FIRST
    (folder / "sms.staff.fr.txt").rename(folder / "sms.stafff.fr.txt")

    assert {one["rule"] for one in faults(config, "cybermois/1-fermer-sa-porte")} == {
        "audience",
        "language",
    }


def test_a_past_event_is_told_with_its_line(config: Path) -> None:
    config.write_text(CONFIG + EVENT, encoding="utf-8")

    (found,) = faults(config)

    assert (found["file"], found["rule"]) == ("config.yaml", "past-event")
    line = (CONFIG + EVENT).split("\n").index("    starts: 2026-03-26T10:00") + 1
    assert found["line"] == line


def test_an_event_to_come_is_no_fault(config: Path) -> None:
    config.write_text(CONFIG + EVENT.replace("2026", "2199"), encoding="utf-8")

    assert faults(config) == []


def test_one_fault_does_not_hide_the_others(config: Path) -> None:
    edit(config, STAFF_EMAIL, "subject:", "subjet:")
    edit(config, STAFF_EMAIL, "En partant", "{{ un }} En partant")
    edit(config, STAFF_EMAIL, "Bravo", "{{ deux }} ![](x)")
    edit(config, f"{FIRST}/email.patients.fr.md", "Bonne semaine", "{{ trois }} Bonne semaine")
    edit(config, f"{FIRST}/message.yaml", "owner:", "ownr:")

    told = [one["message"] for one in faults(config, "cybermois/1-fermer-sa-porte")]

    for word in ("subjet", "un", "deux", "trois", "ownr"):
        assert any(f"« {word} » n'est pas un champ" in one for one in told), word
    assert any("image" in one for one in told)


def test_a_placeholder_of_an_sms_has_a_limit_and_is_counted_at_it(config: Path) -> None:
    blank = "\nplaceholders:\n  lieu: {label: Lieu, example: Brest, default: Brest%s}\n"
    path = config.parent / FIRST / "message.yaml"
    text = path.read_text(encoding="utf-8").rstrip()
    edit(config, STAFF_SMS, "ailleurs", "{{ lieu }}")

    path.write_text(text + blank % "", encoding="utf-8")
    unlimited = [one["rule"] for one in faults(config, "cybermois/1-fermer-sa-porte")]
    path.write_text(text + blank % ", max_length: 60", encoding="utf-8")
    too_long = [one["rule"] for one in faults(config, "cybermois/1-fermer-sa-porte")]

    assert unlimited == ["sms-blank"]
    assert too_long == ["sms-length"]


def test_a_word_of_advice_is_no_fault(config: Path) -> None:
    edit(config, STAFF_EMAIL, "dès que l’on", "dès que l'on")

    answer = reflexe(config, "check")

    assert answer.code == 0
    assert f"conseil {STAFF_EMAIL}, ligne 14 : une apostrophe droite" in answer.out


def test_check_may_be_of_one_message(config: Path) -> None:
    edit(config, STAFF_EMAIL, "Poste quitté", "Urgent")

    assert reflexe(config, "check", "cybermois/annonce").code == 0
    assert reflexe(config, "check", "cybermois/1-fermer-sa-porte").code == 1
    assert reflexe(config, "check", "cybermois/inconnu").code == 2


def test_a_preview_shows_every_text(config: Path) -> None:
    answer = reflexe(config, "preview", "cybermois/1-fermer-sa-porte")

    assert answer.code == 0
    assert answer.out.count("── E-mail") == 5
    assert answer.out.count("── SMS") == 5
    assert answer.out.index("email.staff.fr.md") < answer.out.index("email.staff.en.md")
    assert "Subject: Poste quitté, poste verrouillé" in answer.out
    assert "Bonjour Camille," in answer.out
    assert "140 characters (GSM-7), 1 SMS, 0.0798 €" in answer.out


def test_a_preview_may_be_one_contact_s(config: Path, tmp_path: Path) -> None:
    people = tmp_path / "staff.csv"
    people.write_text(STAFF, encoding="utf-8")
    words = ("--origin", "essai", "--basis", "legitimate-interest")
    reflexe(config, "import", "staff", str(people), *words)

    answer = reflexe(config, "preview", "cybermois/annonce", "--contact", "A1")

    assert answer.out.count("──") == 2  # an e-mail and an SMS to the staff
    assert "Bonjour Marie," in answer.out


@pytest.mark.parametrize(
    ("name", "begins"),
    [("x.eml", b"To: "), ("x.html", b"<!DOCTYPE html>"), ("x.txt", b"En octobre, le dimanche")],
)
def test_a_preview_goes_to_a_file(config: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    out = tmp_path / name

    answer = reflexe(config, "preview", "cybermois/1-fermer-sa-porte", "--out", str(out))

    assert answer.code == 0
    assert out.read_bytes().lstrip().startswith(begins)


def test_a_preview_of_a_faulty_text_says_what_is_wrong(config: Path) -> None:
    edit(config, STAFF_EMAIL, "{{ prenom }}", "{{ prenon }}")

    asked = ("preview", "cybermois/1-fermer-sa-porte", "--audience", "staff")
    in_english, in_french = reflexe(config, *asked), reflexe(config, "--lang", "fr", *asked)

    assert (in_english.code, in_french.code) == (1, 1)
    assert f"{STAFF_EMAIL}, line 7: prenon is no field" in in_english.err
    assert f"{STAFF_EMAIL}, ligne 7\N{NO-BREAK SPACE}: " in in_french.err
    assert "prenon" in in_french.err


def sent(config: Path) -> list[bytes]:
    return [one.read_bytes() for one in (config.parent / "var/outbox").rglob("*") if one.is_file()]


def test_a_test_message_leaves_through_the_provider(config: Path) -> None:
    words = ("cybermois/annonce", "--audience", "staff", "--to", "Moi.Meme@example.org")

    first = reflexe(config, "send-test", *words)
    second = reflexe(config, "send-test", *words)

    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("accepted: ")
    messages = [email.message_from_bytes(one, policy=policy.default) for one in sent(config)]
    assert [one["To"] for one in messages] == ["Moi.Meme@example.org"] * 2
    assert len({one["Message-ID"] for one in messages}) == 2


def test_a_test_sms_carries_a_token_that_is_nobody_s(config: Path) -> None:
    words = ("cybermois/annonce", "--audience", "staff", "--to", "06 39 98 00 55")

    answer = reflexe(config, "send-test", *words)

    assert answer.code == 0
    (body,) = sent(config)
    assert body.decode().endswith("Stop : sms.example.org/ESSAI000")


def test_a_secret_that_all_may_read_is_warned_of(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = config.parent / "dkim.pem"
    key.write_text("a secret", encoding="utf-8")
    key.chmod(0o644)
    monkeypatch.setenv("REFLEXE_WEB__METRICS_TOKEN_FILE", str(key))
    words = ("cybermois/annonce", "--audience", "staff", "--to", "moi@example.org")

    answer = reflexe(config, "send-test", *words)

    assert answer.code == 0
    assert f"{key} can be read by every user" in answer.err


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("permanent", "not accepted: outbox told to fail for good"),
        ("uncertain", "it may have been accepted: outbox told to give no answer"),
    ],
)
def test_a_refused_test_message_says_the_provider_s_words(
    config: Path, monkeypatch: pytest.MonkeyPatch, outcome: str, said: str
) -> None:
    monkeypatch.setenv("REFLEXE_OUTBOX__FAIL", f'{{{outcome}: ["*@example.org"]}}')
    words = ("cybermois/annonce", "--audience", "staff", "--to", "moi@example.org")

    answer = reflexe(config, "send-test", *words)

    assert answer.code == 1
    assert said in answer.err


def test_nobody_who_opted_out_gets_a_test_message(config: Path) -> None:
    reflexe(config, "optout", "add", "moi@example.org")
    words = ("cybermois/annonce", "--audience", "staff", "--to", "moi@example.org")

    answer = reflexe(config, "send-test", *words)

    assert answer.code == 2
    assert "has opted out" in answer.err
    assert sent(config) == []
