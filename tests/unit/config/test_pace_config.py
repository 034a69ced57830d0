"""The pace that a configuration asks for, and how its faults are told."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scheduler.bootstrap import pace_of
from scheduler.bootstrap.pace import destinations_of
from scheduler.config.loading import load
from scheduler.config.settings import Settings
from scheduler.domain.errors import ConfigError
from scheduler.domain.measure.pace import Pace, SpendCap, WarmUp
from tests.flow_world import CONFIG, SERIES, write_installation

PARIS = "Europe/Paris"


def read(folder: Path, **variables: str) -> Settings:
    """The world's configuration with a relay and a carrier, and these keys laid over it."""
    path = write_installation(folder)
    path.write_text(CONFIG + SERIES, encoding="utf-8")
    keys = {
        "EMAIL__PROVIDER": "smtp",
        "EMAIL__SMTP__HOST": "relais.example.org",
        "SMS__PROVIDER": "twilio",
        "SMS__TWILIO__ACCOUNT_SID": "AC" + "0" * 32,
        "SMS__TWILIO__AUTH_TOKEN": "t",
        **variables,
    }
    return load(path, {f"REFLEXE_CHANNELS__{key}": value for key, value in keys.items()}).settings


def test_without_a_key_the_shipped_groups_and_one_segment_a_second_hold(tmp_path: Path) -> None:
    settings = read(tmp_path)

    assert pace_of(settings, "email", "orange") == Pace(connections=3, messages_per_connection=100)
    assert pace_of(settings, "email", "") == Pace()
    assert pace_of(settings, "sms", "") == Pace(rates={"sms": 1.0})


def test_keys_of_a_group_change_what_they_name_alone_and_a_new_group_may_be_added(
    tmp_path: Path,
) -> None:
    settings = read(
        tmp_path,
        EMAIL__PACE__PER_SECOND="50",
        EMAIL__PACE__GROUPS__ORANGE__CONNECTIONS="1",
        EMAIL__PACE__GROUPS__ACADEMIE="{domains: [ac-exemple.example, education.*], per_second: 5}",
        EMAIL__PACE__GROUPS__YAHOO__DOMAINS="[]",
    )

    orange, ours = pace_of(settings, "email", "orange"), pace_of(settings, "email", "academie")
    of = destinations_of(settings).of
    assert (orange.connections, orange.messages_per_connection) == (1, 100)
    assert ours.rates == {"email": 50.0, "email/academie": 5.0}
    assert [of(f"a@{domain}") for domain in ("wanadoo.fr", "education.fr", "yahoo.fr")] == [
        "orange",
        "academie",
        "",
    ]


def test_a_warm_up_and_a_cap_count_the_organisation_s_days(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        EMAIL__PACE__WARM_UP="{from: 2026-09-01, first_day: 100}",
        SMS__PACE__SPEND_CAP_PER_DAY="12.50",
        SMS__PACE__SEGMENTS_PER_SECOND="10",
    )

    assert pace_of(settings, "email", "gmail").allowance == WarmUp(
        channel="email",
        zone=PARIS,
        since=date(2026, 9, 1),
        first_day=100,
        growth=1.5,
        full=50_000,
    )
    assert pace_of(settings, "sms", "") == Pace(
        rates={"sms": 10.0}, allowance=SpendCap(channel="sms", zone=PARIS, amount=125_000)
    )


def test_an_outbox_is_as_fast_as_it_can(tmp_path: Path) -> None:
    settings = read(tmp_path, EMAIL__PROVIDER="outbox", SMS__PROVIDER="outbox")

    assert pace_of(settings, "email", "orange") == pace_of(settings, "sms", "") == Pace()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("EMAIL__PACE__GROUPS", "{nous: {domains: [orange.fr]}}", "groups orange and nous"),
        ("EMAIL__PACE__GROUPS", "{nous: {connections: 2}}", "groups.nous is no shipped group"),
        ("EMAIL__PACE__GROUPS", "{nous: {domains: ['*.fr']}}", "not a domain name"),
        ("EMAIL__PACE__GROUPS", "{orange: {connections: 0}}", "greater than or equal to 1"),
        ("EMAIL__PACE__PER_SECOND", "0", "greater than 0"),
        ("EMAIL__PACE__WARM_UP", "{from: 2026-09-01, first_day: 50000}", "smaller than full"),
        ("EMAIL__PACE__WARM_UP", "{first_day: 100}", "from"),
        ("SMS__PACE__SPEND_CAP_PER_DAY", "0.05", "less than a segment costs (0.0798)"),
        ("SMS__PACE__SPEND_CAP_PER_DAY", "-1", "greater than 0"),
    ],
)
def test_a_pace_that_makes_no_sense_is_told_with_its_remedy(
    tmp_path: Path, key: str, value: str, said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, **{key: value})

    assert said in str(refused.value)


def test_a_cap_lets_the_dearest_segment_through(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"0\.115"):
        read(tmp_path, SMS__PRICES="{'+262': '0.1150'}", SMS__PACE__SPEND_CAP_PER_DAY="0.10")

    settings = read(tmp_path / "again", SMS__PACE__SPEND_CAP_PER_DAY="0.10")
    assert settings.channels.sms.pace.spend_cap_per_day == Decimal("0.10")
