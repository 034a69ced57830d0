"""A message sent to oneself for trial, and the outbox."""

# A message sent to oneself for trial
TRIALS = "M'envoyer un essai"
TRIALS_WHY = (
    "Part tout de suite, par le vrai canal, tel qu'affiché ci-dessus ; ses liens ne changent rien. "
    "Le registre le note comme un essai et ne le compte pas."
)
TRIAL_SUBJECT = "Son objet commence par « [Essai] »."
CHOOSE = "Choisissez"
TRIAL_OWN = "la vôtre"
TRIAL_TO = "À quelle adresse"
TRIAL_TO_NUMBER = "À quel numéro"
TRIAL_SEND = "Envoyer l'essai"
NO_TRIAL_TO = (
    "Pour recevoir un essai par ce canal, faites noter votre adresse ou votre numéro par qui "
    "conduit les envois (« Comptes ») ; ou ajoutez-le à config.yaml, puis redémarrez Réflexe :"
)
NO_TRIAL_TO_DONE = (
    "Rien n'est parti : ni adresse à vous pour ce canal, ni personne dans trials.to de config.yaml."
)
NOT_A_TRIAL_ADDRESS = "Rien n'est parti : choisissez une des adresses de la liste."
TRIAL_OPTED_OUT = (
    "Rien n'est parti : cette adresse s'est désinscrite, et cela vaut aussi pour les essais."
)
TRIAL_NO_TEXT = "Rien n'est parti : ce public n'a pas de texte à lire sur ce canal."
TRIAL_NOT_COMPOSED = "Rien n'est parti : ce texte ne peut pas être composé."
TRIAL_REFUSED = "L'essai n'est pas parti. Réponse du fournisseur :"
TRIAL_UNCERTAIN = (
    "Personne ne sait si l'essai est parti : la réponse n'est pas venue. Regardez votre boîte "
    "avant de recommencer."
)
TRIAL_ASKED_BEFORE = (
    "Cet essai était déjà demandé : rien n'est parti une seconde fois. S'il n'est pas bientôt "
    "parmi les derniers essais de ce message, regardez votre boîte, puis demandez-en un autre."
)
LATEST_TRIALS = "Derniers essais de ce message"

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
