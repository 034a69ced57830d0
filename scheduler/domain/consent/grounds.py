"""Why a reader gets our messages, in one sentence for the footer, by legal basis."""

from enum import StrEnum


class Basis(StrEnum):
    """On what ground of GDPR article 6 an audience is written to on a channel."""

    #: The person said yes, and the ledger holds the proof.
    CONSENT = "consent"
    #: A public body's own task.
    PUBLIC_TASK = "public-task"
    #: A law asks for the message.
    LEGAL_OBLIGATION = "legal-obligation"
    #: Weighed against the person's: an employer's, towards those who work there.
    LEGITIMATE_INTEREST = "legitimate-interest"
    #: A contract with the person.
    CONTRACT = "contract"


_FRENCH = {
    Basis.CONSENT: "Vous recevez ce message parce que vous avez accepté de recevoir nos conseils "
    "(base légale\u00a0: votre accord).",
    Basis.PUBLIC_TASK: "Vous recevez ce message parce que la sécurité de vos données fait partie "
    "de notre mission de service public (base légale\u00a0: la mission d’intérêt public).",
    Basis.LEGAL_OBLIGATION: "Vous recevez ce message parce que la loi nous demande de vous "
    "informer (base légale\u00a0: l’obligation légale).",
    Basis.LEGITIMATE_INTEREST: "Vous recevez ce message parce que la sécurité informatique de "
    "l’établissement concerne chacun de ses professionnels (base légale\u00a0: l’intérêt "
    "légitime).",
    Basis.CONTRACT: "Vous recevez ce message dans le cadre du contrat qui nous lie "
    "(base légale\u00a0: le contrat).",
}
_EASY = {
    Basis.CONSENT: "Vous recevez ce message parce que vous avez dit oui.",
    Basis.PUBLIC_TASK: "Vous recevez ce message parce que notre travail est aussi de protéger vos "
    "informations.",
    Basis.LEGAL_OBLIGATION: "Vous recevez ce message parce que la loi nous demande de vous "
    "prévenir.",
    Basis.LEGITIMATE_INTEREST: "Vous recevez ce message parce que vous travaillez avec nous.",
    Basis.CONTRACT: "Vous recevez ce message parce que vous avez un contrat avec nous.",
}
_ENGLISH = {
    Basis.CONSENT: "You receive this message because you agreed to receive our advice "
    "(legal basis: your consent).",
    Basis.PUBLIC_TASK: "You receive this message because protecting your data is part of our "
    "public service mission (legal basis: public task).",
    Basis.LEGAL_OBLIGATION: "You receive this message because the law asks us to inform you "
    "(legal basis: legal obligation).",
    Basis.LEGITIMATE_INTEREST: "You receive this message because the security of our information "
    "systems concerns everyone who works here (legal basis: legitimate interest).",
    Basis.CONTRACT: "You receive this message under the contract between us "
    "(legal basis: contract).",
}


_BASES = {
    Basis.CONSENT: ("votre accord", "your consent"),
    Basis.PUBLIC_TASK: ("la mission d’intérêt public", "public task"),
    Basis.LEGAL_OBLIGATION: ("l’obligation légale", "legal obligation"),
    Basis.LEGITIMATE_INTEREST: ("l’intérêt légitime", "legitimate interest"),
    Basis.CONTRACT: ("le contrat", "contract"),
}
#: Where the SMS provider is outside the Union.
_ABROAD_FRENCH = (
    "Pour les SMS, ce prestataire est Twilio, aux États-Unis\u00a0: votre numéro et le texte y "
    "sont transférés, sous les garanties que décrit notre page sur vos données."
)
_ABROAD_EASY = "Cette entreprise est Twilio.\nElle est aux États-Unis."
_ABROAD_ENGLISH = (
    "For text messages, that provider is Twilio, in the United States: your number and the text "
    "are transferred there, under the safeguards that our page about your data describes."
)


def legal_basis(basis: str, language: str) -> str:
    """Its name; in French for a language we don't write."""
    return _BASES[Basis(basis)][language == "en"]


def transfer(abroad: bool, language: str) -> str:
    """The sentence on what leaves the Union (GDPR articles 13 and 14); empty where nothing does."""
    if not abroad:
        return ""
    if language == "fr-falc":
        return _ABROAD_EASY
    return _ABROAD_ENGLISH if language == "en" else _ABROAD_FRENCH


def grounds(basis: str, variant: str) -> str:
    """The sentence for a basis; in French for a language we don't write, easy to read where the
    variant says so."""
    if variant == "fr-falc":
        return _EASY[Basis(basis)]
    return (_ENGLISH if variant.startswith("en") else _FRENCH)[Basis(basis)]
