"""How every rule stands under a configuration."""

from collections.abc import Iterator

from scheduler.config.configuration import Configuration
from scheduler.content.rules.passage import finding
from scheduler.domain.checking.findings import Finding
from scheduler.domain.law.codes import LawRule, State, Weight
from scheduler.domain.law.standing import Decision, Standing, Weakening, standings
from scheduler.flow.law import mail, people, sms
from scheduler.flow.law.look import Look

#: The row of ``check``'s table, by weight.
_CODES = {Weight.FAULT: "law-fault", Weight.ADVICE: "law-advice"}


def law_of(configuration: Configuration) -> list[Standing]:
    """Every rule of the register, in its order. Reads files, and writes none."""
    look = Look(configuration)
    judges = (sms.weakened, mail.weakened, people.weakened)
    found = (one for judge in judges for one in judge(look))
    return standings(found, _decisions(configuration))


def findings(configuration: Configuration) -> Iterator[Finding]:
    """What ``check`` says of it: all that is at fault, and what nobody has decided yet."""
    for standing in law_of(configuration):
        for one in standing.weakened:
            if standing.state is State.DECIDED:
                continue
            if one.weight is Weight.ADVICE and standing.decision:
                continue
            yield _finding(standing, one)


def _finding(standing: Standing, one: Weakening) -> Finding:
    rule = standing.rule
    message = f"{one.spot.key} affaiblit une règle : {one.what}. {rule.what} ({rule.source}), "
    message += f"car {rule.why}"
    if one.weight is Weight.FAULT:
        remedy = "corrigez ce réglage : personne ne peut en décider autrement"
    else:
        remedy = f"revenez-y, ou faites décider ({rule.who}) : "
        remedy += f"decisions: [{{rule: {rule.code}, by: …, on: …, why: …}}]"
    file = one.spot.file or "environnement"
    return finding(_CODES[one.weight], file, one.spot.line, message, remedy)


def _decisions(configuration: Configuration) -> Iterator[Decision]:
    for one in configuration.settings.decisions:
        yield Decision(rule=LawRule(one.rule), by=one.by, on=one.on, why=one.why)
    for audience in configuration.audiences:
        if word := audience.sunday:
            yield Decision(
                rule=LawRule.SMS_SUNDAY,
                by=word.by,
                on=word.on,
                why=word.why,
                audience=audience.label,
            )
