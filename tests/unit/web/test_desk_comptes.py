"""« Comptes »: what whoever conducts the sendings may give, and to whom."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from scheduler.bootstrap import App
from scheduler.domain.roles import ALL_ROLES, Person, Role
from tests.samples.desk import Answer, Visitor, acts_of, desk_of, form_of, visiting, words

PASSWORD = "quatre mots sans lien"
CHIEF = Person(name="Camille Moreau", roles=frozenset({Role.OPERATE, Role.WRITE}))


@pytest.fixture
async def chief(app: App) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(app, local=CHIEF)) as visitor:
        yield visitor


async def ask(visitor: Visitor, action: str, **fields: str) -> Answer:
    """By a form of the page; a form that it doesn't offer is made of another's proof."""
    page = await visitor.page("/accounts")
    shown = action if f'action="{action}"' in page else "/accounts"
    ticked = {f"role-{one}": "on" for one in fields.pop("roles", "").split()}
    return await visitor.post(action, form_of(page, shown) | ticked | fields)


async def number_of(app: App, name: str) -> int:
    return next(one.id for one in await app.accounts.every() if one.name == name)


async def test_an_account_is_given_changed_and_taken_away(app: App, chief: Visitor) -> None:
    made = await ask(chief, "/accounts", name="Sacha Petit", roles="write")
    link = made.text.split("<code>")[1].split("</code>")[0]
    number = await number_of(app, "Sacha Petit")
    again = await ask(chief, "/accounts", name="SACHA  petit", roles="write")
    await ask(chief, f"/accounts/{number}/roles", roles="operate")
    roles = (await app.accounts.every())[0].roles
    other = await ask(chief, f"/accounts/{number}/link")
    spent = await chief.get(link)
    fresh = other.text.split("<code>")[1].split("</code>")[0]
    shown = words(await chief.page("/accounts"))
    removed = await ask(chief, f"/accounts/{number}/remove")

    assert (made.status, again.status, spent.status, removed.status) == (200, 400, 404, 303)
    assert roles == {Role.OPERATE}
    assert fresh != link
    assert "pas encore choisi" in shown
    assert await app.accounts.every() == []
    assert [one[:2] for one in await acts_of(app)] == [
        (CHIEF.name, act)
        for act in ("add-account", "give-roles", "renew-account", "remove-account")
    ]


async def test_the_menu_leads_there_whoever_may_open_it(app: App, chief: Visitor) -> None:
    reader = Person(name="Ana", roles=frozenset({Role.READ}))
    async with visiting(desk_of(app, local=reader)) as ana:
        assert '<a href="/accounts"' not in await ana.page("/law")

    assert '<a href="/accounts"' in await chief.page("/law")


async def test_an_account_has_a_role_at_least(app: App, chief: Visitor) -> None:
    none = await ask(chief, "/accounts", name="Sacha Petit")
    made = await app.accounts.every()
    await ask(chief, "/accounts", name="Sacha Petit", roles="write")
    number = await number_of(app, "Sacha Petit")
    emptied = await ask(chief, f"/accounts/{number}/roles")

    assert (none.status, made, emptied.status) == (400, [], 400)
    assert "cochez au moins une chose" in words(none.text)
    assert "retirez son compte" in words(emptied.text)
    assert (await app.accounts.every())[0].roles == {Role.WRITE}


async def test_what_somebody_takes_away_at_once_is_gone_for_the_other(
    app: App, chief: Visitor
) -> None:
    await app.accounts.add("Sacha Petit", frozenset({Role.WRITE}), "Ana", app.clock())
    action = f"/accounts/{await number_of(app, 'Sacha Petit')}/remove"
    forms = [form_of(await chief.page("/accounts"), action) for _ in range(8)]
    answers = await asyncio.gather(*(chief.post(action, one) for one in forms))

    assert sorted(one.status for one in answers) == [303, *[404] * 7]
    assert [one[1] for one in await acts_of(app)] == ["add-account", "remove-account"]


async def test_nobody_gives_a_role_that_they_haven_t_got(app: App, chief: Visitor) -> None:
    given = await ask(chief, "/accounts", name="Sacha Petit", roles="write privacy")
    await app.accounts.add("Dominique Roux", frozenset({Role.WRITE}), "Ana", app.clock())
    number = await number_of(app, "Dominique Roux")
    raised = await ask(chief, f"/accounts/{number}/roles", roles="approve")

    assert (given.status, raised.status) == (400, 400)
    assert [one.roles for one in await app.accounts.every()] == [frozenset({Role.WRITE})]


async def test_whoever_has_a_role_reads_and_gives_that(app: App, chief: Visitor) -> None:
    """CHIEF has no role named « consulter », and reads by those they have."""
    made = await ask(chief, "/accounts", name="Sacha Petit", roles="read")
    number = await number_of(app, "Sacha Petit")
    page = await chief.page("/accounts")
    removed = await ask(chief, f"/accounts/{number}/remove")

    assert 'id="new-read"' in page
    assert f'action="/accounts/{number}/remove"' in page
    assert (made.status, removed.status) == (200, 303)


async def test_nobody_takes_over_an_account_that_may_do_more(app: App, chief: Visitor) -> None:
    """By a new link its password is whoever's opens it."""
    await app.accounts.add("Dominique Roux", frozenset({Role.PRIVACY}), "Ana", app.clock())
    number = await number_of(app, "Dominique Roux")
    page = await chief.page("/accounts")
    refused = [
        (await ask(chief, f"/accounts/{number}/{act}", roles="write")).status
        for act in ("link", "roles", "remove")
    ]

    assert f'action="/accounts/{number}/' not in page
    assert set(refused) <= {400, 403}
    assert [one.roles for one in await app.accounts.every()] == [frozenset({Role.PRIVACY})]
    assert [one[1] for one in await acts_of(app)] == ["add-account"]


async def test_the_handler_itself_refuses_what_the_page_does_not_offer(app: App) -> None:
    """The page was shown while the account could less."""
    await app.accounts.add("Dominique Roux", frozenset({Role.WRITE}), "Ana", app.clock())
    number = await number_of(app, "Dominique Roux")
    async with visiting(desk_of(app, local=CHIEF)) as chief:
        page = await chief.page("/accounts")
        await app.accounts.give_roles("Dominique Roux", ALL_ROLES, "Ana", app.clock())
        refused = [
            (await chief.post(path, form_of(page, path) | {"role-write": "on"})).status
            for path in (f"/accounts/{number}/{act}" for act in ("link", "roles", "remove"))
        ]

    assert refused == [400, 400, 400]
    assert [one.roles for one in await app.accounts.every()] == [ALL_ROLES]


async def test_nobody_takes_away_their_own_account(app: App, chief: Visitor) -> None:
    await app.accounts.add(CHIEF.name, CHIEF.roles, "Ana", app.clock())
    number = await number_of(app, CHIEF.name)
    async with visiting(desk_of(app, local=Person(name="Ana", roles=ALL_ROLES))) as ana:
        assert f'action="/accounts/{number}/remove"' in await ana.page("/accounts")

    assert f'action="/accounts/{number}/remove"' not in await chief.page("/accounts")


async def test_whom_a_provider_names_gets_no_password_here(app: App, chief: Visitor) -> None:
    subject, name = "https://sso.example.org u1", "Zoé Étienne"
    await app.outside.enter(subject, name, frozenset({Role.WRITE}), "", "", app.clock())
    number = await number_of(app, name)
    page = await chief.page("/accounts")

    assert f'action="/accounts/{number}/link"' not in page
    assert f'action="/accounts/{number}/remove"' in page


async def test_where_somebody_gets_trials_is_noted_and_shown_to_them_alone(
    app: App, chief: Visitor
) -> None:
    await ask(chief, "/accounts", name="Sacha Petit", roles="write")
    number = await number_of(app, "Sacha Petit")
    action = f"/accounts/{number}/address"
    wrong = await ask(chief, action, address="<script>")
    noted = await ask(chief, action, address=" sacha@example.org ")
    await ask(chief, action, address="06 39 98 00 00")
    kept = await app.own_addresses.of("Sacha Petit")
    page = await chief.page("/accounts")
    gone = await ask(chief, action, do="forget")

    assert (wrong.status, noted.status, gone.status) == (400, 303, 303)
    assert "Rien n’est fait" in words(wrong.text)
    assert "<script>" not in wrong.text
    assert set(kept.values()) == {"sacha@example.org", "+33639980000"}
    assert "sacha@example.org" not in page
    assert await app.own_addresses.of("Sacha Petit") == {}


async def test_nobody_notes_it_for_who_may_do_more(app: App, chief: Visitor) -> None:
    await app.accounts.add("Ana", frozenset({Role.PRIVACY}), "Ana", app.clock())
    number = await number_of(app, "Ana")

    refused = await ask(chief, f"/accounts/{number}/address", address="luc@example.org")

    # No form of it is offered to them.
    assert refused.status == 403
    assert await app.own_addresses.of("Ana") == {}
