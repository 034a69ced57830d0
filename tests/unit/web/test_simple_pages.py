"""« Version simple », the commitments and « Mes vrais numéros »: whole, linked to, nothing kept."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from scheduler.content.rules.easy import easy
from scheduler.content.rules.passage import Passage
from scheduler.web.public.languages import ALL, SHOWN, texts_in
from tests.samples.public import BUTTON, Visitor, visiting
from tests.worlds import make_world

EASY = texts_in("fr-falc")
#: Sentences stand between a full stop and the next capital.
_TWO_ON_A_LINE = re.compile(r"[.!?…] +[A-ZÀÉÊ]")
OPEN_PAGES = ("/aide", "/verifier", "/engagements", "/mes-vrais-numeros", "/abonnement")


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    app = await make_world(tmp_path, environment={"REFLEXE_WEB__SUBSCRIBE": "patients"})
    async with visiting(app) as opened:
        yield opened
    await app.close()


def sentences(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a language, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from sentences(one, f"{path}.{number}")
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from sentences(one, f"{path}.{name}")
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from sentences(getattr(value, one.name), f"{path}.{one.name}")


def own(path: str) -> bool:
    """Shared with the French pages on purpose, or somebody's to word."""
    return not path.startswith((".accessibility", ".missing", ".refused", ".too_"))


def test_an_easy_page_has_a_sentence_a_line() -> None:
    two = [
        path
        for path, text in sentences(EASY)
        if own(path) and ".wording" not in path and ".faults" not in path
        if any(_TWO_ON_A_LINE.search(line) for line in text.splitlines())
    ]

    assert two == []


def test_an_easy_page_is_held_to_the_rules_of_easy_texts() -> None:
    found = [
        (path, one.message)
        for path, text in sentences(EASY)
        if own(path) and ".wording" not in path
        for one in easy(Passage(file=path, text=re.sub("[{}]", "", text)), lines=True)
        if one.rule != "easy-word"
    ]

    assert found == []


def test_every_language_has_the_same_blanks_to_fill() -> None:
    for french, other in (
        (dict(sentences(ALL[0])), dict(sentences(one))) for one in SHOWN if one is not ALL[0]
    ):
        for path in ("email.covers.0", "choices.other_group", "subscribe.wording"):
            assert blanks(french.get(f".{path}", "")) == blanks(other.get(f".{path}", ""))
    for texts in SHOWN:
        told = [text for part in texts.promises.parts for text in part[1]]
        assert {"contacts_years", "deliveries_months"} <= set().union(*map(blanks, told))
        assert {"contact", "dpo"} == set().union(*map(blanks, texts.promises.broken))
        assert {"origin", "basis", "transfer", "years", "dpo", "notice", "version"} == set().union(
            *map(blanks, texts.sms.origin)
        )


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("path", OPEN_PAGES)
async def test_each_page_leads_to_its_simple_version_and_back(visitor: Visitor, path: str) -> None:
    _, page = await visitor.get(path)
    status, simple = await visitor.get(f"{path}?lang=fr-falc")

    assert status == 200
    assert 'href="?lang=fr-falc"' in page
    assert "Version simple" in page
    assert '<html lang="fr">' in simple
    assert 'class="simple"' in simple
    assert 'href="?lang=fr"' in simple
    assert "aide?lang=fr-falc" in simple


async def test_the_way_out_the_choices_and_the_confirmation_are_simple_too(
    visitor: Visitor,
) -> None:
    email, short = await visitor.email_link("A1"), await visitor.short_link("A1")
    pages = [email, short, email.replace("/d/", "/preferences/")]

    for path in pages:
        assert 'href="?lang=fr-falc"' in (await visitor.get(path))[1]
        assert 'class="simple"' in (await visitor.get(f"{path}?lang=fr-falc"))[1]
    _, done = await visitor.post(f"{email}?lang=fr-falc", BUTTON)
    assert "Nous ne vous envoyons plus de mails." in done
    assert 'class="simple"' in done


async def test_no_page_sets_a_cookie(visitor: Visitor) -> None:
    for path in OPEN_PAGES:
        async with visitor.session.get(f"{path}?lang=fr-falc") as answer:
            assert "Set-Cookie" not in answer.headers


async def test_the_commitments_say_what_the_configuration_says(visitor: Visitor) -> None:
    keys = visitor.app.configuration.settings

    for query in ("", "?lang=en", "?lang=fr-falc"):
        _, page = await visitor.get(f"/engagements{query}")
        assert keys.organisation.dpo in page
        assert f"{keys.retention.contacts_years} " in page
        assert f"{keys.retention.deliveries_months} " in page
        assert "{" not in page.partition("<main")[2]


async def test_a_cap_that_nobody_set_is_not_promised(tmp_path: Path) -> None:
    none = {"REFLEXE_CAPS__WEEK": "0"}
    app = await make_world(tmp_path, environment=none)
    async with visiting(app) as visitor:
        _, page = await visitor.get("/engagements")
    await app.close()

    assert "en sept jours" not in page


async def test_the_sheet_has_nothing_to_send_and_its_lines_to_fill(visitor: Visitor) -> None:
    _, page = await visitor.get("/mes-vrais-numeros")

    assert "<form" not in page
    assert "<input" not in page
    assert page.count('class="rule"') >= len(ALL[0].sheet.blanks)
    for number in ("15", "114", "33700", "0 805 805 817", "116 006"):
        assert f"<b>{number}</b>" in page
    assert "mes-vrais-numeros" in (await visitor.get("/aide"))[1]
