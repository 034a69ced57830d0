"""What the acts of the audit log are called, in French."""

from collections.abc import Mapping

from scheduler.domain.audit import AuditAct

#: A phrase an act; a test finds it complete.
PHRASES: Mapping[AuditAct, str] = {
    AuditAct.SEND_NOW: "envoi lancé à la main",
    AuditAct.ASK_APPROVAL: "envoi demandé",
    AuditAct.GIVE_LIST: "liste de destinataires donnée",
    AuditAct.APPROVE: "envoi autorisé",
    AuditAct.ASK_LETTING: "faute à laisser passer : demande",
    AuditAct.LET_LEAVE: "faute laissée passer",
    AuditAct.HOLD_AGAIN: "faute retenue de nouveau",
    AuditAct.PAUSE: "envoi mis en pause",
    AuditAct.RESUME: "envoi repris",
    AuditAct.CANCEL: "envoi annulé",
    AuditAct.RENAME: "nom suivi",
    AuditAct.REPLAN: "remis au calendrier",
    AuditAct.REFRESH: "textes renouvelés",
    AuditAct.HALT: "campagne suspendue",
    AuditAct.STOP_ALL: "tout arrêté",
    AuditAct.RESUME_ALL: "tout repris",
    AuditAct.RESEND_UNCERTAIN: "message incertain renvoyé",
    AuditAct.CLOSE_UNCERTAIN: "message incertain décidé",
    AuditAct.CLOSE_REPORT: "retour non prouvé décidé",
    AuditAct.HOLD_DOMAIN: "domaine mis en attente",
    AuditAct.RELEASE_DOMAIN: "domaine repris",
    AuditAct.REOPEN: "adresses rouvertes",
    AuditAct.CLOSE_REPLY: "réponse par SMS traitée",
    AuditAct.LIST_CLEAR: "liste en clair",
    AuditAct.EXPORT: "export des contacts",
    AuditAct.EXPORT_PROOFS: "export des contacts et des preuves",
    AuditAct.SHOW: "consultation",
    AuditAct.ERASE: "effacement",
    AuditAct.FREEZE: "gel des données",
    AuditAct.UNFREEZE: "gel levé",
    AuditAct.DROP_FILE: "fichier déposé",
    AuditAct.IMPORT: "fichier importé",
    AuditAct.SEND_TEST: "envoi d’essai",
    AuditAct.REREAD_TEXT: "texte relu",
    AuditAct.PREVIEW_AS: "aperçu au nom d’une personne",
    AuditAct.OPT_OUT: "opposition enregistrée",
    AuditAct.IMPORT_OPT_OUTS: "liste d’oppositions reprise",
    AuditAct.LIFT_OPT_OUT: "opposition levée",
    AuditAct.LIST_OPT_OUTS: "oppositions listées en clair",
    AuditAct.SHOW_OPT_OUTS: "oppositions d’une adresse consultées",
    AuditAct.EXPORT_OPT_OUTS: "export des oppositions",
    AuditAct.LIST_REPLIES: "réponses listées en clair",
    AuditAct.LIST_REPORTS: "retours listés en clair",
    AuditAct.ANSWER_COMPLAINT: "réponse à une réclamation",
    AuditAct.LIST_RECIPIENTS: "liste des destinataires",
    AuditAct.LIST_UNREACHED: "liste des personnes non jointes",
    AuditAct.EXACT_FIGURES: "chiffres exacts consultés",
    AuditAct.RETAIN: "conservation appliquée",
    AuditAct.ADD_KEY: "clé ajoutée",
    AuditAct.ROTATE_KEYS: "clés renouvelées",
    AuditAct.MOVE: "registre déplacé",
    AuditAct.BACK_UP: "copie du registre",
    AuditAct.RESTORE: "copie remise en place",
    AuditAct.REPLAY_OPT_OUTS: "désinscriptions reprises du journal",
    AuditAct.ADD_ACCOUNT: "compte ajouté",
    AuditAct.RENEW_ACCOUNT: "nouveau lien pour un compte",
    AuditAct.GIVE_ROLES: "rôles donnés",
    AuditAct.REMOVE_ACCOUNT: "compte retiré",
    AuditAct.SET_PASSWORD: "mot de passe choisi",
    AuditAct.ADD_CODE: "second code demandé à la connexion",
    AuditAct.REMOVE_CODE: "second code retiré",
    AuditAct.OPEN_ROOM: "salle de la bataille ouverte",
    AuditAct.CLOSE_ROOM: "salle de la bataille fermée",
    AuditAct.MAKE_AGENDA: "adresse d’agenda donnée",
    AuditAct.END_AGENDA: "adresse d’agenda retirée",
    AuditAct.SET_OWN_ADDRESS: "adresse d’essai notée",
    AuditAct.COMMENT_TEXT: "remarque sur un texte",
    AuditAct.ASK_TRIO: "lecture à trois demandée",
    AuditAct.DROP_TRIO: "lecture à trois retirée",
    AuditAct.END_SESSION: "session fermée",
    AuditAct.ADD_FIGURE: "chiffre saisi",
    AuditAct.REMOVE_FIGURE: "chiffre retiré",
    AuditAct.PUBLISH_TEXT: "texte publié",
    AuditAct.PROPOSE_TEXT: "texte proposé",
    AuditAct.APPROVE_TEXT: "texte approuvé et publié",
    AuditAct.REFUSE_TEXT: "texte refusé",
    AuditAct.WITHDRAW_TEXT: "texte rendu à son fichier",
    AuditAct.KEEP_TEXT: "texte gardé malgré son fichier",
    AuditAct.IMPORT_TEXTS: "textes repris d’un dossier",
    AuditAct.CHANGE_CALENDAR: "calendrier changé",
    AuditAct.WITHDRAW_CHANGE: "changement du calendrier retiré",
    AuditAct.KEEP_CHANGE: "changement du calendrier gardé malgré le calendrier de base",
    AuditAct.IMPORT_CHANGES: "changements du calendrier repris d’un dossier",
    AuditAct.ALLOW_NEWCOMERS: "nouveaux arrivants accueillis",
    AuditAct.REFUSE_NEWCOMERS: "nouveaux arrivants non accueillis",
    AuditAct.CONFIRM_SOURCE: "source confirmée",
    AuditAct.ACCEPT_RESTORED: "registre restauré accepté",
}


#: What acts are about, where it is neither a name nor a file: whole, or before a number or a name.
_WHOLE: Mapping[str, str] = {
    "ledger": "registre",
    "newcomers": "arrivants",
    "battle": "bataille des mots de passe",
    "templates": "textes",
    "every audience": "tous les publics",
    "every channel": "tous les canaux",
}
_BEFORE: Mapping[str, str] = {
    "account": "compte",
    "delivery": "message n° {}",
    "key": "clé",
    "reply": "réponse n° {}",
    "report": "retour n° {}",
}


def subject(name: str, labels: Mapping[str, str]) -> str:
    """What an act is about; ``labels``: what each audience is called. An occurrence, a file, a
    campaign keep their names."""
    if known := _WHOLE.get(name) or labels.get(name):
        return known
    kind, blank, rest = name.partition(" ")
    if not blank or kind not in _BEFORE:
        return name
    word = _BEFORE[kind].replace("° ", "°\u00a0")
    return word.format(rest) if "{}" in word else f"{word} {rest}"


def phrase(act: str) -> str:
    """The word itself for an act of a later version."""
    return PHRASES[AuditAct(act)] if act in list(AuditAct) else act
