"""What a preference page comes to: only what its reader changed on it."""

from datetime import UTC, datetime

import pytest

from scheduler.domain.consent.optout import TOPICS
from scheduler.domain.consent.preferences import (
    EASY_TO_READ,
    Asked,
    Choices,
    Standing,
    acts_of,
    changed,
    standing,
    stopped,
    undone,
)

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
LEFT = Standing(left=True)
ALL = Standing()


def choices(email: Standing = ALL, sms: Standing = ALL, *, easy: bool = False) -> Choices:
    return Choices(channels={"email": email, "sms": sms}, language="fr", easy_to_read=easy)


def off(*topics: str) -> Standing:
    return Standing(off=frozenset(topics))


def asked(shown: Choices, *, untick: str = "", tick: str = "", language: str = "fr") -> Asked:
    """A page that showed these choices, with boxes unticked and ticked."""
    ticked = (shown.ticks - set(untick.split())) | set(tick.split())
    return Asked(shown=shown.ticks, ticked=ticked, shown_language="fr", language=language)


@pytest.mark.parametrize(
    ("before", "untick", "tick", "after"),
    [
        (choices(), "", "", choices()),
        (choices(), "email.events", "", choices(off("events"))),
        (choices(off("events")), "", "email.events", choices()),
        (choices(off("events")), "email.october email.reminders", "", choices(LEFT)),
        (choices(), "sms.october sms.reminders sms.events", "", choices(sms=LEFT)),
        (choices(LEFT), "", "email.october", choices(off("reminders", "events"))),
        (choices(), "", EASY_TO_READ, choices(easy=True)),
        (choices(easy=True), EASY_TO_READ, "", choices()),
        (choices(), "email.unknown", "sms.unknown fax.october", choices()),
    ],
)
def test_a_page_changes_what_was_changed_on_it(
    before: Choices, untick: str, tick: str, after: Choices
) -> None:
    assert changed(before, asked(before, untick=untick, tick=tick), ["fr", "en"]) == after


def test_a_page_sent_back_as_it_was_keeps_every_nuance() -> None:
    nuanced = choices(Standing(left=True, off=frozenset({"events"})), off(*TOPICS))

    assert changed(nuanced, asked(nuanced), ["fr"]) == nuanced


def test_an_old_tab_takes_nothing_back() -> None:
    old = asked(choices(), untick="email.events")

    assert changed(choices(off("october")), old, ["fr"]) == choices(off("october", "events"))
    assert changed(choices(LEFT, LEFT), old, ["fr"]) == choices(LEFT, LEFT)


def test_only_a_language_that_was_offered_and_chosen_counts() -> None:
    english = choices().channels

    assert changed(choices(), asked(choices(), language="en"), ["fr", "en"]).language == "en"
    assert changed(choices(), asked(choices(), language="xx"), ["fr", "en"]).language == "fr"
    elsewhere = Choices(channels=english, language="en", easy_to_read=False)
    assert changed(elsewhere, asked(choices()), ["fr", "en"]).language == "en"


def test_stopping_everything_and_coming_back_keeps_what_was_left_before() -> None:
    before = choices(off("events"))

    all_left = stopped(before)

    assert all_left.ticks == frozenset()
    assert undone(all_left, "email") == choices(off("events"), LEFT)


@pytest.mark.parametrize(
    ("scopes", "found"),
    [
        ([], ALL),
        (["topics"], LEFT),
        (["everything"], LEFT),
        (["events"], off("events")),
        (["events", "topics"], Standing(left=True, off=frozenset({"events"}))),
    ],
)
def test_acts_say_how_somebody_stands(scopes: list[str], found: Standing) -> None:
    assert standing(scopes) == found


@pytest.mark.parametrize(
    ("channel", "now_is", "scopes"),
    [
        ("email", ALL, []),
        ("email", LEFT, ["topics"]),
        ("sms", LEFT, ["everything"]),
        ("sms", off("events", "october"), ["events", "october"]),
    ],
)
def test_how_somebody_stands_is_kept_as_acts(
    channel: str, now_is: Standing, scopes: list[str]
) -> None:
    acts = acts_of(channel, now_is, NOW)

    assert [act.scope for act in acts] == scopes
    assert {(act.channel, act.reason, act.route) for act in acts} <= {
        (channel, "opted-out", "preferences")
    }
    assert standing(scopes) == now_is
