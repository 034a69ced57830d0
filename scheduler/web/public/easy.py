"""The public pages in easy French: « version simple », until people concerned have read it.

A sentence a line. What is no sentence (days, names of channels) is the French pages' own.
"""

from dataclasses import replace

from scheduler.domain.showing.public_pages import Conformity
from scheduler.web.public.easy_choices import CHOICES, SUBSCRIBE
from scheduler.web.public.easy_help import HELP, MESSAGE, VERIFY
from scheduler.web.public.easy_promises import PROMISES, SHEET
from scheduler.web.public.french import FRENCH
from scheduler.web.public.french_quiz import EASY as QUIZ
from scheduler.web.public.texts import Notice, WayOutTexts

_SERVICE = (
    "Il y a 1 exception : les messages très importants.\n"
    "Par exemple : une personne a volé vos informations.\n"
    "Nous devons vous le dire."
)

EASY = replace(
    FRENCH,
    code="fr-falc",
    language_name="Version simple",
    channels={"email": "Mail", "sms": "SMS"},
    variants={"fr": "français", "fr-falc": "version simple", "en": "anglais"},
    skip="Aller au texte",
    reach_us="Pour nous contacter :",
    call_us="Pour parler à une personne de chez nous :",
    pages="Autres pages",
    verify_link="Savoir si un message vient de nous",
    help_link="Aide",
    accessibility_links={
        Conformity.NONE: "Accessibilité : non conforme",
        Conformity.PARTIAL: "Accessibilité : partiellement conforme",
        Conformity.FULL: "Accessibilité : totalement conforme",
    },
    privacy_link="Ce que nous faisons de vos informations",
    site_link="Notre site",
    test_title="C’est un essai",
    test="Cette page est un exemple.\nLe bouton ne change rien.",
    test_done="C’était un essai.\nRien ne change.",
    email=WayOutTexts(
        title="Ne plus recevoir nos messages",
        intro="Appuyez sur le bouton.\n"
        "C’est tout.\n"
        "Vous n’avez pas besoin de mot de passe.\n"
        "Vous n’avez pas besoin de dire pourquoi.",
        covers_title="Ce que fait le bouton",
        covers=(
            "Vous ne recevez plus nos mails.",
            _SERVICE,
            (
                "Si vous recevez aussi des SMS de nous, ils continuent.\n"
                "Un SMS est un petit message que vous recevez sur votre téléphone.\n"
                "Chaque SMS dit comment ne plus en recevoir."
            ),
        ),
        button="Ne plus recevoir ces messages",
        leave_it="Pour garder nos messages, fermez cette page.\nRien ne change.",
        choose="Choisir les messages que vous recevez",
        origin_title="",
        origin=(),
        origin_of="",
        own_origin="",
        version="",
        done_title="C’est fait",
        done=("Nous ne vous envoyons plus de mails.", _SERVICE),
        done_later=(
            "Un message est peut-être déjà parti.\nVous pouvez encore le recevoir.",
            "Vous pouvez fermer cette page.",
        ),
        next_title="Si vous vouliez autre chose",
        narrower="Choisir les messages que vous gardez",
        wider="Pour arrêter aussi les SMS, appuyez sur ce bouton.\n"
        "Vous ne recevrez plus aucun SMS de nous.",
        wider_button="Arrêter tous vos messages",
        back="Pour recevoir de nouveau nos mails, appuyez sur ce bouton.",
        back_button="Recevoir de nouveau les mails",
    ),
    sms=WayOutTexts(
        title="Ne plus recevoir nos SMS",
        intro="Un SMS est un petit message que vous recevez sur votre téléphone.\n"
        "Appuyez sur le bouton.\n"
        "C’est tout.\n"
        "Vous n’avez pas besoin de mot de passe.\n"
        "Vous n’avez pas besoin de dire pourquoi.",
        covers_title="Ce que fait le bouton",
        covers=(
            (
                "Vous ne recevez plus aucun SMS de nous.\n"
                "Même les messages importants ne viennent plus par SMS."
            ),
            (
                "Si vous recevez aussi des mails de nous, ils continuent.\n"
                "Chaque mail dit comment ne plus en recevoir."
            ),
        ),
        button="Ne plus recevoir de SMS",
        leave_it="Pour garder nos SMS, fermez cette page.\nRien ne change.",
        choose="Choisir les messages que vous recevez",
        origin_title="Qui nous a donné votre numéro ?",
        origin=(
            "{origin}\nNous avons le droit de vous écrire.\nVoici la raison dans la loi : {basis}.",
            (
                "Nous gardons votre numéro, votre langue et votre lieu de vie.\n"
                "Nous nous en servons seulement pour vous écrire.\n"
                "Une entreprise envoie nos SMS.\n"
                "Elle connaît votre numéro.\n"
                "{transfer}"
                "Nous gardons votre numéro {years} ans au plus.\n"
                "Vous pouvez nous demander de l’effacer plus tôt."
            ),
            (
                "Vous avez des droits.\n"
                "Vous pouvez demander à voir vos informations.\n"
                "Vous pouvez demander une copie.\n"
                "Vous pouvez demander de les corriger.\n"
                "Vous pouvez demander de les effacer.\n"
                "Vous pouvez nous dire de ne plus les utiliser.\n"
                "Vous pouvez nous dire de les garder sans les utiliser.\n"
                "Écrivez à cette adresse : {dpo}.\n"
                "La CNIL protège vos droits.\n"
                "Vous pouvez aussi lui écrire : www.cnil.fr."
            ),
            "Une page explique ce que nous faisons de vos informations{version} :\n{notice}",
        ),
        origin_of="Votre numéro vient de : {origin}.",
        own_origin="Vous nous avez donné votre numéro.\nIl est dans notre fichier : {origin}.",
        version=" (version {version})",
        done_title="C’est fait",
        done=("Nous ne vous envoyons plus de SMS.",),
        done_later=(
            "Un SMS est peut-être déjà parti.\nVous pouvez encore le recevoir.",
            "Vous pouvez fermer cette page.",
        ),
        next_title="Si vous vouliez autre chose",
        narrower="Choisir les messages que vous gardez",
        wider="Pour arrêter aussi nos mails, appuyez sur ce bouton.",
        wider_button="Arrêter tous vos messages",
        back="Pour recevoir de nouveau nos SMS, appuyez sur ce bouton.",
        back_button="Recevoir de nouveau les SMS",
    ),
    choices=CHOICES,
    subscribe=SUBSCRIBE,
    subscribe_link="Recevoir nos conseils",
    help=HELP,
    verify=VERIFY,
    message=MESSAGE,
    quiz=QUIZ,
    promises=PROMISES,
    promises_link="Ce que nous promettons",
    sheet=SHEET,
    accessibility_title="Accessibilité de ce site",
    welcome=Notice(
        title="Nos messages",
        paragraphs=(
            (
                "Cette adresse est dans nos messages.\n"
                "La page d’aide explique comment reconnaître nos messages.\n"
                "Elle explique aussi comment ne plus les recevoir."
            ),
        ),
    ),
    unknown_link=Notice(
        title="Ce lien ne marche pas",
        paragraphs=(
            (
                "Il manque peut-être un morceau de l’adresse.\n"
                "Ouvrez de nouveau le lien dans le message."
            ),
            (
                "Si le lien ne marche toujours pas, écrivez-nous.\n"
                "Nous arrêterons les messages pour vous."
            ),
        ),
    ),
)
