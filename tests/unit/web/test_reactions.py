"""What readers say of a piece of advice under its web version: counted, and nobody known."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.domain.quizzes.counted import Pressed
from tests.samples.desk import send_announcement
from tests.samples.public import Visitor, visiting
from tests.worlds import make_world


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    app = await make_world(tmp_path)
    await send_announcement(app)
    async with visiting(app) as opened:
        yield opened
    await app.close()


async def page_of(visitor: Visitor) -> tuple[str, str]:
    """A web version's path, and its page."""
    _, listed = await visitor.get("/verifier")
    found = re.search(r'href="(m/\w+)"', listed)
    assert found
    path = f"/{found[1]}"
    return path, (await visitor.get(path))[1]


def token_of(page: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found
    return found[1]


async def test_three_buttons_are_counted_by_message_and_audience_alone(visitor: Visitor) -> None:
    path, page = await page_of(visitor)

    async with visitor.session.post(
        f"{path}/avis",
        data={"form": token_of(page), "reaction": "useful"},
        allow_redirects=False,
    ) as answer:
        assert answer.status == 303
        assert answer.headers["Location"] == "merci"
        assert "Set-Cookie" not in answer.headers
    status, _ = await visitor.post(f"{path}/avis", {"form": token_of(page), "reaction": "shown"})
    thanks, words = await visitor.get(f"{path}/merci")
    await asyncio.sleep(1.2)

    assert page.count('name="reaction"') == 3
    assert (status, thanks) == (303, 200)
    assert "Merci" in words
    counts = await visitor.app.tallies.reactions()
    assert {(one.message, one.reaction): n for one, n in counts.items()} == {
        ("cybermois/annonce", "useful"): 1,
        ("cybermois/annonce", "shown"): 1,
    }
    assert all(isinstance(one, Pressed) for one in counts)


async def test_a_made_up_reaction_or_form_is_counted_nowhere(visitor: Visitor) -> None:
    path, page = await page_of(visitor)

    made_up, _ = await visitor.post(f"{path}/avis", {"form": token_of(page), "reaction": "love"})
    forged, _ = await visitor.post(f"{path}/avis", {"form": "x" * 40, "reaction": "useful"})
    unknown, _ = await visitor.post("/m/0123456789abcdef/avis", {"reaction": "useful"})
    opened, _ = await visitor.get(f"{path}/avis")
    await asyncio.sleep(1.2)

    assert (made_up, forged, unknown, opened) == (400, 303, 404, 405)
    assert await visitor.app.tallies.reactions() == {}


async def test_the_page_is_the_same_for_all_and_may_only_post_to_us(visitor: Visitor) -> None:
    path, page = await page_of(visitor)

    async with visitor.session.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        again = await answer.text()

    assert again == page
    assert "form-action 'self'" in policy
    assert "script" not in policy
