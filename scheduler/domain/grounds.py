"""Why a reader gets our messages, in one sentence for the footer, by legal basis."""

_FRENCH = {
    "consent": "Vous recevez ce message parce que vous avez accepté de recevoir nos conseils.",
    "public-task": "Vous recevez ce message parce que la sécurité de vos données fait partie "
    "de notre mission de service public.",
    "legal-obligation": "Vous recevez ce message parce que la loi nous demande de vous informer.",
    "legitimate-interest": "Vous recevez ce message parce que la sécurité informatique de "
    "l’établissement concerne chacun de ses professionnels.",
    "contract": "Vous recevez ce message dans le cadre du contrat qui nous lie.",
}
_ENGLISH = {
    "consent": "You receive this message because you agreed to receive our advice.",
    "public-task": "You receive this message because protecting your data is part of our "
    "public service mission.",
    "legal-obligation": "You receive this message because the law asks us to inform you.",
    "legitimate-interest": "You receive this message because the security of our information "
    "systems concerns everyone who works here.",
    "contract": "You receive this message under the contract between us.",
}


def grounds(basis: str, language: str) -> str:
    """The sentence for a basis; in French for a language we don't write."""
    return (_ENGLISH if language == "en" else _FRENCH)[basis]
