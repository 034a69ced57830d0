"""The rules on people's data: grounds, proofs, how long, how safe."""

from scheduler.domain.law.codes import LawRule
from scheduler.domain.law.register_mail import BY_VALUE
from scheduler.domain.law.rule import DPO, TOLD, Rule

_KEPT = "RGPD, article 5 (27 avril 2016)"
_LOGS = "CNIL, délibération 2021-122 du 14 octobre 2021 (journalisation, 6 à 12 mois)"
_SAFE = "RGPD, article 32 (27 avril 2016)"

PEOPLE_RULES = (
    Rule(
        code=LawRule.BASIS,
        what="La base déclarée est une base que ces messages peuvent avoir",
        source="RGPD, article 6 (27 avril 2016)",
        keys=("audiences/*.yaml : channels.<canal>.basis",),
        why="aucune loi ni aucun contrat n’oblige à une campagne de sensibilisation ; "
        "le pied de page dirait au lecteur que la loi ou un contrat l’impose",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.PROOF,
        what="Un accord est prouvé : texte exact, date, moyen ; il est postérieur à la loi",
        source="RGPD, article 7 (27 avril 2016) ; loi du 21 juin 2004",
        keys=("audiences/*.yaml : consent_since",),
        why="une date impossible acceptée comme preuve ne prouve rien",
        happens=f"{TOLD} ; sans texte, date et moyen, un accord ne compte jamais",
    ),
    Rule(
        code=LawRule.MINIMUM_AGE,
        what="Qui a moins de 15 ans est laissé de côté",
        source="loi du 6 janvier 1978, article 45 (en vigueur le 1er juin 2019)",
        keys=("audiences/*.yaml : minimum_age",),
        why="avant 15 ans, l’accord se donne avec un parent",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.SEALED_FIELDS,
        what="Les champs du fichier des usagers sont chiffrés",
        source="RGPD, articles 5, 9 et 32 (27 avril 2016)",
        keys=("audiences/*.yaml : fields.<champ>.segment",),
        why="un champ « segment » est en clair dans le registre",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.LEAVERS,
        what="Qui a quitté son fichier est oublié en un mois",
        source=_KEPT,
        keys=("retention.leavers_days",),
        why="rien ne justifie plus de garder ses coordonnées",
        happens=BY_VALUE,
    ),
    Rule(
        code=LawRule.RETENTION_CONTACTS,
        what="Un contact silencieux est oublié après 3 ans",
        source=f"{_KEPT} ; CNIL, délibération 2021-131 du 23 septembre 2021 ; code civil, article "
        "2224 (5 ans)",
        keys=("retention.contacts_years",),
        why="au-delà de 3 ans il faut une raison écrite ; au-delà de 5, plus aucune prescription "
        "n’en donne",
        happens="conseil au-delà de 3 ans, faute au-delà de 5 ; les envois continuent",
    ),
    Rule(
        code=LawRule.RETENTION_PROOFS,
        what="Une preuve d’accord est gardée de 3 à 5 ans après son retrait",
        source="RGPD, articles 5 et 7 (27 avril 2016) ; code civil, article 2224 (5 ans)",
        keys=("retention.proofs_years",),
        why="plus tôt, il ne reste rien à montrer ; plus tard, plus personne ne peut la demander",
        happens="conseil, faute au-delà de 10 ans ; les envois continuent",
    ),
    Rule(
        code=LawRule.RETENTION_DELIVERIES,
        what="Qui a reçu quoi est connu 12 mois",
        source=_LOGS,
        keys=("retention.deliveries_months",),
        why="ensuite des totaux suffisent",
        happens="conseil, faute au-delà de 36 mois ; les envois continuent",
    ),
    Rule(
        code=LawRule.RETENTION_REPLIES,
        what="Le texte des réponses est gardé 6 mois, 12 au plus",
        source=_LOGS,
        keys=("retention.replies_months",),
        why="on y trouve ce que les gens ont écrit, parfois de leur santé",
        happens="conseil, faute au-delà de 36 mois ; les envois continuent",
    ),
    Rule(
        code=LawRule.RETENTION_REHEARSALS,
        what="La copie d’une répétition est effacée en un mois au plus",
        source=_KEPT,
        keys=("retention.rehearsal_days",),
        why="elle contient les personnes et leurs messages en clair",
        happens="conseil, faute au-delà d’un an ; les envois continuent",
    ),
    Rule(
        code=LawRule.ERASURE,
        what="Après un effacement, il ne reste que l’empreinte de l’adresse",
        source="RGPD, article 17 (27 avril 2016)",
        keys=("optout.keep_source_key",),
        why="l’empreinte de la clé du fichier fait reconnaître la personne ailleurs",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.JOURNAL,
        what="Les oppositions sont gardées ailleurs que le registre",
        source="RGPD, articles 21 et 32 (27 avril 2016)",
        keys=("optout.journal",),
        why="un dossier restauré tout entier oublie qui a dit non",
        happens=f"{TOLD} ; dès qu’un envoi réel est configuré",
        who=f"{DPO}, avec l’exploitant",
    ),
    Rule(
        code=LawRule.KEYS,
        what="Les clés sont gardées ailleurs que le registre",
        source=_SAFE,
        keys=("keys.file",),
        why="qui copie les deux à la fois lit tout",
        happens=f"{TOLD} ; dès qu’un envoi réel est configuré",
        who=f"{DPO}, avec l’exploitant",
    ),
    Rule(
        code=LawRule.TLS,
        what="Les connexions sont chiffrées",
        source=_SAFE,
        keys=("channels.email.smtp.security", "channels.email.mailbox.security"),
        why="none laisse lire adresses et messages sur le chemin",
        happens=TOLD,
        who=f"{DPO}, avec l’exploitant",
    ),
    Rule(
        code=LawRule.CAPS,
        what="Au plus 2 messages par semaine et 8 en 31 jours, par personne et par canal",
        source="notre choix ; RGPD, article 5",
        keys=("caps.week", "caps.month"),
        why="0 lève le plafond : qui reçoit trop n’écoute plus, et s’oppose",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.COMPLAINTS,
        what="L’alarme sonne dès 0,1 % de plaintes",
        source="règles d’envoi de Google et de Yahoo, février 2024 (jamais 0,3 %)",
        keys=("alarms.complaint_rate",),
        why="au-delà de 0,3 %, les messageries refusent tout l’organisme",
        happens=BY_VALUE,
    ),
)
