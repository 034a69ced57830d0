"""Why somebody is left out, in French: a clause for a page, two words for a table."""

from collections.abc import Mapping

from scheduler.domain.delivery import LeftOut

#: A test finds both complete.
SENTENCES: Mapping[LeftOut, str] = {
    LeftOut.NO_ADDRESS: "pas d’adresse ou de numéro pour ce canal",
    LeftOut.OPTED_OUT: "s’y est opposé",
    LeftOut.BOUNCED: "adresse ou numéro refusé auparavant",
    LeftOut.BOUNCE_PENDING: "domaine en attente : il refusait trop d’adresses à la fois",
    LeftOut.NOT_THEIRS: "l’adresse ou le numéro n’est pas, ou n’est plus, le sien",
    LeftOut.IN_DOUBT: "sa réponse par SMS attend d’être lue",
    LeftOut.NO_CONSENT: "n’a pas donné son accord",
    LeftOut.DUPLICATE: "déjà servi dans un autre public ou par une autre fiche",
    LeftOut.CAP: "a déjà reçu assez de messages",
    LeftOut.NO_WINDOW: "aucune heure d’envoi permise",
    LeftOut.NO_TEXT: "son texte était en faute et n’a pas été corrigé à temps",
    LeftOut.LEFT_AUDIENCE: "ne faisait plus partie du public",
    LeftOut.MOVED: "a changé de lieu ou de public avant l’envoi",
    LeftOut.NOT_INVITED: "n’avait pas été invité à cet événement",
    LeftOut.FROZEN: "données gelées (article 18 du RGPD)",
}
SHORT: Mapping[LeftOut, str] = {
    LeftOut.NO_ADDRESS: "sans adresse",
    LeftOut.OPTED_OUT: "désinscrit",
    LeftOut.BOUNCED: "adresse en échec",
    LeftOut.BOUNCE_PENDING: "domaine en attente",
    LeftOut.NOT_THEIRS: "pas le bon numéro",
    LeftOut.IN_DOUBT: "réponse à lire",
    LeftOut.NO_CONSENT: "sans accord",
    LeftOut.DUPLICATE: "en double",
    LeftOut.CAP: "plafond atteint",
    LeftOut.NO_WINDOW: "hors plage",
    LeftOut.NO_TEXT: "texte en faute",
    LeftOut.LEFT_AUDIENCE: "parti",
    LeftOut.MOVED: "a changé de lieu",
    LeftOut.NOT_INVITED: "non invité",
    LeftOut.FROZEN: "gelé",
}


def sentence(reason: str) -> str:
    """A provider's own words stay as they are."""
    return SENTENCES[LeftOut(reason)] if reason in list(LeftOut) else reason


def short(reason: str) -> str:
    """The same, for a table."""
    return SHORT[LeftOut(reason)] if reason in list(LeftOut) else reason
