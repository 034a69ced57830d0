"""Siblings that are the French text word for word."""

import pytest

from scheduler.content.folder import Source
from scheduler.content.rules.copies import STILL_FRENCH, still_french

FRENCH = "# Bonjour\n\nRappelez au numéro que vous connaissez déjà.\n"


def text(variant: str, body: str, audience: str | None = "staff") -> Source:
    return Source(
        channel="email",
        audience=audience,
        variant=variant,
        path=f"m/email.{variant}.md",
        subject=variant,
        preheader="",
        body=body,
        body_line=5,
    )


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        (text("en", FRENCH), True),
        (text("fr-falc", FRENCH.replace("\n\n", "\n \n") + "\n{{ snippet('aide') }}"), True),
        (text("fr-falc", FRENCH.replace("déjà", "bien")), False),
        (text("en", FRENCH, audience="patients"), False),
    ],
)
def test_a_sibling_with_the_french_words_is_told(other: Source, is_told: bool) -> None:
    sources = [text("fr", FRENCH), other]

    found = [*still_french(sources, {one.path: f"templates/{one.path}" for one in sources})]

    wanted = [(STILL_FRENCH, f"templates/{other.path}", 5)] if is_told else []
    assert [(one.rule, one.file, one.line) for one in found] == wanted


def test_what_has_hardly_a_word_may_be_the_same() -> None:
    sources = [text("fr", "{{ snippet('aide') }}\n\nOK"), text("en", "{{ snippet('aide') }}\n\nOK")]

    assert [*still_french(sources, {one.path: one.path for one in sources})] == []
