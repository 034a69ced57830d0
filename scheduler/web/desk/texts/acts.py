"""What is done on the desk, and what a second person is asked."""

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
