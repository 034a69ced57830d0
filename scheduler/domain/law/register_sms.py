"""The rules of SMS."""

from scheduler.domain.law.codes import LawRule
from scheduler.domain.law.rule import ALARM, BOUNDED, DPO, NOBODY, SILENT, TOLD, Rule

CHARTER = "charte AF2M « Business Messaging » 2026, en vigueur le 1er mars 2026"
L34_5 = "CPCE, article L34-5 (loi du 21 juin 2004)"

SMS_RULES = (
    Rule(
        code=LawRule.SMS_CEILING,
        what="Aucun SMS avant 8 h ni après 21 h 30",
        source=CHARTER,
        keys=("channels.sms.weekdays", "channels.sms.saturday"),
        why="les opérateurs coupent l’émetteur qui écrit la nuit",
        happens=BOUNDED,
        who=NOBODY,
    ),
    Rule(
        code=LawRule.SMS_WEEKDAYS,
        what="Du lundi au vendredi, les SMS partent de 8 h à 20 h",
        source=f"notre choix, le plus strict des usages ; {CHARTER}",
        keys=("channels.sms.weekdays",),
        why="un SMS du soir dérange ; la charte va jusqu’à 21 h 30",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.SMS_SATURDAY,
        what="Le samedi, les SMS partent de 10 h à 18 h",
        source=f"notre choix, le plus strict des usages ; {CHARTER}",
        keys=("channels.sms.saturday",),
        why="le samedi est un jour de repos pour beaucoup",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.SMS_SUNDAY,
        what="Aucun SMS le dimanche ni les jours fériés ; au personnel, jamais",
        source=f"notre choix ; {CHARTER} (toléré, déconseillé) ; code du travail, article "
        "L2242-17 (loi du 8 août 2016)",
        keys=("audiences/*.yaml : sunday",),
        why="la charte tolère le dimanche sans le recommander, et le personnel a droit à la "
        "déconnexion",
        happens="pour les usagers, de 10 h à 18 h, avec le nom et la date de qui l’a décidé ; "
        "sans eux, ou pour le personnel, refusé à la lecture",
    ),
    Rule(
        code=LawRule.SMS_HOLIDAYS,
        what="Un jour férié compte comme un dimanche",
        source=f"code du travail, articles L3133-1 et L3422-2 ; {CHARTER}",
        keys=("holidays.removed",),
        why="un jour férié retiré du calendrier redevient un jour d’envoi",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.SMS_TRAFFIC,
        what="Nos SMS gardent les jours du trafic promotionnel",
        source=CHARTER,
        keys=("channels.sms.traffic",),
        why="service lève la règle du dimanche et des jours fériés ; il faut l’accord écrit des "
        "opérateurs, et aucune invitation promotionnelle",
        happens="conseil tant que personne ne l’a signé ; faute si une campagne promotionnelle "
        "part par SMS",
    ),
    Rule(
        code=LawRule.SMS_CONSENT_PATIENTS,
        what="Les usagers reçoivent des SMS parce qu’ils l’ont accepté",
        source=f"{CHARTER} ; {L34_5}",
        keys=("audiences/*.yaml : channels.sms.basis",),
        why="la charte demande l’accord de la personne quelle que soit la base retenue",
        happens="conseil pour la sensibilisation, que le délégué signe ; faute pour une "
        "invitation promotionnelle",
    ),
    Rule(
        code=LawRule.SMS_CONSENT_STAFF,
        what="Le personnel reçoit des SMS sur son téléphone parce qu’il l’a accepté",
        source="RGPD, article 6 (27 avril 2016) ; code du travail, article L1121-1",
        keys=("audiences/*.yaml : channels.sms.basis",),
        why="un téléphone personnel n’est pas un outil de l’employeur",
        happens="conseil : le délégué dit que ces numéros sont professionnels ; faute pour une "
        "invitation promotionnelle",
    ),
    Rule(
        code=LawRule.SMS_SENDER,
        what="L’émetteur des SMS ne se fait passer pour personne",
        source=f"{L34_5} ; {CHARTER}",
        keys=("channels.sms.sender", "organisation.sms_name"),
        why="le nom d’un organisme public appartient à cet organisme ; c’est celui des fraudes",
        happens=SILENT,
        who=NOBODY,
    ),
    Rule(
        code=LawRule.SMS_NAMED,
        what="Chaque SMS dit qui l’envoie",
        source=f"{L34_5} ; {CHARTER}",
        keys=("organisation.sms_name", "channels.sms.sender"),
        why="un numéro court ne nomme personne ; le programme met organisation.sms_name en tête",
        happens=ALARM,
        who=NOBODY,
    ),
    Rule(
        code=LawRule.SMS_NUMBER,
        what="Aucun numéro en 06 ou 07 n’envoie de lui-même",
        source="Arcep, décision 2022-1583 du 1er septembre 2022",
        keys=("channels.sms.sender", "channels.sms.twilio.messaging_service_sid"),
        why="ces numéros sont interdits aux envois automatiques",
        happens="refusé à la lecture ; un service d’envoi, qui choisit lui-même, est un conseil",
        who=f"{DPO}, avec l’opérateur",
    ),
    Rule(
        code=LawRule.SMS_STOP,
        what="Chaque SMS porte une sortie gratuite, entendue aussitôt",
        source=f"{L34_5} ; {CHARTER}",
        keys=("channels.sms.inbound", "channels.sms.twilio.messaging_service_sid"),
        why="avec un numéro court, STOP et CONTACT veulent une réponse ; un service d’envoi peut "
        "en choisir un autre que celui de la mention",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.SHORT_URL,
        what="L’adresse de sortie des SMS est la nôtre, en entier",
        source=f"{L34_5} ; {CHARTER} ; cybermalveillance.gouv.fr, fiche hameçonnage",
        keys=("web.short_url",),
        why="un raccourcisseur suit ses lecteurs, peut mener ailleurs, et ressemble à une fraude",
        happens=ALARM,
        who=NOBODY,
    ),
)
