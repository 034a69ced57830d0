"""The pages' templates: each is made into code once, whichever server shows it first."""

import os
import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, nodes

from scheduler.web.templating import Compiled, make_pages


def test_two_servers_have_one_code_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_pages(), make_pages()
    first.get_template("public/help.html")
    monkeypatch.setattr(second, "compile", None)

    assert second.get_template("public/help.html").name == "public/help.html"


def test_a_page_that_was_changed_is_made_anew(tmp_path: Path) -> None:
    page, compiled = tmp_path / "page.html", Compiled()
    for time, text in enumerate(("before", "after, {{ 1 + 1 }}", "before")):
        page.write_text(text, encoding="utf-8")
        os.utime(page, (time, time))
        pages = Environment(
            loader=FileSystemLoader(tmp_path), autoescape=True, bytecode_cache=compiled
        )

        assert pages.get_template("page.html").render() == text.replace("{{ 1 + 1 }}", "2")


#: Of objects, which have no such method: page -> field.
_FIELDS = {
    ("desk/_trials.html", "values"),
    ("desk/law.html", "keys"),
    ("desk/message.html", "values"),
    ("desk/trio.html", "clear"),
}


def test_no_page_shows_what_a_dict_can_do_for_a_word_of_that_name() -> None:
    """`words.clear` of a dict is its method, whatever word it holds under that name."""
    pages, wrong = make_pages(), []
    for name in pages.list_templates(extensions=["html"]):
        assert pages.loader is not None
        tree = pages.parse(pages.loader.get_source(pages, name)[0])
        called = {id(one.node) for one in tree.find_all(nodes.Call)}
        wrong += [
            (name, one.lineno, one.attr)
            for one in tree.find_all(nodes.Getattr)
            if hasattr(dict, one.attr) and id(one) not in called and (name, one.attr) not in _FIELDS
        ]

    assert wrong == []


def test_no_page_writes_an_ordinary_space_before_a_high_sign() -> None:
    """Around the words that are filled in, which have their own typography."""
    pages = Path(__file__).parents[3] / "scheduler" / "web" / "pages" / "desk"
    found = set()
    for page in pages.glob("*.html"):
        text = re.sub(r"\{%.*?%\}", "", page.read_text(encoding="utf-8"))
        text = re.sub(r"\{\{.*?\}\}", "x", text)
        found |= {(page.name, one) for one in re.findall(r".{0,20} [:;?!»](?=[ <\n])", text)}

    assert found == set()
