"""What three readers are told, in French: whoever is asked reads the house's own language."""

WORDS = {
    "title": "Votre lecture, paragraphe par paragraphe",
    "guess": (
        "Aucun nom ne vous est demandé et aucun n’est gardé. Vous êtes trois à lire : à trois, "
        "l’auteur peut deviner qui a dit quoi. Si cela vous gêne, fermez cette page."
    ),
    "why": (
        "Dites de chaque paragraphe s’il est clair, et s’il vous a fait sourire. Vous pouvez en "
        "passer. L’auteur voit le total quand les trois lectures sont finies."
    ),
    "falc": "Ce n’est pas une relecture de texte facile à lire (FALC).",
    "paragraph": "Paragraphe {number} sur {paragraphs}",
    "is_clear": "C’est clair",
    "is_unclear": "Ce n’est pas clair",
    "smile": "Cela m’a fait sourire",
    "button": "J’ai terminé",
    "once": (
        "Chacun envoie sa lecture une fois, en entier, en ayant répondu d’au moins un paragraphe. "
        "Rien ne reconnaît ici qui a déjà répondu : on compte sur vous."
    ),
    "nothing": (
        "Rien n’était coché, donc rien n’est envoyé : répondez pour au moins un paragraphe, puis "
        "« J’ai terminé »."
    ),
    "thanks_title": "Merci de votre lecture",
    "thanks": "C’est noté, sans votre nom. Vous pouvez fermer cette page.",
    "over_title": "Cette lecture est finie",
    "over": "Les trois lectures sont faites, ou le délai est passé. Merci quand même !",
}
