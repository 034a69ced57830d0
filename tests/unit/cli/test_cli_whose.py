"""whose, said as an operator says it."""

from pathlib import Path

import pytest

from scheduler.cli.answers.whose_words import SIGNS, VERDICTS
from scheduler.domain.answers.whose import Sign, Verdict
from scheduler.domain.words import whose as words
from tests.commands import reflexe
from tests.worlds import write_config


def test_every_verdict_and_sign_has_its_sentence_in_both_languages() -> None:
    assert set(VERDICTS) == {one.value for one in Verdict} == {one.value for one in words.VERDICTS}
    assert set(SIGNS) == {one.value for one in Sign} == {one.value for one in words.SIGNS}


def test_a_stranger_s_mail_is_not_ours(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    mail = tmp_path / "x.eml"
    mail.write_bytes(b"From: a@evil.example\r\nMessage-ID: <AAAA@evil.example>\r\n\r\nBonjour")
    reflexe(config, "accounts", "list")
    reflexe(config, "accounts", "add", "Camille Moreau", "--roles", "read")
    told = reflexe(config, "whose", str(mail))
    data = reflexe(config, "whose", str(mail), "--json")
    missing = reflexe(config, "whose", str(tmp_path / "none.eml"))

    assert (told.code, data.code, missing.code) == (1, 1, 2)
    assert "This message isn't ours." in told.out
    assert "its Message-ID is none of ours" in told.out
    assert data.json["verdict"] == "not-ours"
    assert data.json["signs"] == ["no-number", "other-sender", "unsigned"]


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"\n\n",
        b"Bonjour,\n\nCliquez ici avant ce soir.\n",
        b"Une ligne : et rien d'autre",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
        bytes(range(256)) * 40,
    ],
)
def test_of_what_is_no_mail_nothing_is_told_but_how_to_get_one(
    tmp_path: Path, given: bytes
) -> None:
    config = write_config(tmp_path)
    assert reflexe(config, "migrate", "--make-keys").code == 0
    mail = tmp_path / "x.eml"
    mail.write_bytes(given)

    told = reflexe(config, "whose", str(mail))

    assert told.code == 1
    assert "Can't tell" in told.out
    assert "isn't ours" not in told.out
    assert "View source" in told.out
    assert reflexe(config, "whose", str(mail), "--json").json["verdict"] == "cant-tell"


def test_a_trial_that_was_just_sent_is_told_as_a_trial(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    message = ("send-test", "cybermois/annonce", "--to", "lea@example.org", "--audience", "staff")
    assert reflexe(config, "migrate", "--make-keys").code == 0
    sent = reflexe(config, *message, "--channel", "email", "--by", "Camille Moreau")
    assert sent.code == 0, sent.err
    (mail,) = (tmp_path / "var").rglob("*.eml")

    told = reflexe(config, "whose", str(mail))

    assert told.code == 0
    assert "This message is a trial" in told.out
    assert "its Message-ID was made by our keys, for a trial" in told.out
    assert "no more" not in told.out
