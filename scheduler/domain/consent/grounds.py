"""Why a reader gets our messages, in one sentence for the footer, by legal basis."""

_FRENCH = {
    "consent": "Vous recevez ce message parce que vous avez accepté de recevoir nos conseils "
    "(base légale\u00a0: votre accord).",
    "public-task": "Vous recevez ce message parce que la sécurité de vos données fait partie "
    "de notre mission de service public (base légale\u00a0: la mission d’intérêt public).",
    "legal-obligation": "Vous recevez ce message parce que la loi nous demande de vous informer "
    "(base légale\u00a0: l’obligation légale).",
    "legitimate-interest": "Vous recevez ce message parce que la sécurité informatique de "
    "l’établissement concerne chacun de ses professionnels (base légale\u00a0: l’intérêt "
    "légitime).",
    "contract": "Vous recevez ce message dans le cadre du contrat qui nous lie "
    "(base légale\u00a0: le contrat).",
}
_ENGLISH = {
    "consent": "You receive this message because you agreed to receive our advice "
    "(legal basis: your consent).",
    "public-task": "You receive this message because protecting your data is part of our "
    "public service mission (legal basis: public task).",
    "legal-obligation": "You receive this message because the law asks us to inform you "
    "(legal basis: legal obligation).",
    "legitimate-interest": "You receive this message because the security of our information "
    "systems concerns everyone who works here (legal basis: legitimate interest).",
    "contract": "You receive this message under the contract between us (legal basis: contract).",
}


_BASES = {
    "consent": ("votre accord", "your consent"),
    "public-task": ("la mission d’intérêt public", "public task"),
    "legal-obligation": ("l’obligation légale", "legal obligation"),
    "legitimate-interest": ("l’intérêt légitime", "legitimate interest"),
    "contract": ("le contrat", "contract"),
}
#: Where the SMS provider is outside the Union.
_ABROAD_FRENCH = (
    "Pour les SMS, ce prestataire est Twilio, aux États-Unis\u00a0: votre numéro et le texte y "
    "sont transférés, sous les garanties que décrit notre page sur vos données."
)
_ABROAD_ENGLISH = (
    "For text messages, that provider is Twilio, in the United States: your number and the text "
    "are transferred there, under the safeguards that our page about your data describes."
)


def legal_basis(basis: str, language: str) -> str:
    """Its name; in French for a language we don't write."""
    return _BASES[basis][language == "en"]


def transfer(abroad: bool, language: str) -> str:
    """The sentence on what leaves the Union (GDPR articles 13 and 14); empty where nothing does."""
    if not abroad:
        return ""
    return _ABROAD_ENGLISH if language == "en" else _ABROAD_FRENCH


def grounds(basis: str, language: str) -> str:
    """The sentence for a basis; in French for a language we don't write."""
    return (_ENGLISH if language == "en" else _FRENCH)[basis]
