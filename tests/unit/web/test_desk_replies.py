"""The desk's page of replies by SMS, by HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.domain.answers.replies import Reply
from scheduler.domain.hearing.deciding import hear
from tests.samples.desk import Visitor, form_of, words
from tests.worlds import make_world

MARIE = "+33639980001"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    for number, text in enumerate(("C’est payant de répondre STOP <b>?", "mauvais numéro")):
        heard = Reply(channel="sms", provider_id=f"SM{number}", sender=MARIE, text=text)
        await opened.replies.take(heard, hear(text), opened.clock(), answerable=False)
    yield opened
    await opened.close()


async def test_a_reply_is_shown_masked_with_its_words_inert(visitor: Visitor) -> None:
    page = await visitor.page("/replies")

    assert MARIE not in page
    assert "STOP &lt;b&gt;" in page
    assert "la série attend votre décision" in words(page)
    assert "Reprendre les envois" in words(page)


async def test_one_form_decides_and_says_who(app: App, visitor: Visitor) -> None:
    form = form_of(await visitor.page("/replies"), "/replies/1") | {"by": "Ana"}

    answer = await visitor.post("/replies/1", form | {"decision": "noted"})
    again = await visitor.post("/replies/1", form | {"decision": "opt-out"})

    assert (answer.status, answer.headers["location"]) == (303, "/replies")
    assert again.status == 303
    assert [row.reason for row in await app.people.opt_outs()] == ["wrong-person"]


@pytest.mark.parametrize("changes", [{"decision": "efface"}, {"by": " "}])
async def test_a_form_without_a_decision_or_a_name_changes_nothing(
    app: App, visitor: Visitor, changes: dict[str, str]
) -> None:
    form = form_of(await visitor.page("/replies"), "/replies/1")

    answer = await visitor.post("/replies/1", form | {"by": "Ana", "decision": "noted"} | changes)

    assert answer.status == 400
    assert len(await app.replies.open_replies()) == 2
