"""Every sentence of the desk, in French. Another language is another module like this one.

Sentences are written with plain spaces; ``typography`` puts the no-break ones in. What states,
reasons and places are called is in ``words``.
"""

PRODUCT = "Réflexe"
SKIP = "Aller au contenu"
MAIN_MENU = "Menu principal"
CALENDAR = "Calendrier"
MESSAGES = "Messages"
OUTBOX = "Boîte d'envoi"
READ_ONLY = "Bureau en lecture seule : rien ne se change ici."
NOTHING_LEAVES = (
    "Tout reste sur cette machine : aucun fournisseur n'est configuré, "
    "les messages vont dans la boîte d'envoi."
)

# Calendar
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
NOT_PLANNED = "Pas encore planifié"
MISSED_SLOT = "Manqué : rien n'a pu partir à temps"
REHEARSED = "À la répétition"
REHEARSED_INTRO = "Ce que la répétition a donné, sous une horloge simulée : rien n'est parti."
STATE = "État"

# Messages
MESSAGES_INTRO = "Les messages du calendrier, tels que leurs destinataires les verront."
VARIANTS = "Textes"
READY = "prêt"
FAULTY = "à corriger"
NEXT_DATE = "Prochain envoi"
NO_DATE = "Pas de date dans les douze mois"
EVERYONE = "tous publics"
NO_MESSAGES = "Aucun message dans le dossier templates."
CHOOSE_AUDIENCE = "Public"
CHOOSE_VARIANT = "Langue"
CHOOSE_READER = "Lecteur"
DESKTOP = "Sur un ordinateur"
PHONE = "Sur un téléphone"
TEXT_PART = "La version texte"
HEADERS = "Les en-têtes"
FROM = "De"
TO = "À"
SUBJECT = "Objet"
NO_CHANNEL_TEXT = "Ce public ne reçoit pas ce message par ce canal."
STANDS_IN = "Pas de texte dans cette langue : celui-ci le remplace."
MADE_FROM = "Fichier"
FAULT = "Ce message ne peut pas être montré"
FAULT_WHERE = "Où"
FAULT_WHAT = "Quoi"
FAULT_REMEDY = "Que faire"
COSTLY = "Caractères qui coûtent"
COSTLY_WHY = "un seul suffit à réduire tout le message de 160 à 70 caractères"
CREDIT = "Crédit"

# Outbox
REHEARSAL = "Répétition"
REHEARSAL_INTRO = (
    "Voici ce que chaque contact d'exemple recevrait : la campagne a été jouée en entier, sous "
    "une horloge simulée. Rien n'est parti."
)
REAL_INTRO = (
    "Ce que chaque contact a reçu dans la boîte d'envoi intégrée. Rien n'a quitté la machine."
)
SEE_REHEARSAL = "Revoir la répétition"
SEE_REAL = "Voir les envois réels"
NOT_REHEARSED = "Ni envoi ni répétition pour l'instant : la boîte est vide."
CONTACTS = "Contacts"
NAME = "Nom"
NAMELESS = "Sans nom"
ADDRESSES = "Adresses"
RECEIVED = "Messages reçus"
PREVIOUS = "Page précédente"
FOLLOWING = "Page suivante"
PAGES_MENU = "Pages"
NO_DELIVERY = "Aucun message pour cette personne."
NO_MESSAGE = "aucun message"
COUNTED_ONLY = "compté, pas conservé"
COUNTED_EXPLAINED = (
    "La répétition garde les premiers messages de chaque sorte ; les autres sont composés et "
    "comptés, mais pas conservés."
)
FILE_GONE = "Le fichier de ce message n'est plus dans la boîte d'envoi."
TRY_OPTOUT = "Ouvrir la page de désinscription de ce message"
TRY_OPTOUT_WHY = "sur le serveur public de cette machine"
COUNTS_ONLY = "Des comptes, jamais une personne"
COUNTS_ONLY_WHY = (
    "Un canal de cette configuration atteint le monde réel : le bureau ne montre plus que des "
    "totaux. Les droits d'une personne s'exercent par la commande « reflexe contacts »."
)
TOTALS = "Tous les messages du registre, par canal et par état"
NUMBER = "Nombre"

# Access and errors
LOGIN = "Accès au bureau"
LOGIN_WHY = (
    "Le bureau demande un jeton : il s'affiche au démarrage de Réflexe, "
    "ou l'exploitant l'a fixé dans la configuration."
)
TOKEN = "Jeton d'accès"  # noqa: S105 - a label
ENTER = "Entrer"
WRONG_TOKEN = "Ce jeton n'est pas le bon."  # noqa: S105 - a sentence
TOO_MANY_TRIES = "Trop d'essais : attendez une minute."
FROM_ELSEWHERE = "Cette demande vient d'une autre page : recommencez depuis celle-ci."
BACK = "Revenir au calendrier"
