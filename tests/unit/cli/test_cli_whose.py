"""whose, said as an operator says it."""

from pathlib import Path

from scheduler.cli.answers.whose import SIGNS, VERDICTS
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
