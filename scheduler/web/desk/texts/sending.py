"""Sending now, a new text, and the log of acts."""

SEND_NOW = "Envoyer maintenant…"
SEND_TITLE = "Envoyer maintenant ?"
TO_WHOM_AND_WHEN = "À qui, quand, où"
WOULD_GET_IT = "Le recevraient"
LEFT_ASIDE = "Laissés de côté"
NOBODY_TO_SEND = "Personne : aucun de ses publics n'a un membre et un texte."
CANT_BE_TOLD = "Tiennent la date et ne peuvent pas en être prévenus"
AT_ONCE = "tout de suite"
ON_THEIR_CLOCK = "heure locale"
COST = "Coût"
NO_COST = "Rien : aucun SMS."
COST_PARTS = "parties de SMS"
FAULTS_BEFORE = "Fautes de ses textes"
NO_FAULT_BEFORE = "Aucune."
STILL_CHECKED = "Ses textes sont encore à la relecture : rechargez cette page dans un instant."
FAULTS_WAIT = "Un texte fautif ne part pas : il attend d'être corrigé."
CANT_LEAVE = (
    "Cet envoi ne peut pas partir d'ici maintenant : son moment est passé, ses heures sont closes, "
    "un texte est fautif, ou il va à une liste de personnes. `reflexe send-now` dit pourquoi."
)
TEXTS_CHANGED = "Rien n'est parti : ses textes ont changé depuis cette page. Relisez-la."
SEND_WHY = (
    "Il part dans les heures permises, aux seules personnes qui n'ont rien refusé, et une seule "
    "fois : le dire deux fois n'envoie pas deux fois."
)
SEND_FOR_GOOD = "Oui, envoyer maintenant"
SEND_ASKS = "Demander cet envoi"
SEND_ASKS_WHY = "Il part dès qu'une autre personne que vous l'aura relu et autorisé."
DONT_SEND = "Ne pas envoyer"
REFRESH = "Prendre les nouveaux textes"
REFRESH_WHY = (
    "Qui n'a pas encore été servi reçoit les textes tels qu'ils sont écrits maintenant ; ce qui "
    "est parti ne change pas."
)
NOTHING_TO_REFRESH = (
    "Rien à reprendre : ses textes sont déjà ceux qui partent, ou ont été approuvés tels quels."
)
FAULT_TO_REFRESH = "Rien n'a changé : un de ses textes contient une faute, corrigez-la d'abord."
AUDIT = "Journal des actes"
AUDIT_INTRO = "Qui a fait quoi, et quand ; jamais une adresse. `reflexe audit verify` le prouve."
AUDIT_AT = "Quand"
AUDIT_WHO = "Qui"
AUDIT_ACT = "Acte"
AUDIT_ON = "Sur"
AUDIT_EMPTY = "Aucun acte encore."
AUDIT_MORE = "Actes plus anciens"
