"""« Lecture à trois »: a link, three readers nobody knows, what they said once all have ended."""

import re
from datetime import timedelta
from html import unescape

import pytest

from scheduler.bootstrap import App
from scheduler.domain.roles import Person, Role
from scheduler.domain.words.writing import WHY_NO_TRIO
from scheduler.domain.writing.trio import NoTrio
from tests.samples.desk import Answer, Visitor, acts_of, desk_of, form_of, visiting, words
from tests.samples.public import visiting as visiting_public
from tests.unit.web.test_desk_writing import LEAK, MARIE, SMS, TEXT, as_, changed, save
from tests.worlds import Clock

ACTION = f"/trios/{TEXT}"
XSS = "<script>alert(1)</script>"


async def ask(visitor: Visitor, path: str = TEXT, **fields: str) -> Answer:
    """A text that is being read by the program says so: it is asked again."""
    action = f"/trios/{path}"
    for _ in range(60):
        form = form_of(await visitor.page(action), action) | {"days": "7"} | fields
        answer = await visitor.post(action, form)
        if "encore à la relecture" not in words(answer.text):
            break
    return answer


def path_in(page: str) -> str:
    found = re.search(r"<code class=\"address\">[^<]*?(/lecture/[A-Za-z0-9_-]+)</code>", page)
    assert found is not None
    return found[1]


def filled(page: str, **said: str) -> dict[str, str]:
    found = re.search(r'name="sheet" value="([^"]+)"', page)
    assert found is not None
    return {"sheet": found[1], **said}


async def test_three_readers_end_and_then_the_author_sees(app: App) -> None:
    async with as_(app, MARIE) as marie, visiting_public(app) as reader:
        await save(marie, changed(app, new=f"Bonjour `{XSS}`"))
        asked = await ask(marie)
        link = path_in(asked.text)
        async with reader.session.get(link) as answer:
            page, headers = await answer.text(), answer.headers
        before = words(await marie.page(ACTION))
        empty, nothing = await reader.post(link, filled(page))
        said = {"clear-0": "yes", "clear-1": "no", "smile-1": "on"}
        first = filled(page, **said)
        ends = [(await reader.post(link, first))[0] for _ in range(2)]
        for _ in range(2):
            _, fresh = await reader.get(link)
            ends.append((await reader.post(link, filled(fresh, **said)))[0])
        late, over = await reader.post(link, {"sheet": "x" * 16, **said}), await reader.get(link)
        shown = words(await marie.page(ACTION))

    assert "Set-Cookie" not in headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert "<script" not in page
    assert XSS in unescape(page)
    assert words(page).index("deviner") < words(page).index("Paragraphe 1")
    assert "n’est pas une relecture" in words(page)
    labels = re.findall(r"<label>.*?<span>(.*?)</span></label>", page)
    assert labels[:3] == ["C’est clair", "Ce n’est pas clair", "Cela m’a fait sourire"]
    assert "donc rien n’est envoyé" in words(nothing)
    assert not re.search(r"\w'\w", words(page))
    assert (empty, ends, late[0], over[0]) == (422, [200] * 4, 410, 410)
    assert "0 sur 3 ont terminé" in before
    assert "peut répondre trois fois" in before
    assert "clair : 3 · pas clair : 0 · sourire : 0" in shown
    assert "clair : 0 · pas clair : 3 · sourire : 3" in shown
    assert link not in shown
    assert [act for _, act, _ in await acts_of(app)] == ["ask-trio"]


async def test_the_link_ends_in_its_time(app: App) -> None:
    async with as_(app, MARIE) as marie, visiting_public(app) as reader:
        link = path_in((await ask(marie, days="3")).text)
        assert isinstance(app.clock, Clock)
        _, page = await reader.get(link)
        await reader.post(link, filled(page, **{"clear-0": "no"}))
        app.clock.now += timedelta(days=3)
        (late, _), (shut, _) = (
            await reader.post(link, filled(page, **{"clear-0": "no"})),
            (await reader.get(link)),
        )
        unknown, _ = await reader.get("/lecture/" + "x" * 43)
    async with as_(app, MARIE) as marie:
        told = words(await marie.page(ACTION))

    # The first form said again is answered as before, and counts nothing.
    assert (late, shut, unknown) == (200, 410, 404)
    assert "Moins de deux personnes ont répondu" in told
    assert "pas clair : 1" not in told


@pytest.mark.parametrize("path", ["_snippets/pied.fr.md", "cybermois/annonce/message.yaml"])
async def test_what_nobody_reads_by_itself_goes_to_nobody(app: App, path: str) -> None:
    async with as_(app, MARIE) as marie:
        refused = await ask(marie, path)

    assert refused.status == 409
    assert await app.trios.of_text(path, app.clock()) == []


async def test_no_reading_is_offered_of_a_service_text(app: App) -> None:
    async with as_(app, MARIE) as marie:
        page = await marie.page(f"/trios/{LEAK}")
        writes = [await marie.page(f"/write/{path}") for path in (LEAK, TEXT)]

    assert "Obtenir le lien" not in words(page)
    assert WHY_NO_TRIO[NoTrio.SERVICE][:20] in words(page).replace("’", "'")
    assert ["/trios/" in one for one in writes] == [False, True]


async def test_a_text_that_became_one_of_service_is_read_out_no_more(app: App) -> None:
    async with as_(app, MARIE) as marie, visiting_public(app) as reader:
        link = path_in((await ask(marie, SMS)).text)
        fine, page = await reader.get(link)
        form = form_of(await marie.page(f"/trios/{SMS}"), f"/trios/{SMS}") | {"days": "7"}
        head = app.configuration.files / "cybermois/annonce/message.yaml"
        text = head.read_text(encoding="utf-8")
        head.write_text(text.replace("class: awareness", "class: service"), encoding="utf-8")
        gone, _ = await reader.get(link)
        said, _ = await reader.post(link, filled(page, **{"clear-0": "yes"}))
        asked = await marie.post(f"/trios/{SMS}", form)

    assert (fine, gone, said, asked.status) == (200, 410, 410, 409)


async def test_it_is_taken_away_and_asked_for_by_writers_alone(app: App) -> None:
    reader = Person(name="Léo", roles=frozenset({Role.READ, Role.APPROVE}))
    async with as_(app, MARIE) as marie, visiting_public(app) as public:
        link = path_in((await ask(marie)).text)
        wrong = await ask(marie, days="400")
        (one,) = await app.trios.of_text(TEXT, app.clock())
        page = await marie.page(ACTION)
        form = form_of(page, ACTION) | {"do": "drop", "trio": str(one.id)}
        forged = await marie.post(ACTION, form | {"proof": ""})
        dropped = await marie.post(ACTION, form)
        gone, _ = await public.get(link)
    async with visiting(desk_of(app, local=reader)) as leo:
        refused = await leo.get(ACTION)

    assert (wrong.status, forged.status, dropped.status, gone) == (409, 403, 303, 404)
    assert refused.status == 403
