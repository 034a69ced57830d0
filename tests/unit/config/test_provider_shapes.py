"""A wrong shape for a provider is refused with its line, and told by what must work."""

from datetime import time
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.daemon.reload import read_again
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


def test_an_account_that_nothing_is_sent_by_may_wait_for_its_sid(config: Path) -> None:
    waiting = (TWILIO % "AC-to-come").replace("provider: twilio, ", "")
    edit(config, "sms: {sender: CHESSAI}", waiting)

    assert load(config, {}).settings.channels.sms.provider == "outbox"


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


def test_a_message_without_a_folder_is_refused_and_what_must_work_says_it(config: Path) -> None:
    (config.parent / "templates" / "essai").rename(config.parent / "templates" / "x")

    refused = reflexe(config, "calendar", "--lang", "fr")
    stopped = reflexe(config, "stop-all")

    assert refused.code == 2
    assert "il n’y a pas de message «\u00a0essai\u00a0» sous templates/" in refused.err
    assert "config.yaml:" in refused.err
    assert stopped.code == 0
    assert "there is no message 'essai'" in stopped.err


def test_check_tells_of_it_with_what_else_there_is_to_tell(config: Path) -> None:
    (config.parent / "templates" / "essai").rename(config.parent / "templates" / "x")

    answer = reflexe(config, "check")

    assert answer.code == 1
    assert "aucun message « essai » sous templates/" in answer.out


def test_a_switched_off_campaign_may_lack_its_messages(config: Path) -> None:
    edit(config, "    kind: series\n", "    kind: series\n    enabled: false\n")
    (config.parent / "templates" / "essai").rename(config.parent / "templates" / "x")

    assert reflexe(config, "calendar").code == 0


def test_a_daemon_goes_on_without_it_and_keeps_the_other_edits(config: Path) -> None:
    running = load(config, {})
    (config.parent / "templates" / "essai").rename(config.parent / "templates" / "x")
    edit(config, "topic: october", "topic: october\n    at: '11:00'")

    renewed, needs_restart = read_again(config, running)

    assert [fault.key for fault in renewed.lost] == ["campaigns.cybermois.episodes.un.message"]
    assert renewed.campaigns[0].at == time(11)
    assert not needs_restart
