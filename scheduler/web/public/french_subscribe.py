"""In French: the subscription form, and its confirmation."""

from scheduler.web.public.texts import Notice, SubscribeTexts

SUBSCRIBE = SubscribeTexts(
    title="Recevoir nos conseils",
    intro="Un réflexe de sécurité numérique par mois, et quatre dimanches en octobre. Donnez votre "
    "adresse : nous vous écrirons une fois, pour que vous confirmiez.",
    email="Votre adresse électronique",
    email_example="Par exemple : prenom.nom@example.org",
    variant_group="Quels textes voulez-vous recevoir ?",
    variants={
        "fr": "En français",
        "fr-falc": "En français facile à lire et à comprendre",
        "en": "En anglais",
    },
    wording="J’accepte de recevoir par courriel les conseils et les invitations de {organisation} "
    "sur la sécurité numérique. Je peux changer d’avis à tout moment.",
    version="web-1",
    button="Recevoir les conseils",
    rights="Votre adresse ne sert qu’à cela. Sans confirmation, elle est effacée sous sept jours.",
    faults={
        "email": "Cette adresse ne convient pas. Écrivez-la en entier, comme "
        "prenom.nom@example.org.",
        "agree": "Cochez cette case pour que nous puissions vous écrire.",
    },
    asked=Notice(
        title="Regardez votre boîte de réception",
        paragraphs=(
            (
                "Nous vous écrivons dans les minutes qui viennent : suivez le lien du message pour "
                "confirmer."
            ),
            (
                "Rien n’arrive ? Regardez dans les indésirables. Nous écrivons au plus une fois "
                "par jour à une même adresse."
            ),
        ),
    ),
    confirm_title="Confirmer votre inscription",
    confirm_intro="Un appui sur le bouton, et nos conseils vous arriveront à cette adresse.",
    confirm_button="Confirmer mon inscription",
    confirm_leave="Vous n’avez rien demandé ? Fermez cette page : rien ne vous sera envoyé.",
    confirmed=Notice(
        title="C’est confirmé",
        paragraphs=(
            "Vous recevrez nos prochains conseils.",
            (
                "Chaque message se termine par un lien pour les arrêter, ou pour choisir ce que "
                "vous recevez."
            ),
        ),
    ),
)
