"""What weakens the rules of SMS."""

from collections.abc import Iterator

from scheduler.config.hours import plain_window
from scheduler.content.rules.links import SHORTENERS, is_below
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.calendar.channel_hours import SMS_CEILING, SMS_SUNDAY
from scheduler.domain.channels import SMS
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.law.bodies import named_by_sender, named_by_words
from scheduler.domain.law.bounds import beyond_ceiling, beyond_saturday, beyond_weekdays
from scheduler.domain.law.codes import LawRule
from scheduler.domain.law.standing import Weakening
from scheduler.domain.words.french import basis_label, french_day
from scheduler.flow.law.look import Look, advice, fault, host_of

_CONSENT = {
    People.STAFF: LawRule.SMS_CONSENT_STAFF,
    People.PATIENTS: LawRule.SMS_CONSENT_PATIENTS,
    # Who isn't known for staff is protected like a patient.
    People.UNSAID: LawRule.SMS_CONSENT_PATIENTS,
}


def weakened(look: Look) -> Iterator[Weakening]:
    yield from _hours(look)
    yield from _holidays(look)
    yield from _sundays(look)
    yield from _traffic(look)
    yield from _agreements(look)
    yield from sender(look)
    yield from _way_out(look)


def _hours(look: Look) -> Iterator[Weakening]:
    sms = look.settings.channels.sms
    for key, rule, hours, is_wider in (
        ("weekdays", LawRule.SMS_WEEKDAYS, sms.weekdays, beyond_weekdays),
        ("saturday", LawRule.SMS_SATURDAY, sms.saturday, beyond_saturday),
    ):
        window, spot = plain_window(hours), look.at(f"channels.sms.{key}")
        if beyond_ceiling(window):
            what = f"{window} ; les SMS partent au plus de {SMS_CEILING}"
            yield fault(LawRule.SMS_CEILING, spot, what)
        if is_wider(window):
            yield advice(rule, spot, str(window))


def _holidays(look: Look) -> Iterator[Weakening]:
    for territory, days in look.settings.holidays.removed.items():
        named = ", ".join(f"{french_day(day)}/{day.year}" for day in days)
        if named:
            what = f"n’est plus férié ({territory}) : {named}"
            yield advice(LawRule.SMS_HOLIDAYS, look.at(f"holidays.removed.{territory}"), what)


def _sundays(look: Look) -> Iterator[Weakening]:
    for audience in look.configuration.audiences:
        if audience.sunday:
            what = f"{audience.label} : toléré, {SMS_SUNDAY}, comme les jours fériés"
            spot = look.at_audience(audience.name, "sunday")
            yield advice(LawRule.SMS_SUNDAY, spot, what)


def _traffic(look: Look) -> Iterator[Weakening]:
    if look.settings.channels.sms.traffic != "service":
        return
    spot = look.at("channels.sms.traffic")
    what = "service : les SMS partent aussi le dimanche et les jours fériés"
    yield advice(LawRule.SMS_TRAFFIC, spot, what)
    for campaign, message in look.promotions():
        if SMS.name in campaign.channels:
            what = f"service, et « {message} » ({campaign.name}) est une promotion"
            yield fault(LawRule.SMS_TRAFFIC, spot, what)


def _agreements(look: Look) -> Iterator[Weakening]:
    for audience in look.configuration.audiences:
        terms = audience.channels.get(SMS.name)
        if terms is None or terms.basis == Basis.CONSENT:
            continue
        rule = _CONSENT[audience.people]
        spot = look.at_audience(audience.name, "channels.sms.basis")
        yield advice(rule, spot, f"{audience.label} : {basis_label(terms.basis)}")
        for campaign, message in look.promotions():
            if audience.name in campaign.audiences and SMS.name in campaign.channels:
                what = f"{audience.label} : {basis_label(terms.basis)}, et « {message} » "
                yield fault(rule, spot, f"{what}({campaign.name}) est une promotion")


def sender(look: Look) -> Iterator[Weakening]:
    """What the sender's name and address are at fault for."""
    shown = look.settings.channels.sms.sender
    if other := named_by_sender(shown, look.site):
        what = f"« {shown} » nomme {other}"
        yield fault(LawRule.SMS_SENDER, look.at("channels.sms.sender"), what)
    name = look.settings.organisation.sms_name
    if name and (other := named_by_words(name, look.site)):
        what = f"« {name} » nomme {other}"
        yield fault(LawRule.SMS_SENDER, look.at("organisation.sms_name"), what)
    if shown.isdigit() and not name:
        what = f"le numéro court {shown} ne nomme personne : dites organisation.sms_name"
        yield fault(LawRule.SMS_NAMED, look.at("channels.sms.sender"), what)
    twilio = look.settings.channels.sms.twilio
    if twilio and twilio.messaging_service_sid:
        spot = look.at("channels.sms.twilio.messaging_service_sid")
        what = "le service d’envoi choisit l’émetteur : ses numéros sont à vérifier"
        yield advice(LawRule.SMS_NUMBER, spot, what)


def _way_out(look: Look) -> Iterator[Weakening]:
    settings = look.settings
    sms = settings.channels.sms
    if sms.sender.isdigit() and sms.inbound == "poll":
        what = "poll : avec un numéro court, STOP et CONTACT ne reçoivent pas de réponse"
        yield advice(LawRule.SMS_STOP, look.at("channels.sms.inbound"), what)
    if sms.twilio and sms.twilio.messaging_service_sid:
        spot = look.at("channels.sms.twilio.messaging_service_sid")
        what = f"le service peut prendre un autre émetteur que « {sms.sender} », qui choisit la "
        yield advice(LawRule.SMS_STOP, spot, f"{what}mention de sortie")
    short = settings.web.short_url
    if short and is_below(host_of(short), SHORTENERS):
        what = f"« {host_of(short)} » est un raccourcisseur d’adresses"
        yield fault(LawRule.SHORT_URL, look.at("web.short_url"), what)
    elif short and (what := not_ours(host_of(short))):
        yield fault(LawRule.SHORT_URL, look.at("web.short_url"), what)


def not_ours(host: str) -> str:
    """Why nobody reaches a host from outside; empty when they may."""
    inner = ("localhost", "local", "lan", "intranet", "internal", "home", "corp")
    if host.replace(".", "").isdigit() or ":" in host:
        return f"« {host} » est une adresse IP : le lecteur n’y reconnaît personne"
    if host.rpartition(".")[2] in inner or "." not in host:
        return f"« {host} » ne s’ouvre pas depuis Internet"
    return ""
