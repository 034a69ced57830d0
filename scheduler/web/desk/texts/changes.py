"""Changes of the calendar: what is asked, shown, and said when it can't be done."""

CHANGES = "Changements du calendrier"
CHANGES_INTRO = (
    "Ce qui a été décidé ici l'emporte, pour tous et en quelques secondes, sur le calendrier de "
    "base, celui que tient l'informatique. Rien de ce qui est parti ne repart ; chaque décision "
    "peut être retirée."
)
NO_CHANGE = "Rien n'a été changé ici : c'est le calendrier de base."
ADD_EVENT = "Ajouter un événement"
MOVE_EVENT = "Déplacer l'événement"
CANCEL_EVENT = "Annuler l'événement"
CHANGE_HOUR = "Changer l'heure"
SKIP_IT = "Sauter cet envoi"
BRING_FORWARD = "Avancer"
SWITCH_ON = "Activer"
SWITCH_OFF = "Désactiver"
WITHDRAW_CHANGE = "Retirer ce changement"
KEEP_THE_CHANGE = "Garder ce changement"
CHANGE_TITLES = {
    "event-created": "Ajouter un événement",
    "event-moved": "Déplacer un événement",
    "event-cancelled": "Annuler un événement",
    "hour-changed": "Changer l'heure d'un envoi",
    "skipped": "Sauter un envoi",
    "brought-forward": "Avancer un envoi",
    "enabled": "Activer une campagne",
    "disabled": "Désactiver une campagne",
    "withdraw": "Retirer un changement",
    "keep": "Garder un changement",
}
CHANGE_WHY = {
    "event-created": (
        "Choisissez un modèle : ses messages (invitation, rappels, remerciement) prennent la date, "
        "l'heure et le lieu que vous donnez."
    ),
    "event-moved": (
        "Ce qui est encore à venir suit la nouvelle date. Ceux qui ont déjà l'ancienne ne "
        "l'apprennent que par le message de déplacement, à envoyer ensuite."
    ),
    "event-cancelled": (
        "Plus rien de l'événement ne part de soi-même. Ceux qui ont la date l'apprennent par le "
        "message d'annulation, à envoyer ensuite."
    ),
    "hour-changed": "À l'heure de chaque destinataire, là où il vit.",
    "skipped": "Cet envoi ne part pas ; les suivants ne changent pas.",
    "brought-forward": "Un jour plus tôt que prévu, à la même heure ; une seule fois.",
    "enabled": "Ce qui est à venir partira à son jour. Rien d'avant n'est rattrapé.",
    "disabled": "Plus rien de cette campagne ne part tant qu'elle est désactivée.",
    "withdraw": "Ce que dit le calendrier de base vaut de nouveau.",
    "keep": ("Le calendrier de base a changé depuis : ce qui a été décidé ici reste en vigueur."),
}
WITHDRAW_MOVE = (
    "L'événement reste, et reprend la date, l'heure et le lieu d'avant ce déplacement. Ceux qui "
    "ont déjà l'autre date ne l'apprennent que par le message de déplacement, à envoyer ensuite."
)
KIT = "Modèle d'événement"
CHOOSE_KIT = "Continuer"
NO_KIT = (
    "Le calendrier de base n'a aucun modèle : un modèle est un événement sans date, avec ses "
    "messages. Demandez-en un à l'informatique."
)
EVENT_DATE = "Date"
EVENT_HOUR = "Heure de début"
EVENT_END = "Heure de fin (facultatif)"
EVENT_LAST = "Dernier jour, s'il dure plusieurs jours"
EVENT_PLACE = "Lieu, en bref"
EVENT_PLACE_WHY = "Douze caractères au plus s'il part par SMS."
EVENT_DESCRIPTION = "Description, pour l'agenda des destinataires (facultatif)"
EVENT_AUDIENCES = "Pour qui"
NEW_HOUR = "Nouvelle heure"
NEW_DAY = "Nouveau jour"
LOOK_AHEAD = "Voir ce que cela donnera"
WHAT_IT_GIVES = "Ce que cela donnera"
NOTHING_TO_COME = "Rien à venir n'en dépend."
NO_MESSAGE_LEAVES = "Aucun message de l'événement ne partirait."
STILL_COUNTED = (
    "Les personnes sont en train d'être comptées. Cette page se met à jour d'elle-même ; sinon, "
    "rechargez-la."
)
WAS_ON = "prévu jusqu'ici le"
NO_LONGER = "Ne partira plus"
LEFT_ALREADY = "Déjà parti, ou en cours : cela ne change pas"
NOT_COUNTED = "Les personnes sont comptées pour les quatre premiers envois."
CONFLICTS = "À regarder avant"
NO_CONFLICT = "Aucun : heures, dimanches, jours fériés et autres messages laissent la place."
SECOND_PERSON_LATER = (
    "Ce message demande une seconde personne : à son jour, il attendra son accord (« À "
    "approuver »)."
)
CONFIRM_CHANGE = "Confirmer"
CONFIRM_WHY = "Noté au journal, à votre nom. Toutes les instances suivent en quelques secondes."
DONT_CHANGE = "Ne rien changer"
CHANGED_MEANWHILE = (
    "Le calendrier, ou les personnes, ont changé pendant que vous regardiez : voici ce que cela "
    "donnerait maintenant."
)
OVERTAKEN = (
    "Quelqu'un d'autre vient de changer le calendrier : rien n'a été fait. Regardez de nouveau, "
    "puis confirmez."
)
CHANGE_DONE = "C'est fait."
TELL_THEM = "Prévenir ceux qui ont déjà la date"
DECIDED_BY = "décidé par"
WHY_BY_EDITS = "La raison : reflexe edits diff, dans un terminal."
FILE_SAYS = "Le calendrier de base dit"
CHANGE_SAYS = "Décidé ici"
EVENTS_TO_COME = "Événements à venir"
NO_EVENT = "Aucun événement daté."
CAMPAIGNS = "Campagnes"
CAMPAIGN_ON = "active"
CAMPAIGN_OFF = "inactive"
EVENT_CALLED_OFF = "annulé"
IN_GIT = (
    "Pour que l'informatique reprenne ces changements dans le calendrier de base (config.yaml, et "
    "git) : reflexe edits export, puis reflexe edits withdraw --in-files."
)
