"""The keys of what people decided about rules; see ``scheduler.config.settings``."""

from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from scheduler.config.sections.section import Section
from scheduler.domain.law.codes import LawRule


def _rule(value: str) -> str:
    if value not in set(LawRule):
        near = get_close_matches(value, list(LawRule), n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise ValueError(f"no such rule — {hint}docs/fr/droit.md has them all")
    return value


def _person(value: str) -> str:
    name = " ".join(value.split())
    if not any(char.isalpha() for char in name):
        raise ValueError("nobody is named — write who decided")
    return name


RuleName = Annotated[str, AfterValidator(_rule)]
PersonName = Annotated[str, AfterValidator(_person)]


class SignedSection(Section):
    """Somebody's word, with its day: YAML 1.1 reads the key ``on`` as a truth."""

    @model_validator(mode="before")
    @classmethod
    def _on_is_a_word(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {"on" if key is True else key: value for key, value in given.items()}


class DecisionSettings(SignedSection):
    rule: RuleName = Field(description="The rule's code, as check and docs/fr/droit.md name it.")
    by: PersonName = Field(description="Who decided: the data-protection officer, most often.")
    on: date = Field(description="The day of the decision, such as 2026-09-01.")
    why: str = Field(default="", description="Why, in a sentence, for the register's sheet.")
