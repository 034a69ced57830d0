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
    "clear": "C’est clair",
    "unclear": "Ce n’est pas clair",
    "smile": "Cela m’a fait sourire",
    "button": "J’ai terminé",
    "once": "On envoie sa lecture une fois, en entier.",
    "nothing": "Rien n’est encore coché : dites quelque chose d’au moins un paragraphe.",
    "thanks_title": "Merci de votre lecture",
    "thanks": "C’est noté, sans votre nom. Vous pouvez fermer cette page.",
    "over_title": "Cette lecture est finie",
    "over": "Les trois lectures sont faites, ou le délai est passé. Merci quand même !",
}
