"""Quizzes, reactions, a season's report and typed figures."""

# Quizzes and reactions
QUIZZES = "Quiz et avis"
QUIZZES_INTRO = (
    "Ce que le site public demande, et ce qui y a été répondu. Ce sont des réponses, jamais des "
    "personnes : une même personne peut répondre plusieurs fois."
)
QUIZZES_WHY = (
    "Les chiffres valent depuis la première réponse : aucun n'a de date. Les petits nombres sont "
    "arrondis, et une question de moins de dix réponses, ou d'un seul avis, ne dit pas lesquelles."
)
REACTIONS = "Avis sous les versions en ligne"
REACTION_USEFUL = "Utile"
REACTION_NOT_FOR_ME = "Pas pour moi"
REACTION_SHOWN = "Montré à un proche"
NO_REACTION = "Aucun avis pour l'instant."
NO_QUIZ = "Aucun quiz n'est en ligne."
MESSAGE_COLUMN = "Message"
ANSWERS_COLUMN = "Réponses"
ANSWER_COLUMN = "Réponse proposée"
RIGHT_ANSWER = "(la bonne)"
RIGHT_SHARE = "de bonnes"
ALL_ANSWERS = "En tout"

# The report of a season
SEASON = "Bilan"
SEASON_OF = "Bilan de la campagne"
SEASON_MADE = "Fait le"
SEASON_CHOICE = "Autres bilans"
SEASON_NONE = "Aucune campagne n'a encore de saison au registre."
SEASON_COUNTED = (
    "Le bilan est en train d'être fait. Cette page se met à jour d'elle-même ; sinon, rechargez-la."
)
SEASON_EMPTY = "Rien n'a été planifié pour cette saison."
SEASON_FIRST = "Aucune saison d'avant n'est au registre : rien à comparer."
SEASON_COMPARED = "comparé à"
SEASON_AGAINST = "contre"
SEASON_NEXT = "Les dates de l'année suivante"
SEASON_DETAIL = "Le détail"
SEASON_EVIDENCE = "Pièces pour un contrôle"
SEASON_EVIDENCE_WHY = (
    "Dates, textes avec leur empreinte, autorisations : aucun nom. Qui a autorisé quoi est au "
    "journal des actes."
)
SEASON_ADDRESSED = (
    "« Adressé » : le serveur ou l'opérateur a pris le message. Personne ne sait qui l'a lu, et "
    "rien ne cherche à le savoir."
)
SEASON_ROUNDED = (
    "Les petits nombres sont protégés : moins de 10 personnes ne sont pas comptées, les autres "
    "chiffres descendent de 5 en 5, et une somme est celle de ce qui est montré (« au moins »)."
)
SEASON_EXACT = "Les personnes sont inventées : les chiffres sont exacts."
SEASON_FRESH = "Le bilan est refait toutes les dix minutes au plus."
CHART_OF = "Graphique :"
CHART_SAME = "Les mêmes chiffres sont dans le tableau qui suit."

# Typed figures
TYPED_FIGURES = "Chiffres saisis"
FIGURES_INTRO = (
    "Ce que Réflexe ne peut pas compter : réactions et partages, participants, messages signalés "
    "au support. Chaque chiffre garde sa source, sa date et le nom de qui l'a saisi."
)
FIGURES_WHY = (
    "Deux lectures d'une même source sont deux chiffres : le bilan retient la dernière. Une erreur "
    "se retire, puis se saisit de nouveau ; le journal des actes garde les deux."
)
ADD_FIGURE = "Saisir un chiffre"
FIGURE_KIND = "Ce qui est compté"
FIGURE_AMOUNT = "Nombre"
FIGURE_SOURCE = "Source"
FIGURE_SOURCE_WHY = "Où il a été lu : une page, un outil, une feuille de présence. Aucun nom."
FIGURE_DAY = "Lu le"
FIGURE_CAMPAIGN = "Campagne"
FIGURE_SEASON = "Saison (l'année)"
FIGURE_BY = "Saisi par"
KEEP_FIGURE = "Garder ce chiffre"
REMOVE_FIGURE = "Retirer"
FIGURE_KEPT = "C'est noté."
FIGURE_GONE = "Ce chiffre n'est plus là."
NO_FIGURE = "Aucun chiffre n'a été saisi."
WRONG_FIGURE = {
    "campaign": "Choisissez une campagne.",
    "season": "La saison est une année, de 2000 à l'an prochain, comme 2026.",
    "kind": "Choisissez ce qui est compté.",
    "amount": "Le nombre est un nombre entier, de 0 à cent millions.",
    "source": "Dites où il a été lu, en 120 signes au plus, sans adresse, ni numéro de personne, "
    "ni signe de contrôle.",
    "day": "La date de lecture ne peut pas être à venir, ni d'avant le 1er janvier 2010.",
    "by": "Dites votre nom : le journal des actes le garde.",
}
OTHER_FIGURE = (
    "Un autre chiffre de la même source et du même jour est déjà là : retirez-le d'abord s'il est "
    "faux."
)
