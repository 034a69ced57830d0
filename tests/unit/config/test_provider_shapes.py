"""A wrong shape for a provider is refused with its line, and told by what must work."""

from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.domain.errors import ConfigError
from tests.commands import reflexe
from tests.flow_world import SERIES, edit, write_installation

TWILIO = "sms: {sender: CHESSAI, provider: twilio, twilio: {account_sid: %s, auth_token: t}}"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    made = write_installation(tmp_path, SERIES)
    assert reflexe(made, "migrate").code == 0
    return made


def test_a_sid_of_another_shape_is_refused_with_its_line(config: Path) -> None:
    edit(config, "sms: {sender: CHESSAI}", TWILIO % "SK123")

    with pytest.raises(ConfigError) as refused:
        load(config, {})

    (fault,) = refused.value.faults
    assert fault.key == "channels.sms.twilio.account_sid"
    assert fault.line
    answer = reflexe(config, "calendar", "--lang", "fr")
    assert (answer.code, "n’est pas un SID de compte" in answer.err) == (2, True)


@pytest.mark.parametrize("words", [("stop-all",), ("status",), ("optout", "add", "a@example.org")])
def test_what_must_work_goes_on_and_says_it(config: Path, words: tuple[str, ...]) -> None:
    edit(config, "sms: {sender: CHESSAI}", TWILIO % "SK123")

    answer = reflexe(config, *words)

    assert answer.code != 2
    assert "is no account SID" in answer.err


def test_a_return_path_off_the_from_domain_is_advice(config: Path) -> None:
    assert load(config, {}).warnings == ()
    edit(config, "retour.example.org", "bounces.relay.example")

    (advice,) = load(config, {}).warnings

    assert "bounces.relay.example" in advice
    assert "SPF doesn't count for DMARC" in advice
    assert "SPF ne compte donc pas pour DMARC" in reflexe(config, "check").err
