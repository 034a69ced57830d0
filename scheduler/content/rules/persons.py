"""Somebody's own data in words that anybody reads: an address, a mobile number, a social security
number. A service's number is another rule's."""

import re
from collections.abc import Iterator

from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_MOBILE = re.compile(r"(?<!\d)(?:\+33 ?|0)[67](?:[ .]?\d{2}){4}(?!\d)")
#: A French social security number.
_NIR = re.compile(r"(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3}(?: ?\d{2})?(?!\d)")


def data(passage: Passage, code: str, where: str) -> Iterator[Finding]:
    """``code``: of the rule that it breaks; ``where``: what the words are, in French."""
    for pattern, what in (
        (_ADDRESS, "une adresse électronique"),
        (_MOBILE, "un numéro de portable"),
        (_NIR, "un numéro de sécurité sociale"),
    ):
        if found := pattern.search(passage.text):
            yield passage.finding(code, found.start(), f"{what} est dans {where}")
