import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from scheduler.content.composing.components import MarkdownFault
from scheduler.content.composing.html import clean
from scheduler.content.composing.markdown import parse, to_html
from scheduler.content.composing.plain import WIDTH, to_text
from scheduler.content.composing.render import escape_markdown
from scheduler.content.grammar import MAX_SOURCE
from scheduler.content.wording import one_line

EVERYTHING = """\
# Fermer sa **porte**

Une phrase assez longue pour passer à la ligne dans le texte, avec *un mot* et [un lien](https://example.org/a).

- un
- deux

1. premier

   suite
2. second

::: encadre Le geste
Verrouillez.\\
Toujours.
:::

[[Voir la page|https://example.org/aide?a=1&b=2]]

> cité

---

## Fin
"""

TABLE = 'cellpadding="0" cellspacing="0" border="0"'
BOX = (
    f'<table role="presentation" class="bloc aide" width="100%" {TABLE}><tbody><tr>'
    '<td class="bloc-cellule aide-cellule">\n<p class="bloc-titre aide-titre">'
    "À qui parler</p>\n<p>Au support.</p>\n</td></tr></tbody></table>"
)
BUTTON = (
    f'<table role="presentation" class="bouton" {TABLE}><tbody><tr>'
    '<td class="bouton-cellule"><a href="https://example.org/a?b=1&amp;c=2"'
    ' class="bouton-lien">Voir</a></td></tr></tbody></table>\n'
    '<p class="bouton-adresse">example.org</p>'
)


def html(source: str) -> str:
    return to_html(parse(source)).strip()


def text(source: str) -> str:
    return to_text(parse(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Fermer sa **porte**", "<h1>Fermer sa <strong>porte</strong></h1>"),
        ("## Fin", "<h2>Fin</h2>"),
        ("un *mot* & un autre", "<p>un <em>mot</em> &amp; un autre</p>"),
        ("a\\\nb  \nc", "<p>a<br>\nb<br>\nc</p>"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("3. un", '<ol start="3">\n<li>un</li>\n</ol>'),
        ("> cité", "<blockquote>\n<p>cité</p>\n</blockquote>"),
        ("a\n\n---", "<p>a</p>\n<hr>"),
        (
            "::: aide À qui parler\nAu support.\n:::",
            BOX,
        ),
        (
            "[[Voir|https://example.org/a?b=1&c=2]]",
            BUTTON,
        ),
    ],
)
def test_every_mark_as_html(source: str, expected: str) -> None:
    assert html(source) == expected


def test_every_mark_as_text() -> None:
    assert text(EVERYTHING) == (
        """\
Fermer sa porte
===============

Une phrase assez longue pour passer à la ligne dans le
texte, avec un mot et un lien : https://example.org/a.

- un
- deux

1. premier

   suite

2. second

Le geste

Verrouillez.
Toujours.

Voir la page : https://example.org/aide?a=1&b=2

> cité

------------------------------

Fin
---\
"""
    )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[un lien](https://example.org/a)", "un lien : https://example.org/a"),
        ("[example.org](https://example.org)", "https://example.org"),
        ("[example.org/a](https://example.org/b)", "example.org/a : https://example.org/b"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("[nous écrire](mailto:a@example.org?subject=x)", "nous écrire : a@example.org"),
        ("<a@example.org>", "a@example.org"),
        ("[+33 6 39 98 00 01](tel:+33639980001)", "+33 6 39 98 00 01 : +33639980001"),
    ],
)
def test_the_text_part_tells_where_a_link_leads(source: str, shown: str) -> None:
    assert text(source) == shown


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("[un lien](https://example.org/a)", "(example.org)"),
        ("[un lien](https://example.org:8443/a)", "(example.org:8443)"),
        ("[nous écrire](mailto:a@example.org)", "(a@example.org)"),
        ("[appeler](tel:+33639980001)", "(+33639980001)"),
    ],
)
def test_a_link_shows_its_host_when_its_text_does_not(source: str, address: str) -> None:
    assert f'</a> <span class="adresse">{address}</span>' in html(source)


def test_a_link_that_names_its_host_is_left_alone() -> None:
    assert "adresse" not in html("[voir example.org](https://example.org/a)")


def test_english_spaces_its_colons_the_english_way() -> None:
    assert (
        to_text(parse("[a link](https://example.org/a)"), "en") == "a link: https://example.org/a"
    )


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("a\n\n![x](https://example.org/x.png)", 3, "une image"),
        ("a\n\nb\nc [x](http://example.org)", 3, "refusé"),
        ("[x](javascript:alert(1))", 1, "refusé"),
        ("[x](//example.org)", 1, "refusé"),
        ("[x](https://user@evil.example/)", 1, "refusé"),
        ("[x](https://example.org/a b)", 1, "refusé"),
        ("[x](data:text/html,x)", 1, "refusé"),
        ("<http://example.org>", 1, "refusé"),
        ("[x]()", 1, "pas d'adresse"),
        ("[](https://example.org)", 1, "pas d'adresse"),
        ("a\n\n### b", 3, "plus de deux #"),
        ("a\n\n::: boite\nb\n:::", 3, "n'ouvre aucun encadré"),
        ("a\n::: aide\nb", 2, "n'est pas fermé"),
        ("::: aide\n::: points\nb\n:::\n:::", 2, "n'est pas fermé"),
        (":::", 1, "n'ouvre aucun encadré"),
        ("voir [[ici|https://example.org]]", 1, "un bouton est mal écrit"),
        ("[[ici|http://example.org]]", 1, "refusé"),
    ],
)
def test_a_fault_is_named_with_its_line(source: str, line: int, what: str) -> None:
    with pytest.raises(MarkdownFault, match=what) as fault:
        parse(source)

    assert fault.value.line == line
    assert fault.value.remedy


def test_html_in_a_text_is_shown_and_not_used() -> None:
    assert html("<script>alert(1)</script> <b>x</b>") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;x&lt;/b&gt;</p>"
    )


def test_a_bare_address_stays_text() -> None:
    assert "<a" not in html("https://example.org et www.example.org")


@given(st.text(max_size=60))
def test_an_escaped_value_shows_itself_and_means_nothing(value: str) -> None:
    shown = " ".join(one_line(value).split(" "))

    result = text(f"x{escape_markdown(value)}x")

    assert result.replace("\n", " ").split() == f"x{shown}x".split()


@pytest.mark.parametrize(
    "value", ["# x", "- x", "1. x", "> x", "::: aide", "---", "    x", "[[a|https://b.example]]"]
)
def test_a_value_that_starts_a_line_opens_no_block(value: str) -> None:
    assert html(escape_markdown(value)) == f"<p>{value.strip().replace('>', '&gt;')}</p>"


@given(st.lists(st.text(alphabet="abcdé", min_size=1, max_size=12), min_size=1, max_size=60))
def test_lines_are_as_wide_as_words_allow(words: list[str]) -> None:
    lines = text(" ".join(words)).split("\n")

    assert max(map(len, lines)) <= WIDTH
    assert " ".join(lines) == " ".join(words)


@pytest.mark.parametrize("half", ["<a:", "[[", "<https://a.example/", "**a*"])
def test_half_written_marks_are_read_to_the_end(half: str) -> None:
    assert parse(half * (MAX_SOURCE // len(half)))


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("<p>a<script>b</script></p>", "<p>a</p>"),
        ('<p onclick="x" style="y" class="z">a</p>', '<p class="z">a</p>'),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="http://example.org">a</a>', "<a>a</a>"),
        ('<img src="https://example.org/x.png">', ""),
    ],
)
def test_the_last_clean_up_lets_only_our_own_marks_through(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


def test_rendered_tokens_go_through_the_clean_up() -> None:
    token = Token("html_block", "", 0, content="<script>x</script><p>y</p>")

    assert to_html([token]) == "<p>y</p>"
