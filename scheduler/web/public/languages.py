"""Which language a reader gets: French first, and French for one we don't write."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from scheduler.web.public.easy import EASY
from scheduler.web.public.english import ENGLISH
from scheduler.web.public.french import FRENCH
from scheduler.web.public.texts import Texts


def keep_punctuation(value: Any) -> Any:
    """French punctuation that stands apart from its word never begins a line (no-break space)."""
    if isinstance(value, str):
        return re.sub(r" (?=[?!:;»])|(?<=«) ", "\N{NO-BREAK SPACE}", value)
    if isinstance(value, tuple | list):
        return type(value)(keep_punctuation(part) for part in value)
    if isinstance(value, Mapping):
        return {name: keep_punctuation(part) for name, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: keep_punctuation(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **parts)
    return value


#: Every language we write, French first: pages for nobody in particular show them all.
ALL: tuple[Texts, ...] = (keep_punctuation(FRENCH), ENGLISH)
#: Each page has a link to each of the others.
SHOWN: tuple[Texts, ...] = (*ALL, keep_punctuation(EASY))


def texts_in(*languages: str | None) -> Texts:
    """The first of these that we write; an easy one is asked for by its variant."""
    for language in languages:
        for texts in SHOWN:
            if texts.code == language:
                return texts
    return ALL[0]
