"""The second wall: an unknown text is composed in a child process before the daemon trusts it."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.content.composing.content import Content
from scheduler.content.proving import Prover, prove
from scheduler.domain.errors import ContentError
from tests.samples.content import email_content

#: A child that is our own but for what it does with a text.
BROKEN = """
import sys
from scheduler.content import proving_child
def compose(content):
    {}
proving_child.compose = compose
proving_child.main()
"""


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return email_content(tmp_path)


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    made = Prover()
    yield made
    made.close()


def broken(what: str, patience: float = 60.0) -> Prover:
    return Prover(command=(sys.executable, "-I", "-c", BROKEN.format(what)), patience=patience)


def test_a_text_that_composes_is_proved_once(prover: Prover, content: Content) -> None:
    prover.prove(content)
    prover.close()

    prover.prove(content)  # no child is needed any more

    assert prover.knows(content)
    assert prover._child is None


@pytest.mark.parametrize(
    "bomb",
    [
        "{{ 'a' * 10**9 }}",
        "{{ date|center(300000000) }}",
        "{{ '%0100000000d'|format(1) }}",
        "{% for x in range(10**9) %}{% for y in range(10**9) %}a{% endfor %}{% endfor %}",
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ ''.__class__.__mro__ }}",
        "{% include '../../etc/passwd' %}",
        "x" * 60_000,
        "{% if prenom %}" * 200 + "{% endif %}" * 200,
    ],
)
def test_a_bomb_is_refused_and_the_next_text_composes(
    prover: Prover, content: Content, bomb: str
) -> None:
    with pytest.raises(ContentError):
        prover.prove(replace(content, body=bomb))

    prover.prove(content)


@pytest.mark.parametrize(
    "heavy",
    [
        ">" * 5_000,
        "> " * 20_000 + "a",
        "- " * 20_000 + "a",
        "::: points\nx\n:::\n" * 300,
        "[" * 10_000,
        "*a " * 10_000,
        "`" * 10_000,
    ],
)
def test_a_heavy_text_does_no_harm(prover: Prover, content: Content, heavy: str) -> None:
    prover.prove(replace(content, body=heavy))


@pytest.mark.parametrize(
    "what",
    [
        "bytearray(4 * 1024**3)",
        "sys.exit()",
        "import os; os.kill(os.getpid(), 9)",
    ],
)
def test_a_text_that_ends_its_child_or_its_memory_is_a_fault(content: Content, what: str) -> None:
    prover = broken(what)

    with pytest.raises(ContentError, match="mémoire"):
        prover.prove(content)

    prover.close()


def test_a_text_that_never_ends_meets_its_processor_limit(content: Content) -> None:
    prover = broken(
        "proving_child.CPU_SECONDS = 0; proving_child._allow_time()\n    while True: pass"
    )

    with pytest.raises(ContentError, match="temps"):
        prover.prove(content)

    prover.close()


def test_a_child_that_stands_still_is_not_held_against_the_text(content: Content) -> None:
    prover = broken("import time; time.sleep(600)", patience=0.5)

    with pytest.raises(ContentError, match="essayé"):
        prover.prove(content)

    assert not prover.knows(content)
    assert prover._child is None


def test_a_child_that_cannot_start_is_not_held_against_the_text(content: Content) -> None:
    prover = Prover(command=("/nonexistent/python",))

    with pytest.raises(ContentError, match="essayé"):
        prover.prove(content)

    assert not prover.knows(content)


def test_the_child_has_no_environment(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD", "secret")
    prover = broken("import os; set(os.environ) <= {'LC_CTYPE'} or sys.exit()")

    prover.prove(content)

    assert "REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD" in os.environ
    prover.close()


async def test_the_loop_goes_on_while_a_text_is_tried(content: Content) -> None:
    await prove(content)
    await prove(content)


def test_an_sms_is_tried_too(prover: Prover, content: Content) -> None:
    sms = replace(content, channel="sms", body="Bonjour {{ inconnu }}", layout="", footer="")

    with pytest.raises(ContentError, match="inconnu"):
        prover.prove(sms)

    prover.prove(replace(sms, body="Bonjour {{ date }}"))


@contextmanager
def refusing() -> Iterator[Prover]:
    """Its child would refuse whatever it is asked."""
    said = "from scheduler.domain.errors import ContentError"
    with closing(broken(f"{said}; raise ContentError(where='', what='no', remedy='')")) as made:
        yield made


def test_what_one_process_has_proved_the_next_one_knows(tmp_path: Path, content: Content) -> None:
    kept = tmp_path / "findings"
    with closing(Prover()) as first:
        first.prove(content, kept)

    with refusing() as second:
        second.prove(content, kept)

        assert second._child is None
        with pytest.raises(ContentError):
            second.prove(replace(content, body="Autre texte."), kept)
    with refusing() as elsewhere, pytest.raises(ContentError):
        elsewhere.prove(content, tmp_path / "elsewhere")


def test_a_refusal_is_noted_for_nobody(tmp_path: Path, content: Content) -> None:
    kept = tmp_path / "findings"
    with refusing() as first, pytest.raises(ContentError):
        first.prove(content, kept)

    with closing(Prover()) as again:
        again.prove(content, kept)


def test_what_another_program_has_proved_is_not_noted(tmp_path: Path, content: Content) -> None:
    kept = tmp_path / "findings"
    newer = "pass\nfrom scheduler.content import judging_code\njudging_code.digest = str"
    with closing(broken(newer)) as prover:
        prover.prove(content, kept)

    assert not kept.exists()
