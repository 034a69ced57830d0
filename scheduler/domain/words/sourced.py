"""What became of a source's readings, in French: each word in one table."""

from collections.abc import Mapping

from scheduler.domain.people.sourced import Cause, Outcome

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.BEGUN: "commencée, pas finie",
    Outcome.TAKEN: "lue",
    Outcome.UNCHANGED: "rien de nouveau",
    Outcome.REFUSED: "refusée : rien n’a changé",
    Outcome.FAILED: "en échec : rien n’a changé",
}
CAUSES: Mapping[Cause, str] = {
    Cause.LESS_THAN_HALF: "Moins de la moitié de la fois d’avant : je ne remplace rien.",
    Cause.MANY_LEAVE: (
        "Trop de personnes partiraient, seraient tenues pour décédées ou ne peuvent pas être lues."
    ),
    Cause.UNUSABLE: "Le résultat ne peut pas être utilisé : colonnes, accents ou lignes.",
    Cause.UNREACHABLE: "La source ne répond pas, ou s’est interrompue.",
    Cause.NOT_TRUSTED: "Le certificat de la source, ou sa clé SSH, n’est pas reconnu.",
    Cause.DENIED: "La source refuse le compte, son mot de passe ou sa clé.",
    Cause.CUT_SHORT: "La source ne donne qu’une partie de la liste (une limite de taille).",
    Cause.BADLY_ASKED: "La question est fausse : filtre, base, requête ou adresse.",
    Cause.TOO_LARGE: "Le résultat est plus grand que ce qui est permis.",
}
KINDS: Mapping[str, str] = {
    "ldap": "annuaire LDAP",
    "folder": "dossier surveillé",
    "https": "fichier en HTTPS",
    "sftp": "fichier en SFTP",
    "sql": "requête SQL",
}


def outcome(word: str) -> str:
    """The word itself for one of a later version."""
    return OUTCOMES[Outcome(word)] if word in list(Outcome) else word


def cause(word: str) -> str:
    return CAUSES[Cause(word)] if word in list(Cause) else word


def kind(word: str) -> str:
    return KINDS.get(word, word)
