"""« Écrire »: drafts, publications, proposals, and two persons on one text."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import pytest

from scheduler.bootstrap import App
from scheduler.content.standing import file_text
from scheduler.domain.errors import Overtaken
from scheduler.domain.roles import Person, Role
from scheduler.domain.writing.drafts import DraftState
from scheduler.domain.writing.edits import fingerprint
from scheduler.flow.writing.writing import publication
from scheduler.web.desk.draft_review import DraftReview
from scheduler.web.desk.text_titles import title_of
from scheduler.web.desk.words import of_month, stopped_by
from scheduler.web.desk.writing_tools import LETTER
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words

TEXT = "cybermois/annonce/email.staff.fr.md"
SMS = "cybermois/annonce/sms.staff.fr.txt"
FOOTER = "_snippets/pied.fr.md"
LEAK = "fuite-de-donnees/email.staff.fr.md"
WRITE = f"/write/{TEXT}"
MARIE = Person(name="Marie Exemple", roles=frozenset({Role.READ, Role.WRITE}))
ANA = Person(name="Ana Bret", roles=frozenset({Role.READ, Role.WRITE, Role.APPROVE}))


@asynccontextmanager
async def as_(app: App, person: Person) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(app, local=person)) as visitor:
        yield visitor


def typed_in(page: str) -> str:
    """What the page's field holds, as a browser reads it."""
    found = re.search(r"<textarea id=\"text\"[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def sheet(page: str, path: str = TEXT) -> dict[str, str]:
    return form_of(page, f"/write/{path}")


async def save(
    visitor: Visitor, text: str, do: str = "check", path: str = TEXT, **fields: str
) -> tuple[int, str]:
    """Open the page, type, press; the status, and the page that comes."""
    page = await visitor.page(f"/write/{path}")
    body = sheet(page, path) | {"text": text, "do": do} | fields
    answer = await visitor.post(f"/write/{path}", body)
    if answer.status != 303:
        return answer.status, answer.text
    return 303, await visitor.page(answer.headers["Location"])


def changed(app: App, old: str = "Bonjour", new: str = "Salutations", path: str = TEXT) -> str:
    text = file_text(app.configuration.files, path)
    assert text is not None
    assert old in text
    return text.replace(old, new, 1)


async def stands(app: App, path: str = TEXT) -> str | None:
    latest = await app.edits.latest(path)
    return latest.content if latest else None


async def test_a_text_is_written_checked_and_published_without_a_script(app: App) -> None:
    text = changed(app)
    async with as_(app, MARIE) as visitor:
        message = await visitor.page("/messages/cybermois/annonce")
        first = await visitor.page(WRITE)
        kept, page = await save(visitor, text.replace("\n", "\r\n"))
        unread = await stands(app)
        done, published = await save(visitor, text, "publish")
        history = await visitor.page(f"/history/{TEXT}")
        never = words(await visitor.page(f"/history/{SMS}"))
        listed = words(await visitor.page("/writing"))

    assert f'href="/write/{TEXT}?message=cybermois/annonce"' in message
    assert typed_in(first) == file_text(app.configuration.files, TEXT)
    assert (kept, typed_in(page), unread) == (303, text, None)
    assert "prêt" in words(page)
    assert "Salutations" in page
    assert (done, "C’est publié" in words(published)) == (303, True)
    assert await stands(app) == text
    assert await app.drafts.every() == []
    assert await acts_of(app) == [("Marie Exemple", "publish-text", TEXT)]
    assert "<del>" in history
    assert "Publié par Marie Exemple" in words(history)
    assert "courriel, Personnel, français" in listed
    assert "n’a jamais été publié" in never


async def test_a_draft_is_seen_by_its_frame_before_it_is_published(app: App) -> None:
    async with as_(app, MARIE) as visitor:
        _, page = await save(visitor, changed(app))
        frames = re.findall(r'<iframe src="([^"]+)"', page)
        shown = [await visitor.get(unescape(one)) for one in frames]
        other = await visitor.get(f"/frames/messages/{TEXT.rpartition('/')[0]}?audience=staff")

    assert len(shown) == 4
    assert all("Salutations" in one.text for one in shown)
    assert all("sandbox" in one.headers["Content-Security-Policy"] for one in shown)
    assert "Salutations" not in other.text


async def test_a_fault_stops_a_publication_and_is_told_beside_its_line(app: App) -> None:
    text = changed(app, new="{{ inconnu }}")
    line = next(n for n, one in enumerate(text.split("\n"), 1) if "inconnu" in one)
    async with as_(app, MARIE) as visitor:
        for do in ("publish", "propose"):
            status, page = await save(visitor, text, do)
            assert status == 409
            assert "a une faute" in words(page)
            assert typed_in(page) == text
        mended, _ = await save(visitor, changed(app), "publish")

    anchor = f"file-templates-{TEXT.replace('/', '-')}-{line}"
    assert f'id="{anchor}"' in page
    assert f'href="#{anchor}"' in page
    assert mended == 303
    assert await stands(app) == changed(app)


async def test_the_second_person_on_a_text_is_told_and_nothing_of_theirs_is_lost(app: App) -> None:
    mine, theirs = changed(app, new="Bonsoir"), changed(app, new="Salutations")
    async with as_(app, MARIE) as marie, as_(app, ANA) as ana:
        before = await ana.page(WRITE)
        await save(marie, mine)
        told = words(await ana.page(WRITE))
        await save(ana, theirs)
        assert (await save(ana, theirs, "publish"))[0] == 303
        status, page = await save(marie, mine, "publish")
        body = sheet(page) | {"text": mine, "do": "publish"}
        again = await marie.post(WRITE, body)

    assert "Marie Exemple" not in words(before)
    assert "Marie Exemple écrit depuis 10 h" in told
    assert status == 409
    assert "Quelqu’un a publié ce texte" in words(page)
    assert "(Ana Bret)" in words(page)
    assert "Salutations" in page
    assert typed_in(page) == mine
    assert again.status == 303
    assert [one.content for one in await app.edits.history(TEXT)] == [mine, theirs]


async def test_a_save_over_a_newer_one_is_refused_with_both_shown(app: App) -> None:
    async with as_(app, MARIE) as visitor:
        await save(visitor, changed(app, new="Un"))
        page = await visitor.page(WRITE)
        first = await visitor.post(WRITE, sheet(page) | {"text": changed(app, new="Deux")})
        late = await visitor.post(WRITE, sheet(page) | {"text": changed(app, new="Trois")})
        kept = (await app.drafts.of_text(TEXT))[0].content
        wanted = await visitor.post(WRITE, sheet(late.text) | {"text": changed(app, new="Trois")})

    assert (first.status, late.status, wanted.status) == (303, 409, 303)
    assert kept == changed(app, new="Deux")
    assert typed_in(late.text) == changed(app, new="Trois")
    assert "d’une autre fenêtre" in words(late.text)
    assert "Deux" in late.text
    assert (await app.drafts.of_text(TEXT))[0].content == changed(app, new="Trois")


async def test_a_form_that_is_sent_twice_is_done_once(app: App) -> None:
    async with as_(app, MARIE) as visitor:
        page = await visitor.page(WRITE)
        body = sheet(page) | {"text": changed(app), "do": "publish"}
        first = await visitor.post(WRITE, body)
        again = await visitor.post(WRITE, body)

    assert first.status == 303
    assert again.status in (303, 409)
    assert len(await app.edits.history(TEXT)) == 1
    assert await stands(app) == changed(app)


async def test_what_is_typed_is_kept_by_the_script(app: App) -> None:
    drafts = f"/drafts/{TEXT}"
    async with as_(app, MARIE) as visitor:
        page = await visitor.page(WRITE)
        proof = re.search('data-proof="([^"]+)"', page)
        assert proof is not None
        body = sheet(page) | {"text": changed(app), "proof": proof[1]}
        first = await visitor.post(drafts, body)
        version = json.loads(first.text)["version"]
        panel = await visitor.get(f"/panels/{TEXT}")
        second = await visitor.post(
            drafts, body | {"text": changed(app, new="Mieux"), "version": str(version)}
        )
        late = await visitor.post(drafts, body | {"text": changed(app, new="Perdu")})
        unproven = await visitor.post(drafts, sheet(page) | {"text": "x"})
        script = await visitor.get("/static/write.js")

    assert (first.status, version) == (200, 1)
    assert "Brouillon enregistré, 10" in json.loads(first.text)["said"]
    assert "<html" not in panel.text
    assert "Apparences" in panel.text
    assert second.status == 200
    assert (late.status, "fault" in json.loads(late.text)) == (409, True)
    assert unproven.status == 403
    assert (await app.drafts.of_text(TEXT))[0].content == changed(app, new="Mieux")
    assert script.headers["Content-Type"].startswith("text/javascript")


async def proposed(
    app: App, visitor: Visitor, text: str, path: str = LEAK, note: str = "Relu avec le DPO."
) -> int:
    status, _ = await save(visitor, text, "propose", path, note=note)
    assert status == 303
    return (await app.drafts.of_text(path))[0].id


async def test_a_service_text_is_published_by_a_second_person_alone(app: App) -> None:
    text = changed(app, path=LEAK)
    async with as_(app, MARIE) as marie, as_(app, ANA) as ana:
        page = await marie.page(f"/write/{LEAK}")
        straight, _ = await save(marie, text, "publish", LEAK)
        number = await proposed(app, marie, text)
        action = f"/proposals/{number}"
        form = form_of(await ana.page(action), action)
        refused = await ana.post(action, form | {"do": "refuse", "reason": "Trop long."})
        told = await marie.page(f"/write/{LEAK}")
        mended = changed(app, new="Bonsoir", path=LEAK)
        await proposed(app, marie, mended)
        stale = await ana.post(action, form | {"do": "approve"})
        form = form_of(await ana.page(action), action)
        approved = await ana.post(action, form | {"do": "approve"})
        gone = await ana.post(action, form | {"do": "approve"})
        back = await ana.get(action)

    assert 'value="publish"' not in page
    assert straight == 409
    assert (refused.status, stale.status, approved.status, gone.status) == (303, 409, 303, 409)
    # Whoever goes back to it is told, and led on.
    assert back.status == 410
    assert "n’est plus proposé" in words(back.text)
    assert 'href="/writing"' in back.text
    assert "Refusé par Ana Bret" in words(told)
    assert "Trop long." in words(told)
    latest = await app.edits.latest(LEAK)
    assert latest is not None
    assert (latest.content, latest.written_by, latest.published_by) == (
        mended,
        "Marie Exemple",
        "Ana Bret",
    )
    assert [act for _, act, _ in await acts_of(app)] == [
        "propose-text",
        "refuse-text",
        "propose-text",
        "approve-text",
    ]


async def test_nobody_approves_their_own_text_or_refuses_without_a_reason(app: App) -> None:
    async with as_(app, MARIE) as marie:
        number = await proposed(app, marie, changed(app, path=LEAK))
    action = f"/proposals/{number}"
    async with as_(app, ANA) as ana:
        form = form_of(await ana.page(action), action)
        asked = await app.drafts.one(number)
        assert asked is not None
        await app.drafts.propose(asked, "ana  BRÉT", "", app.clock())
        own = await ana.post(action, form | {"do": "approve"})
        page, front = await ana.page(action), await ana.page("/")
    other = Person(name="Luc", roles=ANA.roles)
    async with as_(app, other) as luc:
        form = form_of(await luc.page(action), action)
        bare = await luc.post(action, form | {"do": "refuse", "reason": " "})
        wrong = await luc.post(action, form | {"do": "approve", "fingerprint": "0" * 64})

    assert (own.status, bare.status, wrong.status) == (409, 400, 409)
    assert "ne peut pas l’approuver" in words(own.text)
    # It isn't offered either.
    assert f'action="{action}"' not in page
    assert "une autre personne l’approuve" in words(page)
    assert "texte proposé attend" not in words(front)
    assert await stands(app, LEAK) is None
    assert (await app.drafts.of_text(LEAK))[0].state is DraftState.PROPOSED


async def test_the_front_page_tells_an_approver_what_waits_and_an_author_what_was_refused(
    app: App,
) -> None:
    waiting, no = "texte proposé attend", "Votre texte a été refusé"
    async with as_(app, MARIE) as marie, as_(app, ANA) as ana:
        before = words(await ana.page("/"))
        number = await proposed(app, marie, changed(app, path=LEAK))
        asked, own = words(await ana.page("/")), words(await marie.page("/"))
        form = form_of(await ana.page(f"/proposals/{number}"), f"/proposals/{number}")
        await ana.post(f"/proposals/{number}", form | {"do": "refuse", "reason": "Trop long."})
        other, told = words(await ana.page("/")), await marie.page("/")

    assert (waiting in before, waiting in asked, waiting in own, waiting in other) == (
        *(False, True),
        *(False, False),
    )
    assert (no in asked, no in other, no in words(told)) == (False, False, True)
    assert f'href="/write/{LEAK}"' in told
    assert f"({await title_of(app, LEAK)})" in words(told)
    assert f"({LEAK})" not in words(told)


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        (1, "a une faute, dite ci-dessous : corrigez-la,"),
        (9, "a 9 fautes, dites ci-dessous : corrigez-les,"),
    ],
)
def test_one_fault_and_several_are_told_as_they_are(faults: int, told: str) -> None:
    assert told in stopped_by(faults)


def test_a_month_that_begins_with_a_vowel_is_elided() -> None:
    assert [of_month(one) for one in ("2026-03", "2026-04", "2026-10")] == [
        "de mars\u00a02026",
        "d’avril\u00a02026",
        "d’octobre\u00a02026",
    ]


async def test_the_head_of_a_service_message_and_shared_texts_want_a_second_person_too(
    app: App,
) -> None:
    head = "fuite-de-donnees/message.yaml"
    async with as_(app, MARIE) as marie:
        for path in (head, FOOTER):
            page = await marie.page(f"/write/{path}")
            assert 'value="publish"' not in page, path
        text = (file_text(app.configuration.files, head) or "").replace("approval: true\n", "")
        status, _ = await save(marie, text, "publish", head)

    assert status == 409
    assert await stands(app, head) is None


async def test_a_head_that_makes_its_message_one_of_service_wants_a_second_person(
    app: App,
) -> None:
    head = "cybermois/annonce/message.yaml"
    text = file_text(app.configuration.files, head) or ""
    assert "class: awareness" in text
    async with as_(app, MARIE) as marie:
        for changed_head in (
            text.replace("class: awareness", "class: service"),
            text + "approval: true\n",
        ):
            status, _ = await save(marie, changed_head, "publish", head)
            assert status == 409
        done, _ = await save(marie, text.replace("title: ", "title: Le "), "publish", head)

    assert done == 303
    assert (await stands(app, head) or "").startswith("title: Le ")


async def test_an_older_text_or_the_file_comes_back_as_a_draft(app: App) -> None:
    history = f"/history/{TEXT}"
    async with as_(app, MARIE) as marie:
        for new in ("Un", "Deux"):
            await save(marie, changed(app, new=new), "publish")
        page = await marie.page(history)
        form = form_of(page[page.index('name="number"') - 900 :], history)
        back = await marie.post(history, form)
        draft = (await app.drafts.of_text(TEXT))[0].content
        again = await marie.post(history, form_of(page, history) | {"number": "7"})
        await save(marie, draft, "publish")
        form = form_of(await marie.page(history), history)
        await marie.post(history, form)
        await save(marie, file_text(app.configuration.files, TEXT) or "", "publish")

    assert (back.status, back.headers["Location"]) == (303, f"/write/{TEXT}")
    assert draft == changed(app, new="Un")
    assert again.status == 404
    assert [one.content for one in await app.edits.history(TEXT)] == [
        None,
        changed(app, new="Un"),
        changed(app, new="Deux"),
        changed(app, new="Un"),
    ]
    assert [act for _, act, _ in await acts_of(app)][-1] == "withdraw-text"


async def test_a_file_changed_under_its_edit_is_told_and_a_person_decides(app: App) -> None:
    history = f"/history/{TEXT}"
    file = app.configuration.files / TEXT
    async with as_(app, MARIE) as marie:
        await save(marie, changed(app, new="Publié"), "publish")
        edited = changed(app, new="Publié")
        file.write_text(changed(app, new="Autrement"), encoding="utf-8")
        page = await marie.page(WRITE)
        listed = words(await marie.page("/writing"))
        shown = await marie.page(history)
        form = form_of(shown[shown.index('value="keep"') - 600 :], history)
        kept = await marie.post(history, form)
        after = await marie.page(WRITE)

    assert "Son fichier a changé" in words(page)
    assert "Autrement" in page
    assert "Son fichier a changé" in listed
    assert kept.status == 303
    assert "Son fichier a changé" not in words(after)
    latest = await app.edits.latest(TEXT)
    assert latest is not None
    assert (latest.content, latest.base) == (edited, file.read_text(encoding="utf-8"))


async def test_a_file_that_changed_again_since_it_was_shown_is_still_to_be_decided(
    app: App,
) -> None:
    history = f"/history/{TEXT}"
    file = app.configuration.files / TEXT
    async with as_(app, MARIE) as marie:
        await save(marie, changed(app, new="Publié"), "publish")
        edited = changed(app, new="Publié")
        file.write_text(changed(app, new="Autrement"), encoding="utf-8")
        shown = await marie.page(history)
        page = await marie.page(WRITE)
        file.write_text(file.read_text(encoding="utf-8") + "Et encore.\n", encoding="utf-8")
        form = form_of(shown[shown.index('value="keep"') - 600 :], history)
        kept = await marie.post(history, form)
        more = {"text": edited + "Plus.\n", "do": "publish", "merged": "yes"}
        merged = await marie.post(WRITE, sheet(page) | more)

    assert (kept.status, merged.status) == (409, 303)
    latest = await app.edits.latest(TEXT)
    assert latest is not None
    assert latest.number == 2
    assert latest.is_behind(file_text(app.configuration.files, TEXT))


async def test_a_file_that_changes_while_its_draft_is_read_is_not_written_over(app: App) -> None:
    file = app.configuration.files / TEXT
    before = file.read_text(encoding="utf-8")
    draft = await app.drafts.save(
        TEXT,
        "Marie Exemple",
        before + "Plus.\n",
        over=0,
        seen=fingerprint(before),
        version=0,
        now=app.clock(),
    )
    made = publication(app.configuration, None, draft, published_by="Marie Exemple")
    file.write_text(before + "Autrement.\n", encoding="utf-8")

    with pytest.raises(Overtaken):
        publication(app.configuration, None, draft, published_by="Marie Exemple")

    assert made.base == before


PAYLOADS = (
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% for x in y %}",
    "{{ ''.__class__.__mro__ }}",
    '"><svg onload=alert(1)>',
    "[clic](javascript:alert(1))",
)


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_what_is_typed_is_text_wherever_it_is_shown(app: App, payload: str) -> None:
    text = changed(app, new=payload)
    async with as_(app, MARIE) as marie, as_(app, ANA) as ana:
        _, page = await save(marie, text)
        status, refused = await save(marie, text, "publish")
        panel = (await marie.get(f"/panels/{TEXT}")).text
        frame = await marie.at_once(f"/frames/write/{TEXT}")
        number = await proposed(app, ana, changed(app, path=LEAK))
        told = await ana.page(f"/proposals/{number}")
        luc = {"do": "refuse", "reason": payload}
        async with as_(app, Person(name=payload[:40], roles=ANA.roles)) as other:
            form = form_of(await other.page(f"/proposals/{number}"), f"/proposals/{number}")
            await other.post(f"/proposals/{number}", form | luc)
        read = await ana.page(f"/write/{LEAK}")

    for shown in (page, refused, panel, read, told):
        assert "<script>alert" not in shown
        assert "onerror=alert(1)>" not in shown.replace("&gt;", "")
        assert "<svg onload" not in shown
        assert 'href="javascript:' not in shown
        assert "49" not in typed_in(page).replace(changed(app), "")
    assert typed_in(page) == text
    assert status in (303, 409)
    if frame.status == 200:
        assert "<script" not in frame.text
        assert "sandbox" in frame.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "../config.yaml",
        "cybermois/annonce/../../../config.yaml",
        "..%2f..%2fconfig.yaml",
        "cybermois/annonce/nouveau.md",
        "_layouts/email.html",
        "cybermois/annonce/email.staff.fr.md%00",
        "_snippets/inconnu.fr.md",
        "config.yaml",
    ],
)
async def test_no_other_file_is_read_or_written(app: App, path: str) -> None:
    async with as_(app, MARIE) as visitor:
        proof = form_of(await visitor.page(WRITE), f"/write/{TEXT}")
        for place in ("write", "history", "panels", "frames/write"):
            answer = await visitor.at_once(f"/{place}/{path}")
            assert answer.status in (404, 403), place
        posted = await visitor.post(f"/write/{path}", proof | {"text": "x"})

    assert posted.status in (403, 404, 405)
    assert await app.drafts.every() == []


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_a_text_beyond_its_limit_is_refused_and_stays_in_the_field(app: App) -> None:
    async with as_(app, MARIE) as visitor:
        long = "é" * 50_001
        status, page = await save(visitor, long)
        page_before = await visitor.page(WRITE)
        huge = await visitor.post(WRITE, sheet(page_before) | {"text": "x" * 2_200_000})
        at_limit, _ = await save(visitor, "é" * 49_990)

    assert status == 400
    assert typed_in(page).strip() == long
    assert huge.status == 413
    assert at_limit == 303
    assert len((await app.drafts.of_text(TEXT))[0].content) == 49_991


async def test_an_sms_is_counted_by_the_button(app: App) -> None:
    text = file_text(app.configuration.files, SMS) or ""
    async with as_(app, MARIE) as visitor:
        page = await visitor.page(f"/write/{SMS}")
        _, longer = await save(visitor, text.strip() + " Et encore un peu plus loin’.", path=SMS)

    assert "1 SMS" in words(page) or "partie" in words(page)
    assert "Signes hors de l’alphabet" in words(longer)
    assert 'data-suffix="' in page


async def test_who_only_reads_sees_what_is_published_and_no_draft(app: App) -> None:
    reader = Person(name="Léo", roles=frozenset({Role.READ}))
    async with as_(app, MARIE) as marie:
        await save(marie, changed(app))
    async with as_(app, reader) as visitor:
        page = await visitor.get(WRITE)
        frame = await visitor.get(f"/frames/write/{TEXT}")
        number = (await app.drafts.of_text(TEXT))[0].id
        proposal = await visitor.get(f"/proposals/{number}")
        message = await visitor.page("/messages/cybermois/annonce")
        listed = words(await visitor.page("/writing"))

    assert (page.status, frame.status, proposal.status) == (403, 403, 410)
    assert "Marie Exemple écrit depuis" in listed
    assert f'href="/write/{TEXT}' not in message
    assert f'href="/history/{TEXT}"' in message


@pytest.mark.parametrize("piece", [piece for _, piece in LETTER], ids=[name for name, _ in LETTER])
async def test_what_a_button_puts_in_renders_and_brings_no_fault(app: App, piece: str) -> None:
    text = (file_text(app.configuration.files, TEXT) or "").rstrip() + f"\n\n{piece}\n"
    read = await DraftReview().read(app, TEXT, text, whole=True)

    assert read.stops == []
    assert read.shown is not None
    assert read.shown.email is not None
    assert ":::" not in read.shown.email.html


async def test_a_text_is_called_by_its_messages_title(app: App) -> None:
    async with as_(app, MARIE) as marie, as_(app, ANA) as ana:
        await save(marie, changed(app), "publish")
        number = await proposed(app, marie, changed(app, path=LEAK))
        pages = [
            await marie.page(WRITE),
            await marie.page(f"/history/{TEXT}"),
            await marie.page("/writing"),
            await marie.page("/messages/cybermois/annonce"),
        ]
        proposal, footer = (
            await ana.page(f"/proposals/{number}"),
            await ana.page(f"/write/{FOOTER}"),
        )

    title = app.agenda.library.load("cybermois/annonce").title
    assert all(words(title) in words(page) for page in pages)
    assert all("ourriel, Personnel, français" in words(page) for page in pages)
    assert app.agenda.library.load("fuite-de-donnees").title in words(proposal)
    assert "Texte commun « pied »" in words(footer)
