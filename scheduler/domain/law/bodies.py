"""Names of public bodies, which belong to them: the names that frauds borrow.

Sources: annuaire.service-public.fr (national bodies), cybermalveillance.gouv.fr and the reports to
33700 (those that are imitated by SMS), read in 2026. No list of them is ever whole.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from scheduler.domain.values import frozen


@frozen
class Body:
    """One of them, or several that go by one name."""

    label: str
    #: As the name of an SMS sender, letters and digits alone: a regular expression.
    sender: str
    #: As words of a name, lower case without accents: a regular expression.
    words: str
    #: Whoever has its site below one of these may bear its name.
    domains: Sequence[str]


#: What is put behind a short name without making it another's.
_MORE = r"(?:FR|FRANCE|INFOS?|ALERTE?S?|SMS|GOUV|SERVICE|NOTIF|[0-9]+)?"

BODIES = (
    Body(
        label="l’Assurance maladie",
        sender=rf"AMELI(?!OR|E|A|N).*|CPAM.*|CNAM{_MORE}|ASSU?R?(?:ANCE)?MAL.*|CGSS.*|SECU(?:SOC.*)?|VITALE.*"
        r"|CARTEVITALE|MONESPSANTE|MES(?:PACE)?SANTE",
        words=r"ameli|cpam|cnam|cgss|assurance[ -]maladie|caisse primaire|carte vitale"
        r"|securite sociale|mon espace sante|monespacesante",
        domains=("ameli.fr", "assurance-maladie.fr", "monespacesante.fr", "securite-sociale.fr"),
    ),
    Body(
        label="les impôts",
        sender=rf"I?IMPOTS?.*|DGFIP.*|DDFIP.*|FINPUB.*|TRESOR(?:PUB.*)?|AMENDES?{_MORE}|FISC.*",
        words=r"impots?|dgfip|finances publiques|tresor public|service des amendes",
        domains=("gouv.fr",),
    ),
    Body(
        label="l’État",
        sender=r".*GOUV(?!IEUX|ERN(?!EMENT)).*|ETAT.*|MINISTERE.*|PREFECTURE.*|ELYSEE|MARIANNE"
        r"|SERVICEPUB.*|FRANCECONN.*|FRCONNECT",
        words=r"gouv|gouvernement|republique francaise|ministeres?|prefecture|etat francais"
        r"|service[ -]public\.?(?:fr)?|france ?connect",
        domains=("gouv.fr", "service-public.fr", "franceconnect.gouv.fr"),
    ),
    Body(
        label="une caisse de prestations ou de retraite",
        sender=rf"CAF{_MORE}|CAF(?:PARIS|NORD|RHONE)|CNAF|MSA{_MORE}|URSSAF.*|CARSAT.*|CNAV{_MORE}|AGIRC.*|CPF{_MORE}"
        r"|MONCOMPTE.*|CAISSEDEPOT",
        words=r"caf|cnaf|allocations familiales|mutualite sociale agricole|urssaf|carsat|cnav"
        r"|assurance retraite|agirc|mon compte formation",
        domains=("caf.fr", "msa.fr", "urssaf.fr", "carsat.fr", "lassuranceretraite.fr", "gouv.fr"),
    ),
    Body(
        label="la police, la gendarmerie ou la justice",
        sender=rf"POLICE.*|GENDARM.*|JUSTICE.*|TRIBUNAL.*|EUROPOL|INTERPOL|ANTAI.*|ANTS{_MORE}"
        r"|FRTITRES|FRANCETITR.*|DOUANES?.*|HUISSIER.*",
        words=r"police|gendarmerie|ministere public|tribunal|europol|interpol|antai|ants"
        r"|france titres|douanes?",
        domains=("gouv.fr", "interieur.gouv.fr", "justice.fr", "justice.gouv.fr"),
    ),
    Body(
        label="France Travail",
        sender=r"FR(?:ANCE)?TRAV.*|POLEEMPLOI.*|POLEEMP.*",
        words=r"france travail|pole emploi",
        domains=("francetravail.fr", "pole-emploi.fr"),
    ),
    Body(
        label="une agence de santé ou de sécurité",
        sender=rf"ANSSI{_MORE}|CNIL{_MORE}|CERTSANTE|CERTFR|CYBERMALV.*|17CYBER|33700.*|"
        rf"SIGNALSPAM|ARS{_MORE}|HAS{_MORE}|ANSM{_MORE}|SANTEPUBFR|SANTEPUBLIQ.*|ESANTE{_MORE}",
        words=r"anssi|cnil|cert[ -](?:sante|fr)|cybermalveillance|17 ?cyber|33700|signal[ -]spam"
        r"|agences? regionales? de sante|haute autorite de sante|sante publique france|ansm"
        r"|agence du numerique en sante",
        domains=(
            *("gouv.fr", "cnil.fr", "sante.fr", "has-sante.fr", "santepubliquefrance.fr"),
            *("33700.fr", "signal-spam.fr", "ansm.sante.fr"),
        ),
    ),
    Body(
        label="La Poste ou la banque publique",
        sender=r"LAPOSTE.*|CHRONOPOST.*|COLISSIMO.*|BANQUEFR.*|BANQUEPOST.*|DIGIPOSTE.*",
        words=r"la poste|chronopost|colissimo|banque postale|banque de france",
        domains=("laposte.fr", "chronopost.fr", "labanquepostale.fr", "banque-france.fr"),
    ),
)


def named_by_sender(sender: str, site: str) -> str:
    """Whom else an SMS sender names; empty for nobody, or for whose ``site`` (a host) it is."""
    letters = re.sub(r"[^A-Z0-9]", "", _folded(sender).upper())
    found = (body for body in _others(site) if re.fullmatch(body.sender, letters))
    return next((body.label for body in found), "")


def named_by_words(name: str, site: str) -> str:
    """Whom else a name says it is; empty for nobody, or for whose ``site`` (a host) it is."""
    words = _folded(name)
    found = (body for body in _others(site) if re.search(rf"(?<!\w)(?:{body.words})(?!\w)", words))
    return next((body.label for body in found), "")


def owner_of(host: str, site: str) -> str:
    """The body that a host belongs to; empty for nobody, or where ``site`` is its own."""
    found = (body for body in _others(site) if any(_below(host, one) for one in body.domains))
    return next((body.label for body in found), "")


def _others(site: str) -> Iterator[Body]:
    return (body for body in BODIES if not any(_below(site, one) for one in body.domains))


def _below(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _folded(text: str) -> str:
    """Lower case, without accents, every blank one space."""
    letters = normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in letters if not "\u0300" <= c <= "\u036f").lower().split())
