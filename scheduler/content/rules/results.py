"""Figures of quizzes in a text: it must read well where too few have answered."""

from collections.abc import Collection, Iterator

from scheduler.content.fields import RESULTS
from scheduler.content.rules.calls import without_snippets
from scheduler.content.rules.passage import Passage
from scheduler.content.rules.shape import bare_fields
from scheduler.domain.checking.findings import Finding


def unguarded(passage: Passage, own: Collection[str]) -> Iterator[Finding]:
    """``{{ reponses_quiz }}`` or ``{{ bonnes_reponses }}`` outside a condition on it. ``own``:
    placeholders, which mean what the message says."""
    asked = [one for one in RESULTS if one not in own and one in passage.text]
    for name, at in bare_fields(without_snippets(passage.text), asked) if asked else ():
        yield passage.finding(
            "quiz-figure",
            at,
            f"« {name} » est vide tant que trop peu de réponses sont venues, et laisserait un trou",
            f"écrivez {{% if {name} %}}… {{{{ {name} }}}}{{% endif %}}",
        )
