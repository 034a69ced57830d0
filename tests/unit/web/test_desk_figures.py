"""« Chiffres saisis »: a figure is typed by an operator, once, and taken away."""

import pytest

from scheduler.bootstrap import App
from tests.samples.desk import acts_of, desk_of, form_of, visiting, words

GOOD = {
    "campaign": "cybermois",
    "season": "2026",
    "kind": "linkedin-shares",
    "amount": "1 204",
    "source": "Page LinkedIn",
    "day": "2026-08-20",
    "by": "Camille",
}


async def test_a_figure_is_kept_once_however_often_the_form_is_sent(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        form = form_of(await visitor.page("/figures"), "/figures")
        first = await visitor.post("/figures", {**form, **GOOD})
        await visitor.post("/figures", {**form, **GOOD})
        page = await visitor.page("/figures?noted=1")
        (kept,) = await app.typed_figures.every()
        action = f"/figures/{kept.number}"
        away = {**form_of(page, action), "by": "Camille"}
        gone = await visitor.post(action, away)
        again = {**form_of(page, "/figures"), **GOOD, "amount": "12"}
        await visitor.post("/figures", again)

    assert (first.status, gone.status) == (303, 303)
    shown = words(page).replace("\u202f", " ")
    assert shown.count("Chiffres saisis") == 3  # title, menu, heading
    assert "1 204 partages sur LinkedIn" in shown
    assert "Page LinkedIn. Lu le jeudi 20 août 2026. Saisi par Camille." in shown
    assert [one.figure.amount for one in await app.typed_figures.every()] == [12]
    assert [act for _, act, _ in await acts_of(app)] == [
        "add-figure",
        "remove-figure",
        "add-figure",
    ]


@pytest.mark.parametrize("field", ["campaign", "season", "kind", "amount", "source", "day", "by"])
async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    app: App, field: str
) -> None:
    async with visiting(desk_of(app)) as visitor:
        form = form_of(await visitor.page("/figures"), "/figures")
        answer = await visitor.post("/figures", {**form, **GOOD, field: ""})

    assert answer.status == 400
    assert f'href="#{"by-figure" if field == "by" else field}"' in answer.text
    assert (field == "source") != ('value="Page LinkedIn"' in answer.text)
    assert await app.typed_figures.every() == []


async def test_another_figure_of_the_same_source_and_day_is_refused(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        for amount, status in (("5", 303), ("6", 400)):
            form = form_of(await visitor.page("/figures"), "/figures")
            answer = await visitor.post("/figures", {**form, **GOOD, "amount": amount})
            assert answer.status == status

    assert "Un autre chiffre de la même source" in words(answer.text)


async def test_a_figure_that_is_gone_is_said_to_be(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        form = form_of(await visitor.page("/figures"), "/figures")
        await visitor.post("/figures", {**form, **GOOD})
        page = await visitor.page("/figures")
        (kept,) = await app.typed_figures.every()
        action = f"/figures/{kept.number}"
        sheet = {**form_of(page, action), "by": "Camille"}
        nameless = await visitor.post(action, {**sheet, "by": ""})
        await app.typed_figures.remove(kept.number, "Ana", app.clock())
        gone = await visitor.post(action, sheet)

    assert (nameless.status, gone.status) == (400, 404)
