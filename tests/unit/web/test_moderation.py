"""A form can't be used to flood anybody, and a busy ward still gets through."""

from datetime import UTC, datetime, timedelta

from scheduler.web.public.moderation import ALL, EACH, WINDOW, Moderation

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def test_a_client_has_its_share_an_hour() -> None:
    moderation = Moderation()

    taken = [moderation.admits("a", NOW) for _ in range(EACH + 2)]

    assert taken == [True] * EACH + [False] * 2
    assert moderation.admits("b", NOW)
    assert not moderation.admits("a", NOW + WINDOW - timedelta(seconds=1))
    assert moderation.admits("a", NOW + WINDOW)


def test_everybody_together_has_a_share_too() -> None:
    moderation = Moderation()

    taken = [moderation.admits(f"client {number}", NOW) for number in range(ALL + 5)]

    assert taken.count(True) == ALL
    assert moderation.admits("client 0", NOW + WINDOW)


def test_a_clock_set_back_keeps_nobody_out() -> None:
    moderation = Moderation()
    for _ in range(EACH):
        moderation.admits("a", NOW)

    assert moderation.admits("a", NOW - timedelta(days=1))
