"""The calendar, one occurrence, and how many opted out."""

# Calendar
PASSED = "passé"
ARCHIVES = "Archives"
ARCHIVES_LEAD = "Ce qui est terminé, annulé ou manqué, avec ses chiffres."
ARCHIVES_MENU = "Années archivées"
YEAR_AHEAD = "Les douze mois qui viennent"
NEXT = "Prochain rendez-vous"
RUNNING = "En ce moment"
RECENT = "Ces dernières semaines"
EMPTY_YEAR = "Aucun rendez-vous dans les douze mois qui viennent."
ALARMS = "Demande votre attention"
SINCE = "depuis le"
READ_MESSAGE = "Lire le message"
DETAILS = "Voir le détail"
LOCAL_TIME = "Les heures sont celles de chaque destinataire, là où il vit."
TODAY_COUNT = "Joignables aujourd'hui ; oppositions et accords sont vérifiés de nouveau à l'envoi."
NO_TEXT = "Aucun texte pour l'instant : rien ne partira."
NEVER = "Ne part pas"
MONTHS_MENU = "Mois"

# One occurrence
WHEN_AND_WHO = "Public par public, lieu par lieu"
AUDIENCE = "Public"
CHANNEL = "Canal"
TERRITORY = "Territoire"
LOCAL_DUE = "Heure locale"
PEOPLE = "Personnes"
FIGURES = "Ce qui est arrivé"
LEFT_OUT = "Pourquoi certains n'ont rien reçu"
REASON = "Raison"
ROUNDED = (
    "Personne ne doit se deviner : un groupe de moins de 10 n'est pas montré, au-delà les chiffres "
    "vont par pas de 5. Les chiffres exacts : reflexe report, option --exact, notée au journal."
)
KEPT_BACK = "non détaillé par service"
NOT_PLANNED = "Pas encore planifié"
MISSED_SLOT = "Manqué : rien n'a pu partir à temps"
EDITABLE_UNTIL = "Une modification du texte compte encore jusqu'au premier départ :"
SETTLED = (
    "Les textes sont figés : une modification ne compte plus. « Prendre les nouveaux textes » la "
    "donne à ceux qui ne sont pas encore servis."
)
REHEARSED = "À la répétition"
REHEARSED_INTRO = "Ce que la répétition a donné, sous une horloge simulée : rien n'est parti."
STATE = "État"

# How many opted out
OPTOUTS = "Désinscriptions"
OPTOUTS_INTRO = (
    "Combien de personnes ont demandé à ne plus rien recevoir, ou signalé un message comme "
    "indésirable, depuis douze semaines. Jamais qui."
)
BY_WEEK = "Semaine par semaine"
WEEK = "Semaine"
BY_MESSAGE = "Message par message"
LAST_MESSAGE = "Dernier message reçu"
AFTER_NONE = "Aucun message dans les quatorze jours d'avant, ou on ne sait plus lequel"
NO_OPTOUT = "Personne."
BY_MESSAGE_WHY = (
    "Une désinscription ne dit pas à quel message elle répond : elle est comptée avec le dernier "
    "reçu par ce canal dans les quatorze jours d'avant. Une personne compte une fois par semaine "
    "et par message."
)
ROUNDED_OPTOUTS = (
    "Personne ne doit se deviner : un groupe de moins de 10 n'est pas montré, au-delà les chiffres "
    "vont par pas de 5."
)
