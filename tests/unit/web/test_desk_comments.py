"""Remarks to whoever wrote a text, and two versions side by side as readers see them."""

import re
from html import unescape

from scheduler.bootstrap import App
from scheduler.domain.roles import Person, Role
from scheduler.domain.writing.comments import LONGEST
from tests.samples.desk import acts_of, desk_of, form_of, visiting, words
from tests.unit.web.test_desk_writing import (
    ANA,
    LEAK,
    MARIE,
    SMS,
    TEXT,
    as_,
    changed,
    proposed,
    save,
)

XSS = '"><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }}'


async def test_a_remark_on_a_proposal_reaches_its_author(app: App) -> None:
    action = f"/comments/{LEAK}"
    async with as_(app, MARIE) as marie, as_(app, ANA) as ana:
        number = await proposed(app, marie, changed(app, path=LEAK))
        form = form_of(await ana.page(f"/proposals/{number}"), action)
        said = await ana.post(action, form | {"said": f"Un mot de trop.\r\n{XSS}"})
        again = await ana.post(action, form | {"said": "Un mot de trop."})
        own, listed = await marie.page(f"/write/{LEAK}"), words(await marie.page("/writing"))
        await save(marie, changed(app, new="Bonsoir", path=LEAK), path=LEAK)
        late = await ana.post(action, form | {"said": "Encore."})
        later, history = await marie.page(f"/write/{LEAK}"), await ana.page(f"/history/{LEAK}")

    assert (said.status, again.status, late.status) == (303, 303, 409)
    assert said.headers["Location"] == f"/proposals/{number}#comments"
    assert "Un mot de trop." in words(own)
    assert "sur un texte qui a changé" not in words(own)
    assert "sur un texte qui a changé" in words(later)
    assert "remarques reçues : 1" in listed
    for page in (own, later, history):
        assert "<script>alert" not in page
        assert "{{ 7 * 7 }}" in unescape(page)
    assert [one[1] for one in await acts_of(app)] == ["propose-text", "comment-text"]


async def test_what_stands_is_remarked_upon_too_and_nothing_else(app: App) -> None:
    action = f"/comments/{TEXT}"
    async with as_(app, ANA) as ana:
        form = form_of(await ana.page(f"/history/{TEXT}"), action)
        fine = await ana.post(action, form | {"said": "x" * (LONGEST + 9)})
        forms = [form_of(await ana.page(f"/history/{TEXT}"), action) for _ in range(4)]
        empty = await ana.post(action, forms[0] | {"said": " \n "})
        other = await ana.post(action, forms[1] | {"said": "Oui.", "print": "0" * 64})
        drafted = await ana.post(action, forms[2] | {"said": "Oui.", "draft": "9" * 30})
        forged = await ana.post(
            action, forms[3] | {"said": "Oui.", "proof": forms[3]["proof"][:-1]}
        )

    assert (fine.status, empty.status, other.status, drafted.status) == (303, 409, 409, 409)
    assert forged.status == 403
    (kept,) = await app.comments.of_text(TEXT)
    assert (kept.by, len(kept.said)) == ("Ana Bret", LONGEST)


async def test_who_only_reads_sees_remarks_and_makes_none(app: App) -> None:
    reader = Person(name="Léo", roles=frozenset({Role.READ}))
    await app.comments.add(TEXT, "0" * 64, "Ana Bret", "Très clair.", app.clock())
    async with visiting(desk_of(app, local=reader)) as leo:
        page = await leo.page(f"/history/{TEXT}")
        refused = await leo.post(f"/comments/{TEXT}", {"said": "Oui."})

    assert "Très clair." in words(page)
    assert f'action="/comments/{TEXT}"' not in page
    assert refused.status == 403


async def test_a_proposal_is_shown_beside_what_stands(app: App) -> None:
    async with as_(app, MARIE) as marie, as_(app, ANA) as ana:
        number = await proposed(app, marie, changed(app, path=LEAK))
        page = await ana.page(f"/proposals/{number}")
        frames = [unescape(one) for one in re.findall(r'<iframe src="([^"]+side=[^"]+)"', page)]
        old, new = [await ana.get(one) for one in frames]

    assert "Salutations" not in old.text
    assert "Salutations" in new.text
    for one in (old, new):
        assert one.headers["Content-Security-Policy"].startswith("sandbox;")


async def test_a_publication_is_shown_beside_what_stood_before_it(app: App) -> None:
    async with as_(app, MARIE) as marie:
        await save(marie, changed(app), "publish")
        await save(marie, changed(app, new="Bonsoir"), "publish")
        history = await marie.page(f"/history/{TEXT}")
        where = f"/beside/{TEXT}?number=2"
        page = await marie.page(where)
        frames = [unescape(one) for one in re.findall(r'<iframe src="([^"]+)"', page)]
        old, new = [await marie.get(one) for one in frames]
        lost = [
            (await marie.get(f"/beside/{TEXT}?number={one}")).status for one in ("", "3", "x", "-1")
        ]
        none = await marie.get("/beside/cybermois/../../../etc/passwd?number=1")

    assert f'href="{where}"' in history
    assert ("Salutations" in old.text, "Bonsoir" in new.text) == (True, True)
    assert "<del>" in page
    assert (lost, none.status) == ([404] * 4, 404)


async def test_of_an_sms_its_words_stand_beside_each_other(app: App) -> None:
    text = changed(app, old="\n", new=" \n", path=SMS).replace(" \n", " !\n")
    async with as_(app, MARIE) as marie:
        status, _ = await save(marie, text, "publish", SMS)
        page = await marie.page(f"/beside/{SMS}?number=1")

    assert status == 303
    assert page.count('<pre class="raw"') == 2
