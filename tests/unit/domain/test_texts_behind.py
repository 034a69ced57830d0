"""Which texts wait for the French one that they follow, by what was seen of both."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.showing.siblings import Seen, Sibling, behind, changed

THEN = datetime(2026, 9, 1, 8, tzinfo=UTC)
LATER = THEN + timedelta(days=1)


def text(variant: str, digest: str = "a", audience: str | None = "staff") -> Sibling:
    path = f"m/email.{audience}.{variant}.md"
    return Sibling(path=path, channel="email", audience=audience, variant=variant, digest=digest)


def seen(one: Sibling, since: datetime = THEN) -> dict[str, Seen]:
    return {one.path: Seen(digest=one.digest, since=since)}


@pytest.mark.parametrize(
    ("texts", "known", "flagged"),
    [
        ([text("fr"), text("en")], seen(text("fr")) | seen(text("en")), []),
        ([text("fr"), text("en")], seen(text("fr"), LATER) | seen(text("en")), ["en"]),
        ([text("fr"), text("en")], seen(text("fr")) | seen(text("en"), LATER), []),
        # Edited since the last look: the French text alone, the other alone, both.
        ([text("fr", "b"), text("en")], seen(text("fr")) | seen(text("en")), ["en"]),
        ([text("fr"), text("en", "b")], seen(text("fr"), LATER) | seen(text("en")), []),
        ([text("fr", "b"), text("en", "b")], seen(text("fr")) | seen(text("en")), []),
        # Nobody has looked yet: a clone, a first start, a text just written.
        ([text("fr"), text("en")], {}, []),
        ([text("fr"), text("en")], seen(text("fr"), LATER), []),
        ([text("fr"), text("en")], seen(text("en")), []),
        # It follows the French text of its own audience, else the one for all.
        (
            [text("fr", audience=None), text("fr-falc")],
            seen(text("fr", audience=None), LATER) | seen(text("fr-falc")),
            ["fr-falc"],
        ),
        (
            [text("fr", audience=None), text("fr"), text("en")],
            seen(text("fr", audience=None), LATER) | seen(text("fr")) | seen(text("en")),
            [],
        ),
        ([text("en")], seen(text("en")), []),
    ],
)
def test_which_are_behind(texts: list[Sibling], known: dict[str, Seen], flagged: list[str]) -> None:
    assert [one.text.variant for one in behind(texts, known)] == flagged


def test_only_what_says_something_else_is_noted_anew() -> None:
    texts = [text("fr", "b"), text("en"), text("fr-falc")]

    found = changed(texts, seen(text("fr")) | seen(text("en")), LATER)

    assert found == seen(text("fr", "b"), LATER) | seen(text("fr-falc"), LATER)
