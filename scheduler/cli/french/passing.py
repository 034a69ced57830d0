"""What pass-fault says, in French."""

from collections.abc import Mapping

PASSING: Mapping[str, str] = {
    "List the faults that hold texts of a message, or let one pass: one asks, another allows.": (
        "Liste les fautes qui retiennent les textes d'un message, ou en laisse passer une : "
        "l'un demande, une autre personne accepte."
    ),
    "Which one, as this command names it; all are listed when absent.": (
        "Laquelle, comme cette commande la nomme ; absent : elles sont toutes listées."
    ),
    "Why it may leave as it is: whoever says it asks.": (
        "Pourquoi elle peut partir telle quelle : qui le dit demande."
    ),
    "Who asks, or the other person who allows it.": (
        "Qui demande, ou l'autre personne qui accepte."
    ),
    "It holds its text again.": "Elle retient de nouveau son texte.",
    "holds": "retient",
    "passes": "passe",
    "asked": "demandée",
    "never passes": "ne passe jamais",
    "holds its text again": "retient de nouveau son texte",
    "waits for another person": "attend une autre personne",
    "passes until its words are edited": "passe, tant que ses mots ne changent pas",
    "nothing holds a text of this message": "rien ne retient un texte de ce message",
    "{}: nobody may let this fault pass, mend it": (
        "{} : personne ne peut laisser passer cette faute, corrigez-la"
    ),
    "say who asks: a name of letters, with --by NAME": "dites qui demande : un nom, par --by NOM",
    "say why it may leave as it is, with --reason": (
        "dites pourquoi elle peut partir telle quelle, par --reason"
    ),
    "{}: somebody asked before; another person allows it": (
        "{} : quelqu'un l'a déjà demandé ; une autre personne l'accepte"
    ),
    "{}: nobody asked for it; ask with --reason": (
        "{} : personne ne l'a demandé ; demandez par --reason"
    ),
    "{} asked for it: another person must allow it": (
        "{} l'a demandé : une autre personne doit l'accepter"
    ),
    "{}: it was decided this very moment, look again": "{} : c'est décidé à l'instant, relisez",
    "{}: nobody asked to let it pass": "{} : personne n'a demandé à la laisser passer",
    "no fault of {} is named {}; there are: {}": (
        "aucune faute de {} ne se nomme {} ; il y a : {}"
    ),
}
