"""The whole daemon before a Twilio that refuses, throttles, or says nothing."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fakes import Answer, FakeTwilio
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, install, staff
from tests.parts.processes import wait_until

SATURDAY = datetime(2026, 10, 3, 12, tzinfo=UTC)
#: 10:00 in Paris, on the Mondays after the first two Sundays.
FIRST = datetime(2026, 10, 5, 8, tzinfo=UTC)
SECOND = FIRST + timedelta(days=7)
EPISODE_1, EPISODE_2 = "1-fermer-sa-porte", "2-ne-pas-donner-ses-cles"
#: Of another campaign.
OTHER = "rappels/11-dans-le-doute"
HALTED = ("campaign-halted", "cybermois/sms")
PEOPLE = 16
NUMBERS = {
    name: f"+33 6 39 98 77 {number:02}"
    for number, name in enumerate(
        ["well", "stopped", "bad", "busy", "lost", "garbled", "silent"], start=1
    )
}


def e164(name: str) -> str:
    return NUMBERS[name].replace(" ", "")


def installed(folder: Path, twilio: FakeTwilio) -> Installation:
    return install(
        folder / "home",
        SATURDAY,
        channels__sms__provider="twilio",
        channels__sms__twilio__account_sid=twilio.account_sid,
        channels__sms__twilio__auth_token=twilio.auth_token,
        channels__sms__twilio__base_url=twilio.base_url,
    )


@contextmanager
def monday(folder: Path, twilio: FakeTwilio, *names: str) -> Iterator[Installation]:
    with hosted(twilio):
        home = installed(folder, twilio)
        rows = [
            staff(number, email="", telephone=NUMBERS[name]) for number, name in enumerate(names)
        ]
        home.import_people("staff", rows)
        yield home


def state_of(home: Installation, name: str, episode: str = EPISODE_1) -> tuple[str, str]:
    """State of somebody's delivery, and the first word of its reason."""
    (row,) = [row for row in home.deliveries("sms", episode) if row["to"] == e164(name)]
    return row["state"], row["reason"].partition(" ")[0]


def sent(home: Installation, channel: str, episode: str) -> int:
    return list(home.states(channel, episode).values()).count("sent")


def acts(home: Installation) -> list[tuple[str, str, str]]:
    """Who did what to what."""
    return [(one["actor"], one["act"], one["subject"]) for one in home.ask("audit", "list")]


def test_each_answer_of_twilio_is_what_it_says(tmp_path: Path) -> None:
    twilio = FakeTwilio(
        answers={
            e164("stopped"): Answer(code=21610),
            e164("bad"): Answer(code=21211),
            e164("busy"): Answer(status=429, code=20429, times=1),
            e164("lost"): Answer(does="drop", times=1),
            e164("garbled"): Answer(does="garbage", times=1),
        }
    )
    names = ["well", "stopped", "bad", "busy", "lost", "garbled"]
    with monday(tmp_path, twilio, *names) as home, home.daemon() as running:
        home.step_to(FIRST)
        wait_until(lambda: home.deliveries("sms") != [], "a plan")
        wait_until(lambda: home.count("waiting", "sms") == 1, "one is to be tried again")
        home.look_at(running, FIRST + timedelta(minutes=5))
        home.wait_settled(of="sms")
        home.step_to(SECOND)
        wait_until(lambda: home.deliveries("sms", EPISODE_2) != [], "the next plan")
        home.wait_settled(of="sms")

        assert state_of(home, "well")[0] == "sent"
        assert state_of(home, "busy")[0] == "sent"
        assert state_of(home, "stopped") == ("failed", "21610")
        assert state_of(home, "bad") == ("failed", "21211")
        for doubtful in ("lost", "garbled"):
            assert state_of(home, doubtful)[0] == "uncertain"
        assert state_of(home, "stopped", EPISODE_2) == ("left-out", "opted-out")
        assert state_of(home, "bad", EPISODE_2) == ("left-out", "bounced")
        asked = [request["To"] for request in twilio.requests]
        # Twice for the two episodes, once more for the one that was told to come back.
        times = {name: asked.count(e164(name)) for name in names}
        assert times == {"well": 2, "stopped": 1, "bad": 1, "busy": 3, "lost": 2, "garbled": 2}
        routes = {row["reason"]: row["route"] for row in home.rows("select * from suppression")}
        assert routes == {"opted-out": "provider", "bounced": "provider"}


def test_a_refused_token_stops_the_channel_with_one_alarm(tmp_path: Path) -> None:
    twilio = FakeTwilio()
    with monday(tmp_path, twilio, "well", "busy") as home:
        home.set(channels__sms__twilio__auth_token="wrong")
        with home.daemon() as running:
            home.look_at(running, FIRST - timedelta(hours=20))
            home.step_to(FIRST)
            wait_until(lambda: home.alarms() != [], "an alarm")
            home.look_at(running, FIRST + timedelta(minutes=5))

            assert home.alarms() == [("channel-stopped", "sms")]
            assert home.count("waiting", "sms") == 2
            assert twilio.messages == []


def test_a_campaign_that_is_filtered_halts_alone_until_somebody_lets_it_go_on(
    tmp_path: Path,
) -> None:
    """One number is answered 30007: the campaign waits by SMS, and nothing else does."""
    filtered = Answer(code=30007, message="Message filtered", times=1)
    twilio = FakeTwilio(answers={"+33639980005": filtered})
    with hosted(twilio):
        home = installed(tmp_path, twilio)
        home.set(channels__sms__pace__segments_per_second=20)
        by_sms = [staff(number, email="") for number in range(PEOPLE)]
        by_mail = [staff(PEOPLE + number, telephone="") for number in range(3)]
        home.import_people("staff", by_sms + by_mail)
        with home.daemon() as running:
            home.look_at(running, FIRST - timedelta(days=1))
            wait_until(lambda: sent(home, "email", EPISODE_1) == 3, "the Sunday's e-mail")
            home.look_at(running, FIRST)
            wait_until(lambda: HALTED in home.alarms(), "it halts")
            wait_until(lambda: home.count("sending", "sms") == 0, "nothing is under way")
            halted = len(twilio.messages)
            assert home.count("waiting", "sms") == PEOPLE - halted > 0
            for other in (OTHER, f"cybermois/{EPISODE_2}"):
                said = home.say("send-now", other, "--yes", "--by", "Camille")
                assert said.returncode == 0, said.stderr
            episode = OTHER.partition("/")[2]
            wait_until(lambda: sent(home, "sms", episode) == PEOPLE, "another campaign's SMS")
            wait_until(lambda: sent(home, "email", EPISODE_2) == 3, "the campaign's e-mail")
            assert len(twilio.messages) == halted + PEOPLE
            assert home.alarms() == [HALTED]

            said = home.say("resume", "cybermois", "--channel", "sms", "--by", "Camille")
            home.look_at(running, FIRST + timedelta(minutes=5))
            home.wait_settled(of="sms")

        assert said.stdout.startswith("cybermois goes on by sms: ")
        assert sent(home, "sms", EPISODE_1) == PEOPLE
        assert home.alarms() == []
        copies = Counter((one["to"], one["body"]) for one in twilio.messages)
        assert copies.most_common(1)[0][1] == 1
        assert ("Camille", "resume", "cybermois/sms") in acts(home)


def test_an_unanswered_request_is_never_repeated_even_after_a_restart(tmp_path: Path) -> None:
    twilio = FakeTwilio(answers={e164("silent"): Answer(does="silence")})
    with monday(tmp_path, twilio, "silent", "well") as home:
        home.set(daemon__grace_seconds=3)
        with home.daemon() as running:
            home.step_to(FIRST)
            wait_until(lambda: len(twilio.messages) == 2, "both are at Twilio")
            assert running.stop() == 0
        # Cut short by the stop or, on a slow machine, by its own time-out.
        assert state_of(home, "silent") in [("uncertain", "stopped"), ("uncertain", "timeout")]
        with home.daemon() as running:
            home.look_at(running, FIRST + timedelta(hours=1))
            home.look_at(running, FIRST + timedelta(hours=4))

        assert [message["to"] for message in twilio.messages].count(e164("silent")) == 1
