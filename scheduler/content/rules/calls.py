"""Whom a reader may call: a text that says so must read well where nobody set it."""

import re
from collections.abc import Iterator

from scheduler.content.fields import CALLS
from scheduler.content.rules.passage import Passage
from scheduler.content.rules.shape import bare_fields
from scheduler.domain.checking.findings import Finding

_SNIPPET = re.compile(r"\{\{-?\s*snippet\([^{}]*\}\}")


def unguarded(passage: Passage) -> Iterator[Finding]:
    """``{{ assistance }}`` or ``{{ aide_patients }}`` outside a condition on it."""
    for name, at in bare(passage):
        yield passage.finding(
            "help-line",
            at,
            f"« {name} » peut être vide, et laisserait un trou",
            f"écrivez {{% if {name} %}}… {{{{ {name} }}}}{{% endif %}}",
        )


def bare(passage: Passage) -> list[tuple[str, int]]:
    """The names of such fields, and where they stand."""
    if not any(name in passage.text for name in CALLS):
        return []
    return bare_fields(without_snippets(passage.text), CALLS)


def without_snippets(text: str) -> str:
    """With blanks in the place of each call: whatever follows stays where it is."""
    return _SNIPPET.sub(lambda call: " " * len(call[0]), text)
