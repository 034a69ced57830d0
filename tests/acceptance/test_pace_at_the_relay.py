"""The pace of the whole daemon, as the relay and the SMS provider see it."""

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.fakes import FakeRelay, FakeTwilio
from tests.parts.hosting import hosted
from tests.parts.installation import by_relay, install, staff

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris: the episode's e-mail; its SMS on the Monday.
SUNDAY, MONDAY = (datetime(2026, 10, day, 8, tzinfo=UTC) for day in (4, 5))
GROUP = "{maison: {domains: [example.org], connections: 2, messages_per_connection: 25}}"


def test_a_group_gets_few_connections_that_are_short_and_nobody_waits_for_it(
    tmp_path: Path,
) -> None:
    relay = FakeRelay(seconds_a_message=0.01)
    with ExitStack() as stack:
        stack.enter_context(hosted(relay))
        home = install(
            tmp_path / "home",
            SATURDAY,
            **by_relay(relay.port),
            channels__email__smtp__connections=6,
            channels__email__pace__groups=GROUP,
        )
        others = [staff(n, telephone="", email=f"b{n}@autre.example.net") for n in range(30)]
        home.import_people("staff", [staff(n, telephone="") for n in range(100, 280)] + others)
        with home.daemon():
            home.step_to(SUNDAY)
            home.wait_settled()

        assert Counter(home.states().values()) == {"sent": 210}
        assert len(set(relay.recipients)) == len(relay.recipients) == 210
        assert relay.most_carrying["example.org"] == 2
        carried = Counter(
            one.connection for one in relay.accepted if one.recipient.endswith("@example.org")
        )
        assert max(carried.values()) <= 25
        last_of_the_others = max(
            place for place, one in enumerate(relay.recipients) if "autre" in one
        )
        assert last_of_the_others < len(relay.recipients) - 30


def test_a_spend_cap_holds_over_a_restart_and_the_rest_waits_for_the_next_day(
    tmp_path: Path,
) -> None:
    twilio = FakeTwilio()
    with ExitStack() as stack:
        stack.enter_context(hosted(twilio))
        home = install(
            tmp_path / "home",
            SATURDAY,
            channels__sms__provider="twilio",
            channels__sms__twilio__account_sid=twilio.account_sid,
            channels__sms__twilio__auth_token=twilio.auth_token,
            channels__sms__twilio__base_url=twilio.base_url,
            channels__sms__price_per_segment="0.10",
            channels__sms__pace__segments_per_second=100,
            # Seven messages of one segment, and no eighth.
            channels__sms__pace__spend_cap_per_day="0.79",
        )
        home.import_people("staff", [staff(number, email="") for number in range(12)])
        with home.daemon() as running:
            home.look_at(running, SUNDAY)
        for _life in range(2):
            with home.daemon() as running:
                home.look_at(running, MONDAY.replace(hour=9))
                home.wait_tried_or_postponed("spend-cap", 5)
            assert len(twilio.messages) == 7
            assert ("spend-cap", "sms") in home.alarms()
        with home.daemon() as running:
            home.look_at(running, MONDAY.replace(day=6, hour=8))
            home.wait_settled(of="sms")

        assert Counter(one["to"] for one in twilio.messages).most_common(1)[0][1] == 1
        assert len(twilio.messages) == 12
