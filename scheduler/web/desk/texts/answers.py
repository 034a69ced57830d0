"""Reports that nothing proves, replies, addresses that refusals closed, messages in doubt."""

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
