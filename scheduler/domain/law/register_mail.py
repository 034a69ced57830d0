"""The rules of e-mail, of what is written, and of who is named."""

from scheduler.domain.law.codes import LawRule
from scheduler.domain.law.register_sms import L34_5
from scheduler.domain.law.rule import ALARM, NOBODY, SILENT, TOLD, Rule

#: Where both weights are possible.
BY_VALUE = "conseil, ou faute selon la valeur ; les envois continuent"

MAIL_RULES = (
    Rule(
        code=LawRule.MAIL_CONSENT_PATIENTS,
        what="Les usagers reçoivent des courriels parce qu’ils l’ont accepté",
        source="RGPD, articles 6 et 7 (27 avril 2016)",
        keys=("audiences/*.yaml : channels.email.basis",),
        why="une autre base se documente : la mission d’intérêt public, si le délégué la retient",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.PROMOTION,
        what="Une invitation promotionnelle attend un accord préalable",
        source=L34_5,
        keys=("audiences/*.yaml : channels.<canal>.basis", "campaigns.<campaign>.audiences"),
        why="seul le courriel professionnel en est dispensé, pour ce qui touche au métier",
        happens=ALARM,
        who=NOBODY,
    ),
    Rule(
        code=LawRule.MAIL_FROM,
        what="L’expéditeur des courriels ne se fait passer pour personne",
        source=f"{L34_5} ; code pénal, article 433-13",
        keys=("channels.email.from", "organisation.name"),
        why="le nom d’un organisme public appartient à cet organisme ; c’est celui des fraudes",
        happens=SILENT,
        who=NOBODY,
    ),
    Rule(
        code=LawRule.MAIL_DOMAIN,
        what="Les courriels partent d’un domaine de l’organisme",
        source="RFC 9989 (DMARC, mai 2026) ; règles d’envoi de Google et de Yahoo, février 2024",
        keys=(
            "channels.email.from",
            "channels.email.reply_to",
            "channels.email.return_path_domain",
        ),
        why="une messagerie grand public n’est à personne : n’importe qui peut l’imiter, et les "
        "réponses des usagers y seraient chez un tiers",
        happens=BY_VALUE,
    ),
    Rule(
        code=LawRule.MAIL_HOURS,
        what="Les courriels partent de 7 h à 21 h",
        source="code du travail, article L2242-17 (loi du 8 août 2016), droit à la déconnexion",
        keys=("channels.email.window",),
        why="un courriel de nuit demande au personnel d’être là",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.ONE_CLICK,
        what="Un geste suffit pour ne plus recevoir de courriels",
        source=f"RFC 8058 (janvier 2017) ; {L34_5} ; RGPD, article 21",
        keys=("web.public_url", "channels.email.mailbox"),
        why="la page de sortie doit s’ouvrir depuis Internet, et le courriel de sortie être lu",
        happens=BY_VALUE,
    ),
    Rule(
        code=LawRule.NO_TRACKING,
        what="Aucune lecture n’est suivie : ni pixel, ni image distante, ni lien réécrit",
        source="CNIL, délibération 2026-042 du 12 mars 2026 (délai échu le 14 juillet 2026)",
        keys=("channels.email.smtp.host", "channels.email.provider"),
        why="les relais commerciaux ajoutent un pixel et réécrivent les liens, sauf réglage "
        "contraire",
        happens="conseil : le délégué dit que le suivi y est coupé",
    ),
    Rule(
        code=LawRule.SHORTENERS,
        what="Aucune adresse n’en cache une autre",
        source="nos règles de confiance ; cybermalveillance.gouv.fr, fiche hameçonnage",
        keys=(
            "organisation.link_domains",
            "web.public_url",
            "organisation.site",
            "organisation.privacy_url",
        ),
        why="un raccourcisseur cache où mène le lien, et suit qui l’ouvre",
        happens=ALARM,
        who=NOBODY,
    ),
    Rule(
        code=LawRule.LINK_DOMAINS,
        what="Les messages ne mènent qu’au site de l’organisme et aux sites publics d’aide",
        source="nos règles de confiance",
        keys=("organisation.link_domains",),
        why="chaque domaine permis est un domaine que le lecteur apprend à croire",
        happens=BY_VALUE,
    ),
    Rule(
        code=LawRule.HEALTH_WORDS,
        what="Un écran verrouillé ne dit rien de la santé de personne",
        source="RGPD, article 9 ; code de la santé publique, article L1110-4 (loi du 4 mars 2002)",
        keys=("channels.sms.sender", "channels.email.from", "organisation.sms_name"),
        why="« Centre de dialyse » sur un téléphone posé sur une table est une donnée de santé",
        happens=f"{ALARM} ; organisation.sms_name est refusé à la lecture",
        who=NOBODY,
    ),
    Rule(
        code=LawRule.AUDIENCE_WORDS,
        what="Ni expéditeur ni adresse ne dit à qui il écrit",
        source="RGPD, articles 5 et 9 (27 avril 2016)",
        keys=(
            "channels.sms.sender",
            "channels.email.from",
            "channels.email.return_path_domain",
            "web.public_url",
            "web.short_url",
        ),
        why="« patients » dans une adresse dit que son destinataire en est un",
        happens=TOLD,
    ),
    Rule(
        code=LawRule.NOTICE,
        what="Le premier message dit d’où vient l’adresse et mène à l’information complète",
        source="RGPD, articles 13 et 14 (27 avril 2016)",
        keys=("organisation.privacy_url", "organisation.dpo"),
        why="la page doit exister chez l’organisme, et le délégué y répondre",
        happens=BY_VALUE,
    ),
    Rule(
        code=LawRule.LEAK_APPROVAL,
        what="Deux personnes pour un message d’après une fuite",
        source="RGPD, articles 32 et 34 (27 avril 2016) ; nos règles de confiance",
        keys=("message.yaml : approval",),
        why="il part à tous, oppositions comprises : une seule main ne suffit pas",
        happens=ALARM,
        who=NOBODY,
    ),
    Rule(
        code=LawRule.SERVICE_CLASS,
        what="Seul ce qui doit être dit est un message de service",
        source=f"{L34_5} ; RGPD, article 21",
        keys=("message.yaml : class",),
        why="un message de service échappe aux accords, aux oppositions par thème et aux plafonds",
        happens=TOLD,
    ),
)
