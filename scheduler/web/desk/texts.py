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
REPORTS = "Retours"
REPLIES = "Réponses"
UNCERTAIN = "En doute"
LAW = "Réglages et droit"

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
ACTS_ARE_KEPT = "Ce qui se décide ici est noté, avec le nom donné, au journal des actes."
NOTHING_LEAVES = (
    "Tout reste sur cette machine : aucun fournisseur n'est configuré, "
    "les messages vont dans la boîte d'envoi."
)

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

# Reports that came back and that nothing proves
REPORTS_INTRO = (
    "Des serveurs disent que des messages ne sont pas arrivés, ou qu'ils ont déplu, sans preuve "
    "que ces messages étaient les nôtres. Rien n'a changé : à vous de décider."
)
REPLIES_INTRO = (
    "Ce que des personnes ont répondu par SMS et qu'une personne doit lire. Où une demande d'arrêt "
    "est possible, la série attend pour ce numéro ; où elle est dite en d'autres mots, la série "
    "s'arrête. Les messages de service continuent."
)
NO_REPLIES = "Aucune réponse n'attend."
NUMBER_FORGOTTEN = "Numéro oublié"
NO_REPORTS = "Aucun retour douteux n'attend."
NOBODY_NAMED = "Personne n'est nommé"
REPORT_KNOWN = "Nous écrivons à cette adresse."
REPORT_UNKNOWN = "Nous n'avons pas cette adresse."
DECIDE_BOUNCED = "Ne plus écrire à cette adresse"
DECIDE_NOTED = "Classer sans suite"

# The register of rules
LAW_INTRO = (
    "Chaque règle de la loi, d'un contrat ou de notre propre parole, et le réglage qui "
    "l'affaiblit. Une décision écrite, avec un nom et une date, vaut pour ce qui peut se décider."
)
LAW_WEAKENED = "Ce qu'un réglage affaiblit"
LAW_ALL_HELD = "Aucun réglage n'affaiblit une règle."
LAW_HELD = "Ce qui est respecté"
LAW_RULE = "Règle"
LAW_SOURCE = "Source"
LAW_KEYS = "Ce qui pourrait l'affaiblir"
LAW_WHY = "Pourquoi"
LAW_HAPPENS = "Ce qui se passe"
LAW_WHO = "Qui peut décider"
LAW_NOBODY = "Personne : c'est interdit."
LAW_SIGN = "Pour décider, dans config.yaml"

# What refusals closed
REFUSED = "Adresses refusées"
REFUSED_INTRO = (
    "Une adresse refusée pour de bon ne reçoit plus rien, et aucun import ne la rouvre. Si son "
    "serveur s'est trompé (annuaire en panne), rouvrez-la ici, ou tout son domaine depuis un jour."
)
REFUSED_WHO = "Adresse, numéro, ou domaine (ch.example)"
REFUSED_SINCE = "Pour un domaine : fermées depuis le (année-mois-jour)"
REOPEN_REASON = "Pourquoi, pour le journal des actes"
REOPEN = "Rouvrir"
NEXT_TRY = "Prochain essai, d'un seul message :"
NOTHING_CLOSED = "Rien n'est fait : aucun refus ne ferme cette adresse, ni ce domaine depuis."
NOT_AN_ADDRESS = (
    "Rien n'est fait : donnez une adresse ou un numéro ; pour un domaine, aussi le jour."
)
NOT_A_DAY = "Rien n'est fait : écrivez le jour comme 2026-10-04."
NO_REASON = "Rien n'est fait : dites pourquoi."

# What is done here
WHO_ACTS = "Votre nom, pour le journal des actes"
ACTS_AS = "Vous agissez sous le nom de"
NOT_YOUR_ROLE = "Votre rôle ne donne pas accès à ceci."
NO_NAME = "Rien n'est fait : dites d'abord qui agit."
NOT_DONE = "Rien n'a changé"
TO_FIELD = "Aller à ce champ"
STEER = "Agir sur cet envoi"
STANDS = "À cet instant"
PAUSE = "Mettre en pause"
PAUSE_WHY = "Ce qui reste attend la reprise ; ce qui ne peut plus partir à temps échouera."
RESUME = "Reprendre cet envoi"
RESUME_WHY = "L'envoi reprend où il s'est arrêté ; personne ne reçoit deux fois le même message."
CANCEL = "Annuler cet envoi"
CANCEL_TITLE = "Annuler pour de bon ?"
CANCEL_WHY = (
    "Ce qui attend ne partira jamais, et cet envoi ne peut plus reprendre. Ce qui est parti, ou en "
    "cours de remise, garde son sort."
)
CANCEL_FOR_GOOD = "Oui, annuler pour de bon"
KEEP = "Ne pas annuler"
EVERY_CHANNEL = "Tous les envois"
UNDER_WAY = "Envois en cours"
NOTHING_UNDER_WAY = "Aucun envoi en cours"
STOP_ALL = "Tout arrêter"
STOP_ALL_WHY = (
    "Plus aucun message ne part, sur aucun canal, même après un redémarrage, jusqu'à la reprise. "
    "Ce qui est en cours de remise se termine."
)
STOPPED = "Tout est arrêté : aucun message ne part"
STOPPED_BY = "par"
RESUME_ALL = "Tout reprendre"
RESUME_ALL_WHY = "Chaque envoi reprend où il s'est arrêté ; personne n'est servi deux fois."

GO_ON = "Laisser repartir"
GO_ON_WHY = (
    "Corrigez d'abord ce que le fournisseur reproche. Ce qui a été refusé repart avec le reste, "
    "dans ses heures ; personne n'est servi deux fois."
)
RESTING = "Ce qui se repose"
RESTING_WHY = (
    "Rien n'y est plus accepté : les messages attendent, et un seul est essayé de temps en temps. "
    "Le reste continue ; il n'y a rien à faire ici, sinon chez le relais ou le fournisseur."
)
REPLICAS = "Instances du programme"

# A second person
APPROVALS = "Accord d'une seconde personne"
APPROVALS_INTRO = (
    "Ces envois partent dès qu'une autre personne que celle qui les a demandés les a relus et "
    "autorisés. L'accord vaut pour ces textes exactement."
)
NO_APPROVALS = "Aucun envoi n'attend d'accord."
FAULTS_ALLOWED = "Fautes de ce message : l'accord laisse partir celles qui peuvent l'être"
ASKED_BY = "Demandé par"
ALLOW = "Autoriser l'envoi"
READ_AND_ALLOW = "Relire et autoriser"
WAITS_FOR_SECOND = "Cet envoi attend l'accord d'une seconde personne."
NOT_SENT = (
    "Cet envoi ne peut pas partir : un texte contient une faute, ou le rendez-vous est en pause, "
    "annulé ou retiré du calendrier."
)

# In doubt
UNCERTAIN_INTRO = (
    "Ces messages ont été remis sans réponse : personne ne sait s'ils sont partis. Rien n'est "
    "renvoyé automatiquement ; demandez d'abord au relais ou au fournisseur."
)
NO_UNCERTAIN = "Aucun message en doute."
ALL_OF_THEM = "Décider pour tous ceux de ce rendez-vous"
DELIVERY_NUMBER = "N°"
TRIED = "Essayé"
RESEND = "Renvoyer"
RESEND_WHY = "« Renvoyer » : qui l'a déjà reçu l'aura deux fois."
CLOSE_SENT = "Noter comme parti"
CLOSE_FAILED = "Noter comme perdu"
ONE_BY_ONE = "Pour décider message par message : la commande « reflexe uncertain »."
OTHER_COUNT = "Rien n'a changé : ils ne sont plus aussi nombreux. Relisez, puis décidez."

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
    "Les textes sont figés : une modification ne compte plus. Pour l'envoyer quand même à ceux "
    "qui ne sont pas encore servis :"
)
REHEARSED = "À la répétition"
REHEARSED_INTRO = "Ce que la répétition a donné, sous une horloge simulée : rien n'est parti."
STATE = "État"

# Messages
MESSAGES_INTRO = "Tous les messages du dossier templates, tels que leurs destinataires les verront."
VARIANTS = "Textes"
NEXT_DATE = "Prochain envoi"
NO_DATE = "Pas de date dans les douze mois"
EVERYONE = "tous publics"
NO_MESSAGES = "Aucun message dans le dossier templates."
CHOOSE_AUDIENCE = "Public"
CHOOSE_VARIANT = "Langue"
CHOOSE_LOOK = "Apparence"
CHOOSE_READER = "Lecteur"
HARD_READERS = "Les cas difficiles"
SAMPLE_READERS = "Les contacts d'exemple"
SHOW = "Afficher"
FOLLOWING_FILES = "Cette page suit vos fichiers : enregistrez, elle se met à jour."
NOT_FOLLOWING = "Le bureau ne répond plus. La page se mettra à jour quand il reviendra."
WITHOUT_SCRIPT = "Sans JavaScript, cette page ne suit pas vos fichiers d'elle-même."
FOLLOW = "La recharger toutes les deux secondes"
STOP_FOLLOWING = "Ne plus la recharger"
NO_IMAGES = "Ce message ne porte aucune image : il se lit ainsi partout."
SIZE = "Taille du message"
ATTACHMENT = "Pièce jointe"
UNNAMED = "sans nom"
SUFFIX_WHY = "La fin, sur fond clair, est ajoutée par Réflexe."
DOUBLE = "Comptent double"
NO_SPELLING = "à retirer"
REPLACE_BY = "à écrire"
FILES = "Les fichiers, ligne à ligne"
FINDING_FAULT = "Faute"
FINDING_ADVICE = "Conseil"
WHY = "Pourquoi"
CLIENTS = "Selon le logiciel de messagerie"
CLIENTS_INTRO = (
    "Ce que le HTML de ce message demande, et que certains logiciels ne montrent pas. Le message "
    "s'y lit quand même."
)
CLIENTS_WITHOUT = "Sans effet dans"
CLIENTS_CREDIT = "D'après les essais publiés par Can I email (licence MIT)."
TESTED = "essai de"
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
COSTLY = "Signes hors de l'alphabet des SMS"
COSTLY_WHY = "un seul suffit à réduire tout le message de 160 à 70 caractères"
CREDIT = "Crédit"

WHO_AND_WHEN = "Quand, et pour qui"
BY_HAND = "Il se lance à la main, quand quelqu'un le décide."
PREHEADER = "Aperçu"

# Siblings left behind
BEHIND_WHY = (
    "Le texte français a changé depuis ; ceux-ci, non. Reprenez-les, ou dites qu'ils vont encore."
)
FRENCH_CHANGED = "le français a changé le"
FRENCH_CHANGED_NOW = "le français vient de changer"
LETTING = "Laisser passer une faute"
LETTING_WHY = (
    "Chaque faute retient le texte où elle se trouve. Une personne peut demander qu'il parte tel"
    " quel, en disant pourquoi ; une autre l'accepte. Le journal garde les deux noms, et une"
    " modification de ces mots y met fin."
)
LETTING_NEVER = "Personne ne peut laisser passer cette faute : corrigez le texte."
LETTING_REASON = "Pourquoi ce texte peut partir tel quel"
LETTING_ASK = "Demander à laisser passer"
LETTING_ALLOW = "Accepter, comme seconde personne"
LETTING_WITHDRAW = "Retenir de nouveau"
LETTING_ASKED_BY = "Demandé par"
LETTING_ALLOWED_BY = "Accepté par"
LETTING_UNREAD = "Ce message n'a pas pu être relu maintenant : revenez dans un instant."
READ_AGAIN = "Relu, il va encore"
READ_AGAIN_WHY = "Le texte reste tel qu'il est, et n'est plus signalé jusqu'au prochain changement."

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

# What keeps a message from leaving
TO_COMPLETE = "à compléter"
NO_CAMPAIGN = "Sans campagne"
TO_COMPLETE_TITLE = "À compléter"
TO_COMPLETE_WHY = (
    "Rien de tout cela ne partira : il y manque une date, une valeur, ou d'activer la campagne, "
    "dans config.yaml."
)
BEING_READ = "relecture en cours"
WOULD_STOP = "Ce qui l'arrêterait"
OTHER_REASONS = "Les autres raisons"

# A message sent to oneself for trial
TRIALS = "M'envoyer un essai"
TRIALS_WHY = (
    "Part tout de suite, par le vrai canal, tel qu'affiché ci-dessus ; ses liens ne changent rien. "
    "Le registre le note comme un essai et ne le compte pas."
)
TRIAL_SUBJECT = "Son objet commence par « [Essai] »."
CHOOSE = "Choisissez"
TRIAL_TO = "À quelle adresse"
TRIAL_TO_NUMBER = "À quel numéro"
TRIAL_SEND = "Envoyer l'essai"
NO_TRIAL_TO = (
    "Pour recevoir un essai par ce canal, ajoutez votre adresse ou votre numéro à config.yaml, "
    "puis redémarrez Réflexe :"
)
NO_TRIAL_TO_DONE = (
    "Rien n'est parti : config.yaml ne donne, dans trials.to, personne pour ce canal."
)
NOT_A_TRIAL_ADDRESS = "Rien n'est parti : choisissez une des adresses de trials.to."
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

# Access and errors
ADD_OPTOUT = "Noter une désinscription"
ADD_OPTOUT_WHY = (
    "Quelqu'un vous dit ne plus vouloir de messages : tapez son adresse ou son numéro. "
    "La désinscription vaut avant le prochain envoi, que nous le connaissions ou non."
)
ADDRESS_OR_NUMBER = "Adresse électronique ou numéro de téléphone"
NOTE_IT = "Noter"
OPTOUT_NOTED = "C'est noté : rien ne partira plus vers cette adresse ou ce numéro."
NEITHER_ONE = "Ceci n'est ni une adresse électronique ni un numéro de téléphone."
WHOSE = "À nous ou pas ?"
WHOSE_INTRO = (
    "Quelqu'un vous montre un courriel et demande s'il est de nous : déposez-le ici. Rien n'en est "
    "gardé."
)
AGAINST_IT = "Contre :"
WHOSE_LIMITS = (
    "La signature n'est pas vérifiée et le texte n'est pas comparé mot à mot : en cas de doute, "
    "ouvrez le message au calendrier et relisez-le à côté."
)
MAIL_FILE = "Le courriel, enregistré en fichier .eml (ou transféré en pièce jointe)"
MAIL_SOURCE = "Ou son texte source, en-têtes compris"
ASK_WHOSE = "Demander"
NO_MAIL = "Donnez un fichier, ou le texte source d'un courriel."
PEOPLE_PAGE = "Personnes"
PEOPLE_INTRO = (
    "Quelqu'un demande ce que vous détenez sur lui, ou ne veut plus que vous le déteniez. Chaque "
    "recherche et chaque acte est noté au journal, avec votre nom."
)
FIND_SOMEBODY = "Trouver quelqu'un par son adresse ou son numéro exact"
FIND = "Trouver"
NOBODY_THERE = "Personne n'a cette adresse ou ce numéro ici."
CLOSED_SINCE = "Cette adresse est fermée depuis un refus, le"
REOPEN_THERE = "La rouvrir, depuis « Retours »"
REFUSED_HERE = "Ce qui a été refusé à cette adresse ou à ce numéro"
NOTHING_REFUSED = "Rien, autant que ce registre le sache."
LIFT = "Lever ce refus"
LIFT_WHY = "Seulement si la personne elle-même le demande."
PERSON_NUMBER = "Fiche n°"
IS_FROZEN = "Ses données sont gelées : rien ne lui est envoyé, rien d'elle n'est effacé."
NOTHING_HELD = "(rien)"
EXPORT_PERSON = "Enregistrer sa fiche"
EXPORT_WHY = (
    "Un fichier JSON, pour cette personne seule : ses données et l'information qui va avec."
)
FREEZE = "Geler ses données"
FREEZE_WHY = "Elle conteste : rien ne lui est plus envoyé, et rien d'elle n'est effacé."
UNFREEZE = "Lever le gel"
UNFREEZE_WHY = "Elle est de nouveau traitée comme chacun ; ce qui n'est pas parti ne partira pas."
ERASE = "Effacer pour de bon"
ERASE_WHY = (
    "Tout ce qui est détenu sur elle disparaît ; il n'en reste qu'une empreinte, qui empêche qu'un "
    "fichier la ramène."
)
ERASE_SURE = "Oui, effacer cette personne pour de bon"
ERASE_NOT_SURE = "Rien n'est effacé : cochez d'abord que vous le voulez pour de bon."
ERASE_FROZEN = "Rien n'est effacé : ses données sont gelées, levez d'abord le gel."
DONE_TO_PEOPLE = {
    "frozen": "Ses données sont gelées.",
    "unfrozen": "Le gel est levé.",
    "erased": (
        "Cette personne est effacée. Les fichiers du registre l'oublient au prochain passage de la "
        "durée de conservation, d'ici un jour."
    ),
    "lifted": "Le refus est levé : cette adresse peut de nouveau recevoir des messages.",
    "nothing": (
        "Rien n'a été levé : il n'y a plus de refus que son titulaire puisse lever seul. Quand "
        "plusieurs personnes ont la même adresse, `reflexe optout remove --person` dit laquelle."
    ),
}
SIGN_IN_WHY = (
    "Entrez avec votre compte ; qui exploite Réflexe en donne un, et un nouveau lien si le mot de "
    "passe est perdu."
)
YOUR_NAME = "Votre nom"
PASSWORD = "Mot de passe"  # noqa: S105 - a label
PASSWORD_AGAIN = "Le même, une seconde fois"  # noqa: S105 - a label
CHOOSE_PASSWORD = "Choisir un mot de passe"  # noqa: S105 - a title
ACCOUNT_OF = "Ce compte est celui de"
PASSWORD_WHY = "Au moins 12 caractères : quelques mots sans lien entre eux font l'affaire."  # noqa: S105
CHOOSE_IT = "Choisir et entrer"
WRONG_PASSWORD = "Ce nom et ce mot de passe ne vont pas ensemble."  # noqa: S105 - a sentence
WEAK_PASSWORD = {
    "length": "Le mot de passe a de 12 à 200 caractères.",
    "repeated": (
        "Ce mot de passe répète les mêmes signes : prenez quelques mots sans lien entre eux."
    ),
    "row": (
        "Ce mot de passe suit l'ordre des lettres, des chiffres ou des touches : prenez quelques "
        "mots sans lien entre eux."
    ),
    "expected": (
        "Ce mot de passe est fait de ce qu'on essaie d'abord (votre nom, celui de l'organisation "
        "ou de Réflexe, « mot de passe ») : ajoutez-y quelques mots sans lien."
    ),
}
PASSWORDS_DIFFER = "Les deux mots de passe ne sont pas les mêmes."
LINK_SPENT = (
    "Ce lien a déjà servi, ou il est trop vieux : demandez-en un autre à qui exploite Réflexe."
)
SESSIONS = "Sessions"
SESSIONS_INTRO = (
    "Les navigateurs où quelqu'un est entré. Une session finit après une demi-heure sans rien "
    "faire, et au bout de douze heures."
)
THIS_ONE = "ici même"
LAST_USED = "dernière page"
END_SESSION = "Fermer cette session"
NO_SESSIONS = "Personne n'est entré avec un compte."
NOBODY_ACTS = (
    "Vous lisez le bureau, et rien ne s'y fait : sur un vrai site, chacun agit avec un compte à "
    "son nom."
)
MAKE_FIRST_ACCOUNT = "Créer le premier compte"
FIRST_ACCOUNT_WHY = (
    "Vous avez le jeton du bureau : créez le premier compte, le vôtre ou celui de qui conduira la "
    "campagne. Dès que son mot de passe est choisi, le jeton n'ouvre plus aucune page."
)
ACCOUNT_NAME = "Prénom et nom, comme le journal des actes les écrira"
ACCOUNT_ROLES = "Ce que cette personne peut faire"
MAKE_ACCOUNT = "Créer le compte"
ACCOUNT_MADE = "Le compte est créé"
LINK_WHY = "Un lien sert une fois, pendant trois jours, à choisir le mot de passe."
LINK_MINE = "C'est mon compte : choisir mon mot de passe"
LINK_THEIRS = (
    "C'est celui de quelqu'un d'autre : donnez-lui ce chemin, à taper après l'adresse du bureau, "
    "et à personne d'autre. Cette page ne le montre qu'une fois."
)
LINK_SHOWN_ONCE = "Ce formulaire a déjà servi ; s'il faut un autre lien, envoyez-le de nouveau."
ACCOUNTS = "Comptes"
ACCOUNTS_INTRO = (
    "Qui peut entrer au bureau, et ce que chacun peut y faire. Vous ne donnez que ce que vous "
    "pouvez faire vous-même."
)
ADD_ACCOUNT = "Donner un compte à quelqu'un"
NO_ROLE = "aucun rôle"
NO_PASSWORD_YET = "Son mot de passe n'est pas encore choisi."  # noqa: S105 - a sentence
BY_PROVIDER = "Le service de comptes de votre organisation dit ce que cette personne peut faire."
CHANGE_ROLES = "Changer ce que cette personne peut faire"
NEW_LINK = "Donner un nouveau lien"
NEW_LINK_WHY = "Pour un mot de passe perdu : l'ancien ne vaut plus, et ses sessions se ferment."
REMOVE_ACCOUNT = "Retirer ce compte"
REMOVE_ACCOUNT_WHY = "Ses sessions se ferment ; le journal des actes garde son nom."
MORE_THAN_YOURS = (
    "Cette personne peut faire ce que vous ne pouvez pas : vous ne changez rien à son compte."
)
NO_ACCOUNTS = "Personne n'a encore de compte."
NAME_IS_THERE = "Rien n'est fait : un compte porte déjà ce nom."
NOT_YOUR_ROLE_TO_GIVE = "Rien n'est fait : vous ne pouvez donner que ce que vous pouvez faire."
NOT_YOURSELF = "Rien n'est fait : demandez à quelqu'un d'autre de retirer votre compte."
NO_ACCOUNT_NAME = "Rien n'est fait : donnez un nom en lettres, de 80 signes au plus."
NO_ROLES = "Rien n'est fait : cochez au moins une chose que cette personne peut faire."
NO_ROLES_LEFT = (
    "Rien n'est fait : un compte peut faire au moins une chose. Pour que cette personne n'entre "
    "plus, retirez son compte."
)
FIRST_STEPS = (
    "Derrière ce bureau il y a de vraies personnes, et nul n'a encore de compte. Qui exploite "
    "Réflexe crée le premier, sur la machine, par cette commande :"
)
A_NAME = "Prénom Nom"
ACCOUNTS_WAIT = (
    "Des comptes attendent leur mot de passe : qui a reçu un lien l'ouvre, choisit le sien, et "
    "entre."
)
LOST_LINK = (
    "Un lien sert une fois, pendant trois jours ; qui exploite Réflexe en donne un autre, sur la "
    "machine, par cette commande :"
)
FIRST_STEPS_LINK = "Elle donne un lien, qui sert à choisir le mot de passe et fait entrer ici."
STOP_BY_COMMAND = "Pour tout arrêter sans attendre :"
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
LEAVE = "Quitter"
LEFT = "Encore une étape pour quitter"
LEFT_WHY = (
    "C'est le portail de votre organisation qui dit qui vous êtes, et le bureau ne garde pas de "
    "session pour vous : quittez aussi le portail, ou fermez le navigateur."
)
LEAVE_PORTAL = "Quitter le portail"
NO_PLACE = (
    "Le portail vous connaît, mais aucun de vos groupes n'a de place ici : demandez-la à qui "
    "exploite Réflexe."
)
BY_OIDC = "Entrer avec le compte de votre organisation"
BY_PASSWORD = "Entrer avec un mot de passe d'ici"  # noqa: S105 - a label
ENTERED = "Vous êtes entré"
GO_IN = "Continuer vers le calendrier"
OIDC_FAILED = (
    "L'entrée par le compte de votre organisation n'a pas abouti : recommencez depuis le début."
)
OIDC_AWAY = (
    "Le service de comptes de votre organisation ne répond pas : recommencez dans un moment. "
    "Pour tout arrêter sans attendre, `reflexe stop-all`."
)
OIDC_NO_NAME = (
    "Le service de comptes de votre organisation ne donne pas de nom pour vous : demandez à qui "
    "exploite Réflexe."
)
NAME_TAKEN = (
    "Un autre compte porte déjà ce nom : demandez à qui exploite Réflexe de le retirer, ou un nom "
    "qui vous soit propre."
)
BY_PORTAL = "Entrez par le portail de votre organisation : c'est lui qui dit qui vous êtes."
BACK = "Revenir au calendrier"
BACK_TO_FORM = "Revenir au formulaire"
MAIL_TOO_LARGE = (
    "Ce courriel est trop gros : 2 Mo au plus. Enregistrez-le sans ses pièces jointes, ou collez "
    "son texte source."
)

# Twins: the same words elsewhere than in a mailbox.
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
