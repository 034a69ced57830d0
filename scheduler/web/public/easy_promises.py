"""In easy French: the page of commitments, and the sheet of numbers to keep at home."""

from dataclasses import replace

from scheduler.web.public.french_promises import SHEET as FRENCH_SHEET
from scheduler.web.public.texts import PromiseTexts

PROMISES = PromiseTexts(
    title="Ce que nous promettons",
    intro="Cette page dit ce que nous faisons.\n"
    "Vous pouvez la lire avec une personne de confiance.\n"
    "Si nous faisons autre chose, dites-le-nous.",
    parts=(
        (
            "Nos messages",
            (
                (
                    "Nous envoyons 4 messages en octobre.\n"
                    "Les autres mois, nous envoyons 1 message.\n"
                    "Parfois, nous envoyons aussi une invitation."
                ),
                "Nous n’écrivons jamais la nuit.",
                (
                    "Nous ne demandons jamais un mot de passe ou un code.\n"
                    "Nous ne demandons jamais d’argent."
                ),
                (
                    "Vous pouvez arrêter nos messages quand vous voulez.\n"
                    "Vous n’avez pas besoin de dire pourquoi."
                ),
            ),
        ),
        (
            "Ce que nous comptons",
            (
                (
                    "Nous comptons les messages envoyés.\n"
                    "Nous comptons les personnes qui arrêtent nos messages.\n"
                    "Nous comptons les réponses à nos quiz, et les avis.\n"
                    "Nous ne disons jamais qui."
                ),
                (
                    "Nous ne regardons pas si vous ouvrez un message.\n"
                    "Nous ne regardons pas si vous cliquez."
                ),
            ),
        ),
        (
            "Ce que nous gardons",
            (
                (
                    "Nous gardons votre adresse ou votre numéro.\n"
                    "Nous gardons votre langue et votre lieu de vie.\n"
                    "Si vous nous avez dit oui, nous gardons la preuve.\n"
                    "Nous gardons tout cela {contacts_years} ans au plus."
                ),
                (
                    "Nous gardons la liste des messages que vous avez reçus.\n"
                    "Nous la gardons {deliveries_months} mois."
                ),
                (
                    "Si vous nous dites non, nous gardons ce non pour toujours.\n"
                    "Comme cela, nous ne l’oublions pas."
                ),
            ),
        ),
        (
            "Si une personne vole vos informations chez nous",
            (
                "Nous le disons à la CNIL en moins de 3 jours.\nLa CNIL protège vos informations.",
                (
                    "Si c’est dangereux pour vous, nous vous écrivons le plus vite possible.\n"
                    "Nous vous disons ce qui s’est passé.\n"
                    "Nous vous disons quoi faire.\n"
                    "Nous vous disons qui appeler."
                ),
                (
                    "Ce message ne demande jamais un code.\n"
                    "Il ne demande jamais d’argent.\n"
                    "Si un message demande cela, il n’est pas de nous."
                ),
            ),
        ),
    ),
    sent_title="Nos messages depuis 1 an",
    sent_intro="Voici la liste de nos messages.\nLa liste est la même pour tout le monde.",
    sent_nothing="Nous n’avons rien envoyé depuis 1 an.",
    sent_page="Lire ces messages",
    broken_title="Si nous ne tenons pas nos promesses",
    broken=(
        "Écrivez-nous : {contact}.",
        (
            "Pour vos informations, écrivez à cette adresse : {dpo}.\n"
            "Nous vous répondons en moins de 1 mois.\n"
            "Vous pouvez aussi écrire à la CNIL : www.cnil.fr."
        ),
    ),
)

SHEET = replace(
    FRENCH_SHEET,
    link="La feuille « Mes vrais numéros »",
    link_intro="Nous avons fait une feuille à imprimer.\n"
    "Écrivez dessus les numéros utiles.\n"
    "Gardez la feuille sur le frigo.",
    on_paper="Pour imprimer, ouvrez le menu du navigateur.\n"
    "Le navigateur est le programme qui montre cette page.\n"
    "Puis choisissez « Imprimer ».\n"
    "Vous écrivez seulement sur le papier.\n"
    "Notre site ne garde rien.",
)
