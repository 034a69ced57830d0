"""Twins: the same words elsewhere than in a mailbox."""

TWINS = "Ailleurs que dans une messagerie"
TWINS_WHY = (
    "Le même message, à imprimer, à montrer, à copier ou à dire. Rien ne part : une personne s'en "
    "sert."
)
POSTS_DUE = "À publier sur les réseaux"
POSTS_DUE_WHY = (
    "Ces messages sont partis : c'est le bon jour pour leur publication. Une personne publie ; ce "
    "rappel s'efface de lui-même au bout de trois jours."
)
TWIN_COPY = "À copier"
TWIN_LOOK = "Ce que l'on verra"
TWIN_PICTURE = "L'image, 1200 × 627"
TWIN_PICTURE_WORDS = "Texte de remplacement"
TWIN_SIGNS = "signes, sur"
TWIN_ADVISED = "Jour conseillé"
TWIN_NO_DAY = (
    "Jour conseillé : un mardi, un mercredi ou un jeudi, à 8 h 30, une fois le message parti."
)
TWIN_PERSON = "Une personne le publie : Réflexe n'a de compte sur aucun réseau."
TWIN_NO_ADDRESS = (
    "Elle ne donne pas l'adresse de ce message : son texte n'est pas pour tout le monde."
)
TWIN_VOICE = (
    "Un script pour une voix humaine : une phrase par ligne, une pause à chaque ligne vide. "
    "L'enregistrement se range à côté du message, sous ce nom :"
)
