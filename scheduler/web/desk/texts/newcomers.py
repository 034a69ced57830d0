"""Newcomers: their page, and what a person is asked of them."""

NEWCOMERS = "Arrivants"
NEWCOMERS_INTRO = (
    "Qui arrive en cours d'année reçoit les quatre réflexes dans ses quatre premières semaines, "
    "une seule fois. Son fichier donne sa date d'entrée ; sans date, ou après trente jours, rien "
    "ne part."
)
NEWCOMERS_OFF = (
    "L'accueil n'est pas activé : personne ne le reçoit. Il se règle dans config.yaml (campagne "
    "« accueil », enabled: true)."
)
NEWCOMERS_HELD = "Ils attendent une réponse"
NEWCOMERS_HELD_WHY = (
    "Un même fichier les a amenés d'un coup, plus d'une personne sur vingt. Une reprise de "
    "données, une colonne de dates mal lue ou une fusion y ressemblent. S'ils arrivent vraiment, "
    "accueillez-les : leurs quatre semaines commencent maintenant."
)
NEWCOMERS_TO_COME = "leur jour n'est pas encore venu"
NEWCOMERS_ENTERED = "accueillis depuis deux mois"
NEWCOMERS_REFUSED = "à ne pas accueillir"
NEWCOMERS_ALLOW = "Accueillir"
NEWCOMERS_REFUSE = "Ne pas accueillir"
NEWCOMERS_SAY = "Choisissez l'une des deux réponses."
NEWCOMERS_OTHERS = (
    "Rien n'est fait : d'autres personnes attendent depuis que cette page était ouverte. Regardez "
    "leur nombre, puis répondez."
)
NEWCOMERS_NOTED = "C'est noté."
NEWCOMERS_NOBODY = "Personne n'attend de réponse."
NEWCOMERS_STEPS = "Ce qu'ils reçoivent"
NEWCOMERS_AFTER = "jours après la fin de leur semaine d'arrivée"
NEWCOMERS_AFTER_ONE = "jour après la fin de leur semaine d'arrivée"
NEWCOMERS_OCTOBER = (
    "En octobre, la série dit la même chose : ils reçoivent ses épisodes à venir, et d'ici "
    "seulement les réflexes déjà passés."
)
