"""The register of rules: one table, one row a rule."""

from collections.abc import Mapping

from scheduler.domain.law.codes import LawRule
from scheduler.domain.law.register_mail import MAIL_RULES
from scheduler.domain.law.register_people import PEOPLE_RULES
from scheduler.domain.law.register_sms import SMS_RULES
from scheduler.domain.law.rule import Rule

RULES: Mapping[LawRule, Rule] = {
    rule.code: rule for rule in (*SMS_RULES, *MAIL_RULES, *PEOPLE_RULES)
}
__all__ = ["RULES", "Rule", "as_markdown"]
#: Of its columns.
TITLES = (
    *("Règle", "Ce qui est demandé", "Source", "Clé qui l’affaiblit", "Pourquoi"),
    *("Ce qui se passe", "Qui peut décider"),
)


def as_markdown() -> str:
    """The table as docs/fr/droit.md shows it."""
    rows = [
        f"| {' | '.join(TITLES)} |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in RULES.values():
        keys = ", ".join(f"`{key}`" for key in rule.keys)
        cells = (f"`{rule.code}`", rule.what, rule.source, keys, rule.why, rule.happens, rule.who)
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"
