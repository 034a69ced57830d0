"""What weakens the rules on people's data, and on who may send."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from scheduler.config.checks import THIS_MACHINE
from scheduler.domain.calendar.campaigns import Audience, People
from scheduler.domain.channels import channel_label
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.law.bounds import AGE_OF_AGREEMENT, BOUNDS, MONTH, WEEK
from scheduler.domain.law.codes import LawRule
from scheduler.domain.law.standing import Weakening
from scheduler.domain.words.french import basis_label, french_date
from scheduler.flow.law.look import Look, advice, fault

#: The message that is shipped for after a leak.
LEAK = "fuite-de-donnees"
#: The law that first asked for an agreement.
_FIRST_AGREEMENTS = date(2004, 6, 21)
#: Nothing obliges anybody to an awareness campaign.
_IMPLAUSIBLE = (Basis.LEGAL_OBLIGATION, Basis.CONTRACT)


def weakened(look: Look) -> Iterator[Weakening]:
    yield from _cards(look)
    for audience in look.configuration.audiences:
        yield from _audience(audience, look)
    yield from _figures(look)
    yield from _kept(look)
    yield from _connections(look)


def _cards(look: Look) -> Iterator[Weakening]:
    for card in look.cards.values():
        if card.message_class != "service" and card.message.rpartition("/")[2] != LEAK:
            continue
        spot = card.spot("approval")
        if card.message.rpartition("/")[2] == LEAK:
            if not card.approval:
                what = "une seule personne suffirait à l’envoyer — remettez approval: true"
                yield fault(LawRule.LEAK_APPROVAL, spot, what)
        else:
            what = f"« {card.message} » échappe aux accords, aux oppositions et aux plafonds"
            yield advice(LawRule.SERVICE_CLASS, card.spot("class"), what)


def _audience(audience: Audience, look: Look) -> Iterator[Weakening]:
    for channel, terms in audience.channels.items():
        if terms.basis in _IMPLAUSIBLE:
            spot = look.at_audience(audience.name, f"channels.{channel}.basis")
            what = f"{audience.label}, {channel_label(channel)} : {basis_label(terms.basis)}"
            yield advice(LawRule.BASIS, spot, what)
    if not audience.is_source:
        return
    if audience.consent_since < _FIRST_AGREEMENTS:
        spot = look.at_audience(audience.name, "consent_since")
        what = f"accords acceptés depuis le {french_date(audience.consent_since)}"
        yield advice(LawRule.PROOF, spot, what)
    if audience.minimum_age < AGE_OF_AGREEMENT:
        spot = look.at_audience(audience.name, "minimum_age")
        what = f"{audience.minimum_age} ans" if audience.minimum_age else "aucun âge"
        yield advice(LawRule.MINIMUM_AGE, spot, f"{audience.label} : {what}")
    for field in audience.fields:
        if field.segment and audience.people is not People.STAFF:
            spot = look.at_audience(audience.name, f"fields.{field.name}.segment")
            what = f"{audience.label} : « {field.label} » est en clair"
            yield advice(LawRule.SEALED_FIELDS, spot, what)


def _figures(look: Look) -> Iterator[Weakening]:
    for key, bound in BOUNDS.items():
        section, _, name = key.partition(".")
        value = Decimal(getattr(getattr(look.settings, section), name))
        weight = bound.weight(value)
        if weight is not None:
            yield Weakening(
                rule=bound.rule, weight=weight, spot=look.at(key), what=_figure(name, value)
            )
    caps = look.settings.caps
    for name, cap, most in (("week", caps.week, WEEK), ("month", caps.month, MONTH)):
        if not cap or cap > most:
            what = f"{cap} messages" if cap else "0 : aucun plafond"
            yield advice(LawRule.CAPS, look.at(f"caps.{name}"), what)


def _figure(name: str, value: Decimal) -> str:
    unit = {"years": "ans", "months": "mois", "days": "jours", "rate": "%"}[name.rpartition("_")[2]]
    return f"{value:f} {unit}".replace(".", ",")


def _kept(look: Look) -> Iterator[Weakening]:
    settings, configuration = look.settings, look.configuration
    if settings.optout.keep_source_key:
        what = "l’empreinte de la clé du fichier reste après un effacement"
        yield advice(LawRule.ERASURE, look.at("optout.keep_source_key"), what)
    if not look.sends_really:
        return
    if configuration.optout_journal.parent == configuration.var:
        what = f"dans le même dossier que le registre ({configuration.var.name}/)"
        yield advice(LawRule.JOURNAL, look.at("optout.journal"), what)
    if settings.keys.file.parent == configuration.var:
        what = f"dans le même dossier que le registre ({configuration.var.name}/)"
        yield advice(LawRule.KEYS, look.at("keys.file"), what)


def _connections(look: Look) -> Iterator[Weakening]:
    email = look.settings.channels.email
    for name, one in (("smtp", email.smtp), ("mailbox", email.mailbox)):
        if one and one.security == "none" and one.host not in THIS_MACHINE:
            spot = look.at(f"channels.email.{name}.security")
            yield advice(LawRule.TLS, spot, f"none, vers « {one.host} »")
