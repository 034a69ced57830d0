"""« Champs »: a head and a subject as a form, and the languages that a message lacks."""

import asyncio
import re

from scheduler.bootstrap import App
from scheduler.content.head_fields import fields_of
from scheduler.content.standing import file_text
from scheduler.domain.channels import known_kinds
from scheduler.web.desk.draft_review import KEPT, DraftReview
from scheduler.web.desk.texts.writing import FIELD_WORDS
from tests.samples.desk import Answer, Visitor, form_of, words
from tests.unit.web.test_desk_writing import MARIE, TEXT, as_, save, sheet, stands, typed_in
from tests.worlds import Clock

SHARED = "_snippets/pied.fr.md"
HEAD = "cybermois/annonce/message.yaml"
XSS = '"><script>alert(1)</script> {{ 7 * 7 }}'


async def keep(visitor: Visitor, path: str, **typed: str) -> tuple[Answer, str]:
    action = f"/fields/{path}"
    form = form_of(await visitor.page(action), action)
    fields = {f"field-{key}": value for key, value in typed.items()}
    answer = await visitor.post(action, form | fields)
    return answer, await visitor.page(action)


async def test_a_subject_is_typed_in_a_field_and_published_with_its_text(app: App) -> None:
    async with as_(app, MARIE) as marie:
        answer, page = await keep(marie, TEXT, subject="Le mois de la sécurité")
        write = await marie.page(f"/write/{TEXT}")
        body = sheet(write) | {"text": typed_in(write), "do": "publish"}
        published = await marie.post(f"/write/{TEXT}", body)

    file = file_text(app.configuration.files, TEXT) or ""
    (line,) = [one for one in file.split("\n") if one.startswith("subject:")]
    assert answer.status == 303
    assert 'value="Le mois de la sécurité"' in page
    assert published.status == 303
    assert await stands(app) == file.replace(line, 'subject: "Le mois de la sécurité"')


async def test_what_is_found_stands_at_its_field(app: App) -> None:
    async with as_(app, MARIE) as marie:
        _, page = await keep(marie, TEXT, subject="URGENT " + "x" * 80)

    start = page.index('id="field-subject-found"')
    assert start < page.index('id="field-preheader"')
    assert 'aria-invalid="true"' in page


async def test_the_head_of_a_message_is_a_form(app: App) -> None:
    async with as_(app, MARIE) as marie:
        page = await marie.page(f"/fields/{HEAD}")
        ticked = {"channels-email": "on", "channels-sms": "on", "approval": "on"}
        _, after = await keep(
            marie, HEAD, title=f"Titre {XSS}", web="unlisted", **{"class": "nonsense"}, **ticked
        )
        draft = (await app.drafts.of_text(HEAD))[0].content
        write = await marie.page(f"/write/{HEAD}")

    assert f'href="/fields/{HEAD}"' in write
    assert "À qui appartient l’idée" in words(page)
    assert 'title: "Titre \\">' in draft
    assert "class: awareness" in draft
    assert ("approval: true" in draft, "web: unlisted" in draft) == (True, True)
    assert "<script>alert" not in after


async def test_the_form_of_a_head_speaks_of_no_inner_word(app: App) -> None:
    async with as_(app, MARIE) as marie:
        page = await marie.page(f"/fields/{HEAD}")
        _, emptied = await keep(marie, HEAD, title="")
        for _ in range(60):
            if "remplissez ce champ" in words(emptied):
                break
            await asyncio.sleep(0.1)
            emptied = await marie.page(f"/fields/{HEAD}")

    crumbs = re.findall(r'<p class="crumbs">(.*?)</p>', page)
    shown = words(page)
    assert [words(one) for one in crumbs] == ["Écrire Le texte"]
    inner = ("awareness", "promotional-event", "listed", "true", "email, sms", "2027-09-01")
    assert [one for one in inner if one in shown.replace(HEAD, "")] == []
    assert "Dans la liste publique" in shown
    assert "« Titre »" in words(emptied).replace("\xa0", " ")
    assert "ajoutez une ligne" not in words(emptied)


def test_the_words_that_one_chooses_among_have_their_french() -> None:
    words_of = {word for one in fields_of(HEAD, "title: T") for word in one.choices if word}

    assert words_of - set(FIELD_WORDS) == {one.name for one in known_kinds()}


async def test_of_two_windows_the_second_is_told(app: App) -> None:
    action = f"/fields/{TEXT}"
    async with as_(app, MARIE) as marie:
        form = form_of(await marie.page(action), action)
        other = form_of(await marie.page(action), action)
        await marie.post(action, form | {"field-subject": "Le premier objet"})
        late = await marie.post(action, other | {"field-subject": "Le second objet"})
        forged = await marie.post(action, {"field-subject": "x", "version": "0"})
        lost = [
            (await marie.get(f"/fields/{one}")).status
            for one in (
                "cybermois/annonce/sms.staff.fr.txt",
                "../config.yaml",
                SHARED,
            )
        ]

    assert (late.status, forged.status, lost) == (409, 403, [404] * 3)
    assert 'value="Le second objet"' in late.text
    assert "Le premier objet" in (await app.drafts.of_text(TEXT))[0].content


async def test_a_language_that_lacks_is_offered_with_the_french_text_in_it(app: App) -> None:
    lacking = "cybermois/annonce/email.staff.fr-falc.md"
    async with as_(app, MARIE) as marie:
        page = await marie.page("/messages/cybermois/annonce")
        empty = await marie.page(f"/write/{lacking}")
        text = typed_in(empty)
        status, _ = await save(marie, text.replace("Bonjour", "Salut", 1), path=lacking)
        later = await marie.page("/messages/cybermois/annonce")

    assert f'href="/write/{lacking}"' in page
    assert text == file_text(app.configuration.files, TEXT)
    assert "Voici le texte français" in words(empty)
    assert (status, f'href="/write/{lacking}"' in later) == (303, True)
    # Nothing is there until it is published.
    assert await stands(app, lacking) is None
    assert "manquent" not in words(empty)
    assert f'href="/fields/{lacking}"' not in empty


async def test_a_sibling_that_is_still_the_french_text_is_not_published(app: App) -> None:
    lacking = "cybermois/annonce/email.staff.fr-falc.md"
    async with as_(app, MARIE) as marie:
        text = typed_in(await marie.page(f"/write/{lacking}"))
        same, told = await save(marie, text + "\n", do="publish", path=lacking)
        published, before = await stands(app, lacking), await app.drafts.of_text(lacking)

    assert same == 409
    assert "encore le texte français" in words(told)
    assert (published, len(before)) == (None, 1)


async def test_a_text_is_read_once_until_a_file_changes(app: App) -> None:
    review, text = DraftReview(), file_text(app.configuration.files, TEXT) or ""
    first = await review.read(app, TEXT, text, whole=True)
    again = await review.read(app, TEXT, text, at_once=True)
    unread = await review.read(app, TEXT, text + "\nEncore.\n", at_once=True)
    for _ in range(600):
        behind = await review.read(app, TEXT, text + "\nEncore.\n", at_once=True)
        if behind.findings is not None:
            break
        await asyncio.sleep(0.1)
    other = await review.read(app, TEXT, text.replace("Bonjour", "{{ rien }}"), whole=True)
    file = app.configuration.files / "_snippets/signaler-staff.fr.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nEncore.\n", encoding="utf-8")
    later = await review.read(app, TEXT, text, whole=True)
    assert isinstance(app.clock, Clock)
    app.clock.now += KEPT
    next_day = await review.read(app, TEXT, text, whole=True)

    assert again is first
    # Read behind a page that didn't wait, for the next look.
    assert (unread.findings, behind.findings is None) == (None, False)
    assert first.findings is not None
    assert other.stops != []
    assert later is not first
    assert next_day is not later
