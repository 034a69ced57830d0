"""What weakens the rules of e-mail, of names and of links."""

from collections.abc import Iterator
from email.utils import parseaddr

from scheduler.config.hours import plain_window
from scheduler.content.rules.links import HELP_SITES, SHORTENERS, is_below
from scheduler.domain.answers.bursts import domain_of, is_public
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.channels import EMAIL, SMS
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.law.bodies import named_by_words, owner_of
from scheduler.domain.law.bounds import MAIL_DAY, is_wider
from scheduler.domain.law.codes import LawRule
from scheduler.domain.law.quiet_words import audience_word, health_word
from scheduler.domain.law.standing import Weakening
from scheduler.domain.words.french import basis_label
from scheduler.flow.law.look import Look, advice, fault, host_of
from scheduler.flow.law.sms import not_ours

#: Relays that write a pixel and other links into what they carry, unless they are told not to.
_FOLLOWING = (
    *("sendgrid.net", "sendgrid.com", "mailjet.com", "brevo.com", "sendinblue.com"),
    *("mandrillapp.com", "mailchimp.com", "mailgun.org", "mailgun.com", "sparkpostmail.com"),
    *("postmarkapp.com", "elasticemail.com", "mailersend.net", "smtp2go.com", "amazonaws.com"),
)
#: Whole endings, and places where anybody puts a page.
_ANYBODYS = (
    *("gouv.fr", "sante.fr", "asso.fr", "co.uk", "github.io", "forms.gle", "google.com"),
    *("wordpress.com", "wixsite.com", "blogspot.com", "weebly.com", "netlify.app", "vercel.app"),
    *("azurewebsites.net", "web.app", "herokuapp.com", "sharepoint.com", "dropbox.com"),
    *("wetransfer.com", "typeform.com", "jotform.com", "facebook.com", "linkedin.com"),
)


def weakened(look: Look) -> Iterator[Weakening]:
    yield from _agreements(look)
    yield from sender(look)
    yield from _hours(look)
    yield from _one_click(look)
    yield from _relay(look)
    yield from _links(look)
    yield from _quiet(look)
    yield from _notice(look)


def _agreements(look: Look) -> Iterator[Weakening]:
    for audience in look.configuration.audiences:
        terms = audience.channels.get(EMAIL.name)
        if terms is None or terms.basis == Basis.CONSENT or audience.people is People.STAFF:
            continue
        spot = look.at_audience(audience.name, "channels.email.basis")
        if audience.people is People.PATIENTS:
            what = f"{audience.label} : {basis_label(terms.basis)}"
            yield advice(LawRule.MAIL_CONSENT_PATIENTS, spot, what)
        for campaign, message in look.promotions():
            if audience.name in campaign.audiences and EMAIL.name in campaign.channels:
                what = f"{audience.label} : {basis_label(terms.basis)}, et « {message} » "
                yield fault(LawRule.PROMOTION, spot, f"{what}({campaign.name}) est une promotion")


def sender(look: Look) -> Iterator[Weakening]:
    """What the sender's name and address are at fault for."""
    email, organisation = look.settings.channels.email, look.settings.organisation
    name, address = parseaddr(email.sender)
    for key, words in (("channels.email.from", name), ("organisation.name", organisation.name)):
        if other := named_by_words(words, look.site):
            yield fault(LawRule.MAIL_FROM, look.at(key), f"« {words} » nomme {other}")
    domain = domain_of(address)
    if is_public(domain):
        what = f"« {domain} » est une messagerie grand public"
        yield fault(LawRule.MAIL_DOMAIN, look.at("channels.email.from"), what)
    elif other := owner_of(domain, look.site):
        what = f"« {domain} » appartient à un autre : {other}"
        yield fault(LawRule.MAIL_DOMAIN, look.at("channels.email.from"), what)
    if is_public(email.return_path_domain):
        what = f"« {email.return_path_domain} » est une messagerie grand public"
        yield fault(LawRule.MAIL_DOMAIN, look.at("channels.email.return_path_domain"), what)
    if is_public(domain_of(email.reply_to)):
        what = f"« {domain_of(email.reply_to)} » : les réponses y seraient chez un tiers"
        yield advice(LawRule.MAIL_DOMAIN, look.at("channels.email.reply_to"), what)


def _hours(look: Look) -> Iterator[Weakening]:
    window = plain_window(look.settings.channels.email.window)
    if is_wider(window, MAIL_DAY):
        yield advice(LawRule.MAIL_HOURS, look.at("channels.email.window"), str(window))


def _one_click(look: Look) -> Iterator[Weakening]:
    if what := not_ours(host_of(look.settings.web.public_url)):
        yield fault(LawRule.ONE_CLICK, look.at("web.public_url"), what)
    email = look.settings.channels.email
    if email.provider == "smtp" and email.mailbox is None:
        what = "aucune boîte n’est lue : une personne lit les désinscriptions reçues par courriel"
        yield advice(LawRule.ONE_CLICK, look.at("channels.email.mailbox"), what)


def _relay(look: Look) -> Iterator[Weakening]:
    smtp = look.settings.channels.email.smtp
    if smtp and is_below(smtp.host.lower(), _FOLLOWING):
        what = f"« {smtp.host} » suit les lectures et les clics, sauf réglage contraire"
        yield advice(LawRule.NO_TRACKING, look.at("channels.email.smtp.host"), what)


def _links(look: Look) -> Iterator[Weakening]:
    organisation, web = look.settings.organisation, look.settings.web
    for key, url in (
        ("web.public_url", web.public_url),
        ("organisation.site", organisation.site),
        ("organisation.privacy_url", organisation.privacy_url),
    ):
        if is_below(host_of(url), SHORTENERS):
            what = f"« {host_of(url)} » est un raccourcisseur d’adresses"
            yield fault(LawRule.SHORTENERS, look.at(key), what)
    for number, name in enumerate(organisation.link_domains):
        domain = name.lower().strip(". ").removeprefix("www.")
        spot = look.at(f"organisation.link_domains.{number}")
        if is_below(domain, SHORTENERS):
            what = f"« {name} » est un raccourcisseur d’adresses"
            yield fault(LawRule.SHORTENERS, spot, what)
        elif "." not in domain or domain in _ANYBODYS:
            what = f"« {name} » : n’importe qui y met une page"
            yield fault(LawRule.LINK_DOMAINS, spot, what)
        elif not _is_own(domain, look) and not is_below(domain, HELP_SITES):
            what = f"« {name} » n’est ni le site de l’organisme ni un site public d’aide"
            yield advice(LawRule.LINK_DOMAINS, spot, what)


def _is_own(domain: str, look: Look) -> bool:
    """It is the organisation's site, or above or below it."""
    return is_below(domain, (look.site,)) or is_below(look.site, (domain,))


def _quiet(look: Look) -> Iterator[Weakening]:
    channels, web = look.settings.channels, look.settings.web
    named = (
        (f"channels.{SMS.name}.sender", channels.sms.sender),
        ("channels.email.from", channels.email.sender),
    )
    for key, name in named:
        if word := health_word(parseaddr(name)[0] or name):
            what = f"« {word} » dit quelque chose de la santé du lecteur"
            yield fault(LawRule.HEALTH_WORDS, look.at(key), what)
    addresses = (
        ("channels.email.return_path_domain", channels.email.return_path_domain),
        ("web.public_url", web.public_url),
        ("web.short_url", web.short_url or ""),
    )
    for key, name in (*named, *addresses):
        if word := audience_word(name):
            what = f"« {word} » dit à qui l’on écrit"
            yield advice(LawRule.AUDIENCE_WORDS, look.at(key), what)


def _notice(look: Look) -> Iterator[Weakening]:
    organisation = look.settings.organisation
    host, path = host_of(organisation.privacy_url), organisation.privacy_url.partition("//")[2]
    spot = look.at("organisation.privacy_url")
    if not path.partition("/")[2]:
        yield advice(LawRule.NOTICE, spot, "mène à l’accueil d’un site, et non à une page")
    if not is_below(host, (look.site,)) and not is_below(host, tuple(organisation.link_domains)):
        yield advice(LawRule.NOTICE, spot, f"« {host} » n’est pas le site de l’organisme")
    if is_public(domain_of(organisation.dpo)):
        what = f"« {domain_of(organisation.dpo)} » est une messagerie grand public"
        yield fault(LawRule.NOTICE, look.at("organisation.dpo"), what)
