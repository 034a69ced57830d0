"""« Aide » speaks of pages that there are, and leads whoever may to them."""

from scheduler.bootstrap import App
from scheduler.domain.roles import ALL_ROLES, Person, Role
from scheduler.web.desk import texts
from tests.samples.desk import desk_of, links, visiting, words


async def test_each_answer_leads_to_a_page_that_there_is(app: App) -> None:
    person = Person(name="Camille Moreau", roles=ALL_ROLES)
    async with visiting(desk_of(app, local=person)) as visitor:
        page = await visitor.page("/help")
        found = {one for _, _, one in texts.HELP_QUESTIONS}
        statuses = {one: (await visitor.at_once(one)).status for one in found}

    assert set(statuses.values()) == {200}
    assert found <= set(links(page, "/[a-z-]*"))
    assert "reflexe " not in words(page)


async def test_nobody_is_led_to_what_their_roles_do_not_open(app: App) -> None:
    person = Person(name="Sacha Petit", roles=frozenset({Role.READ}))
    async with visiting(desk_of(app, local=person)) as visitor:
        page = await visitor.page("/help")

    assert 'href="/people"' not in page
    assert 'href="/whose"' in page
    assert "Personnes" in words(page)
