"""« À nous ou pas ? », in French."""

from collections.abc import Mapping

from scheduler.domain.answers.whose import Sign, Verdict

VERDICTS: Mapping[Verdict, str] = {
    Verdict.OURS: "Ce message est de nous.",
    Verdict.COPIED: (
        "Méfiance : une part de ce message vient d’un des nôtres, et le reste non. Traitez-le "
        "comme un faux."
    ),
    Verdict.TRIAL: "Ce message est un essai ou une répétition de notre équipe.",
    Verdict.NOT_OURS: "Ce message n’est pas de nous.",
    Verdict.UNKNOWN: "On ne peut le dire : ce n’est pas un courriel avec ses en-têtes.",
}
SIGNS: Mapping[Sign, str] = {
    Sign.SENT: "son numéro (Message-ID) est celui d’un message que nous avons envoyé",
    Sign.FORGOTTEN: (
        "son numéro (Message-ID) est de notre fabrication, et le registre ne garde plus ce message"
    ),
    Sign.TRIAL_NUMBER: "son numéro (Message-ID) est de notre fabrication, pour un essai",
    Sign.NEVER_LEFT: (
        "son numéro (Message-ID) est celui d’un message qui n’est jamais parti de chez nous"
    ),
    Sign.NO_NUMBER: "son numéro (Message-ID) n’est pas des nôtres",
    Sign.NO_HEAD: (
        "il n’a pas d’en-têtes : demandez-le transféré en pièce jointe, enregistré en fichier "
        "(.eml), ou son texte source (« Afficher l’original », « Code source »)"
    ),
    Sign.SENDER: "il dit venir de l’adresse d’où nous écrivons",
    Sign.OTHER_SENDER: "il dit venir d’une autre adresse que la nôtre",
    Sign.OTHER_REPLY: "une réponse irait à une autre adresse que la nôtre",
    Sign.ADDRESSEE: "il est adressé à qui nous l’avons envoyé",
    Sign.OTHER_ADDRESSEE: "il est adressé à quelqu’un d’autre que celui à qui nous l’avons envoyé",
    Sign.WAY_OUT: "son lien de désinscription est de notre fabrication",
    Sign.OTHER_WAY_OUT: "son lien de désinscription n’est pas le nôtre pour ce message",
    Sign.TRIAL_WAY_OUT: "son lien de désinscription est celui d’un essai",
    Sign.LINK_ELSEWHERE: "un de ses liens mène à un site que nos messages ne nomment jamais",
    Sign.ATTACHED: "il porte une pièce jointe, ce que nos messages n’ont pas",
    Sign.CUT: "il est plus long que ce qui en est regardé, ce que nos messages ne sont pas",
    Sign.INSIDE: (
        "il était joint à un autre courriel : la réponse ne dit rien de celui qui le porte"
    ),
    Sign.SIGNED: "il porte une signature (DKIM) de notre domaine, qui n’est pas vérifiée ici",
    Sign.UNSIGNED: "il ne porte pas de signature (DKIM) de notre domaine",
}
