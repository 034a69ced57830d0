"""The public pages in French."""

from scheduler.domain.showing.public_pages import Conformity
from scheduler.domain.words.french import french_date
from scheduler.web.public.french_choices import CHOICES
from scheduler.web.public.french_help import HELP, MESSAGE, VERIFY
from scheduler.web.public.french_promises import PROMISES, SHEET
from scheduler.web.public.french_quiz import QUIZ
from scheduler.web.public.french_subscribe import SUBSCRIBE
from scheduler.web.public.texts import Notice, Texts, WayOutTexts

FRENCH = Texts(
    code="fr",
    language="fr",
    language_name="Français",
    day=french_date,
    channels={"email": "Courriel", "sms": "SMS"},
    variants={
        "fr": "français",
        "fr-falc": "facile à lire et à comprendre",
        "en": "anglais",
    },
    skip="Aller au contenu",
    reach_us="Pour nous joindre :",
    call_us="Pour parler à quelqu’un de chez nous :",
    pages="Autres pages",
    verify_link="Ce message vient-il de nous ?",
    help_link="Aide et contact",
    accessibility_links={
        Conformity.NONE: "Accessibilité : non conforme",
        Conformity.PARTIAL: "Accessibilité : partiellement conforme",
        Conformity.FULL: "Accessibilité : totalement conforme",
    },
    privacy_link="Ce que nous faisons de vos données",
    site_link="Notre site",
    test_title="Lien d’essai",
    test="La page est celle que verrait un lecteur, mais son bouton n’enregistre rien.",
    test_done="C’était un essai : rien n’a été enregistré.",
    email=WayOutTexts(
        title="Ne plus recevoir nos messages",
        intro="Un appui sur le bouton suffit : ni mot de passe, ni raison à donner.",
        covers_title="Ce que le bouton arrête",
        covers=(
            "Tous nos messages par courriel à votre adresse : campagnes, rappels et invitations.",
            (
                "Seuls restent les messages de service, par exemple pour vous prévenir d’une fuite "
                "de données."
            ),
            "Les SMS, si vous en recevez, ne changent pas : chacun dit comment les arrêter.",
        ),
        button="Ne plus recevoir ces messages",
        leave_it="Vous préférez les garder ? Fermez cette page : rien n’aura changé.",
        choose="Choisir plutôt ce que vous recevez",
        origin_title="",
        origin=(),
        origin_of="",
        own_origin="",
        version="",
        done_title="C’est fait",
        done=(
            "Nous ne vous enverrons plus de courriels : ni campagnes, ni rappels, ni invitations.",
            (
                "Seuls restent les messages de service, par exemple pour vous prévenir d’une fuite "
                "de données."
            ),
        ),
        done_later=(
            "Un message déjà parti peut encore vous arriver.",
            "Vous pouvez fermer cette page.",
        ),
        next_title="Ce n’est pas tout à fait ce que vous vouliez ?",
        narrower="Garder une partie des messages : choisir ce que vous recevez",
        wider="Vous voulez aussi arrêter les SMS, messages de service compris ?",
        wider_button="Arrêter tous vos messages",
        back="Vous avez changé d’avis, ou appuyé par erreur ?",
        back_button="Recevoir de nouveau les courriels",
    ),
    sms=WayOutTexts(
        title="Ne plus recevoir nos SMS",
        intro="Un appui sur le bouton suffit : ni mot de passe, ni raison à donner.",
        covers_title="Ce que le bouton arrête",
        covers=(
            "Tous nos SMS vers votre numéro, messages de service compris.",
            "Les courriels, si vous en recevez, ne changent pas : chacun dit comment les arrêter.",
        ),
        button="Ne plus recevoir de SMS",
        leave_it="Vous préférez les garder ? Fermez cette page : rien n’aura changé.",
        choose="Choisir plutôt ce que vous recevez",
        origin_title="D’où vient votre numéro ?",
        origin=(
            "{origin} Base légale : {basis}.",
            (
                "Nous le gardons, avec votre langue et votre lieu de vie, pour vous envoyer nos "
                "SMS et pour rien d’autre. Seul le prestataire qui les achemine le reçoit. "
                "{transfer}Nous le gardons {years} ans au plus après votre dernier geste, moins "
                "si vous nous le demandez."
            ),
            (
                "Vous pouvez consulter, corriger ou faire effacer vos données, en recevoir une "
                "copie à réutiliser (portabilité), faire limiter leur usage ou vous y opposer : "
                "écrivez à {dpo}. Vous pouvez aussi vous adresser à la CNIL (www.cnil.fr)."
            ),
            "Tout ce que nous faisons de vos données se lit à cette adresse{version} : {notice}",
        ),
        origin_of="Il nous vient de cette source : {origin}.",
        own_origin="Nous le tenons de vous : il figure dans notre propre fichier ({origin}).",
        version=", version {version}",
        done_title="C’est fait",
        done=("Nous n’enverrons plus aucun SMS à votre numéro.",),
        done_later=(
            "Un SMS déjà parti peut encore vous arriver.",
            "Vous pouvez fermer cette page.",
        ),
        next_title="Ce n’est pas tout à fait ce que vous vouliez ?",
        narrower="Garder une partie des messages : choisir ce que vous recevez",
        wider="Vous avez arrêté les SMS seulement. Vous voulez arrêter aussi nos courriels ?",
        wider_button="Arrêter tous vos messages",
        back="Vous avez changé d’avis, ou appuyé par erreur ?",
        back_button="Recevoir de nouveau les SMS",
    ),
    choices=CHOICES,
    subscribe=SUBSCRIBE,
    subscribe_link="Recevoir nos conseils",
    help=HELP,
    verify=VERIFY,
    message=MESSAGE,
    promises=PROMISES,
    promises_link="Nos engagements",
    sheet=SHEET,
    quiz=QUIZ,
    accessibility_title="Accessibilité de ce site",
    welcome=Notice(
        title="Nos messages de prévention",
        paragraphs=(
            (
                "Cette adresse sert aux liens de nos courriels et de nos SMS. Une page dit comment "
                "reconnaître nos messages et comment ne plus les recevoir."
            ),
        ),
    ),
    unknown_link=Notice(
        title="Ce lien n’ouvre rien",
        paragraphs=(
            "Il a peut-être été coupé en route. Ouvrez-le de nouveau depuis le message, en entier.",
            "S’il ne s’ouvre toujours pas, écrivez-nous : nous arrêterons les envois pour vous.",
        ),
    ),
    missing=Notice(
        title="Cette page n’existe pas",
        paragraphs=("L’adresse a peut-être été mal copiée.",),
    ),
    refused=Notice(
        title="Cette demande n’a pas abouti",
        paragraphs=("Revenez à la page précédente et essayez de nouveau.",),
    ),
    too_large=Notice(
        title="Cette demande est trop longue",
        paragraphs=("Nos pages n’envoient jamais autant : rien n’a été lu.",),
    ),
    too_many=Notice(
        title="Trop de demandes à la fois",
        paragraphs=("Revenez dans une heure : rien n’a été enregistré.",),
    ),
)
