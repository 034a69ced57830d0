"""In easy French: the page where somebody chooses what they receive, and the subscription form."""

from dataclasses import replace

from scheduler.web.public.french_subscribe import SUBSCRIBE as FRENCH_SUBSCRIBE
from scheduler.web.public.texts import ChoiceTexts, Notice

CHOICES = ChoiceTexts(
    title="Choisir vos messages",
    intro="Voici la liste de nos messages.\n"
    "Cochez les messages que vous voulez.\n"
    "Décochez les autres.\n"
    "Puis appuyez sur le bouton « Garder mes choix ».\n"
    "Vous pouvez revenir sur cette page quand vous voulez.",
    for_address="Ces choix sont pour :",
    groups={"email": "Les mails", "sms": "Les SMS"},
    notes={
        "email": "Vous recevez toujours les messages très importants par mail.\n"
        "Ils sont rares.\n"
        "Par exemple : une personne a volé vos informations.",
        "sms": "Un SMS est un petit message que vous recevez sur votre téléphone.\n"
        "Si vous décochez tout, vous ne recevez plus aucun SMS.\n"
        "Même les messages très importants ne viennent plus par SMS.",
    },
    other_group="Par {channel}",
    other_note="Si vous décochez tout, vous ne recevez plus rien par {channel}.",
    topics={
        "october": ("Les conseils d’octobre", "4 messages en octobre"),
        "reminders": ("Les conseils du mois", "1 message par mois"),
        "events": ("Les rencontres", "des réunions pour apprendre ensemble"),
    },
    language_group="Dans quelle langue ?",
    easy_to_read="Je veux des textes faciles à lire, quand il y en a",
    save="Garder mes choix",
    stop_title="Ne plus rien recevoir",
    stop="Ce bouton arrête tous nos mails et tous nos SMS.\n"
    "Vous recevez seulement les messages très importants, par mail.",
    stop_button="Arrêter tous vos messages",
    done={
        "saved": "C’est fait.\nVoici vos choix.",
        "stopped": "C’est fait.\nTous vos messages sont arrêtés.",
        "back": "C’est fait.\nVous recevrez de nouveau les messages cochés.",
    },
    later="Un message est peut-être déjà parti.\nVous pouvez encore le recevoir.",
)

SUBSCRIBE = replace(
    FRENCH_SUBSCRIBE,
    title="Recevoir nos conseils",
    intro="Nous envoyons 1 conseil par mois.\n"
    "En octobre, nous envoyons 4 conseils.\n"
    "Les conseils aident à se protéger sur internet.\n"
    "Écrivez votre adresse mail.\n"
    "Nous vous enverrons 1 mail.\n"
    "Dans ce mail, appuyez sur le lien pour dire oui.",
    email="Votre adresse mail",
    email_example="Par exemple : prenom.nom@example.org",
    variant_group="Choisissez vos textes",
    variants={
        "fr-falc": "En français facile à lire",
        "fr": "En français",
        "en": "En anglais",
    },
    wording="Je veux recevoir par mail les conseils et les invitations de {organisation}. "
    "Ils parlent de la sécurité sur internet. Je peux changer d’avis quand je veux.",
    button="Recevoir les conseils",
    rights="Nous nous servons de votre adresse seulement pour ces conseils.\n"
    "Si vous ne dites pas oui dans le mail, nous effaçons votre adresse.\n"
    "Nous l’effaçons en moins de 7 jours.",
    faults={
        "email": "Cette adresse ne marche pas.\nÉcrivez-la en entier, par exemple : "
        "prenom.nom@example.org.",
        "agree": "Cochez cette case.\nNous pourrons alors vous écrire.",
    },
    asked=Notice(
        title="Regardez vos mails",
        paragraphs=(
            (
                "Nous vous envoyons 1 mail dans quelques minutes.\n"
                "Appuyez sur le lien de ce mail pour dire oui."
            ),
            (
                "Si vous ne recevez rien, regardez dans les mails indésirables.\n"
                "Nous envoyons 1 mail par jour au plus à la même adresse."
            ),
        ),
    ),
    confirm_title="Dire oui à nos conseils",
    confirm_intro="Appuyez sur le bouton.\nVous recevrez alors nos conseils par mail.",
    confirm_button="Oui, je veux les conseils",
    confirm_leave="Si vous n’avez rien demandé, fermez cette page.\nVous ne recevrez rien.",
    confirmed=Notice(
        title="C’est fait",
        paragraphs=(
            "Vous recevrez nos prochains conseils.",
            (
                "Chaque message a un lien à la fin.\n"
                "Ce lien sert à ne plus recevoir les messages.\n"
                "Il sert aussi à choisir vos messages."
            ),
        ),
    ),
)
