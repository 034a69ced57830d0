"""Sources of people, and what a person says of a reading that was refused."""

SOURCES = "Sources"
SOURCES_INTRO = (
    "Les publics dont un annuaire, un dossier, une adresse ou une requête donne les personnes : "
    "quand chaque source a été lue, combien de personnes elle a données, et ce qui a été refusé."
)
NO_SOURCE = "Aucune source n'est réglée : les fichiers sont importés à la main."
SOURCE_NEVER = "Elle n'a pas encore été lue."
SOURCE_AT = "Lecture"
SOURCE_OUTCOME = "Résultat"
SOURCE_PEOPLE = "Personnes"
SOURCE_ADDED = "Arrivées"
SOURCE_ENDED = "Départs"
# On a telephone the columns have no heads.
SOURCE_ONE, SOURCE_MANY = "personne", "personnes"
SOURCE_ONE_IN, SOURCE_MANY_IN = "arrivée", "arrivées"
SOURCE_ONE_OUT, SOURCE_MANY_OUT = "départ", "départs"
SOURCE_BY = "demandée par"
SOURCE_CONFIRMED = "confirmée par"
SOURCE_IS_RIGHT = "Le résultat est juste"
SOURCE_IS_RIGHT_WHY = (
    "Rien n'a été remplacé. Si la source a raison (un service est parti, par exemple), dites-le : "
    "elle est relue aussitôt, et reprise si elle donne à peu près autant de personnes. Celles "
    "qu'elle ne nomme plus quittent le public."
)
SOURCE_NOTED = "C'est noté : la source est relue dans la minute."
SOURCE_NOT_WAITING = (
    "Cette lecture n'attend plus de réponse : quelqu'un l'a donnée, ou la source a été relue."
)
