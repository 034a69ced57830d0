"""In easy French: the help page, « Ce message vient-il de nous ? », and what surrounds a web
version."""

from scheduler.web.public.texts import HelpTexts, MessageTexts, Notice, VerifyTexts

HELP = HelpTexts(
    title="Aide sur nos messages",
    intro="Cette page explique qui nous sommes.\n"
    "Elle explique comment ne plus recevoir nos messages.\n"
    "Elle explique quoi faire avec un faux message.\n"
    "Vous pouvez la lire avec une personne de confiance.",
    ours_title="Savoir si un message vient de nous",
    ours="Une page donne la liste de nos vrais messages :",
    way_out_title="Ne plus recevoir nos messages",
    way_out=(
        (
            "Chaque mail a un lien à la fin.\n"
            "Appuyez sur ce lien.\n"
            "Une page s’ouvre.\n"
            "Appuyez sur le bouton de la page."
        ),
        "Chaque SMS dit comment ne plus en recevoir.",
        "Vous pouvez aussi nous écrire ou nous téléphoner.",
    ),
    links_begin="Nos liens pour arrêter les messages commencent toujours par :",
    links_or="ou par :",
    doubt_title="Un message vous semble faux",
    doubt=(
        (
            (
                "C’est un SMS.\n"
                "Transférez ce SMS au numéro 33700.\n"
                "C’est gratuit.\n"
                "Le 33700 vous demande le numéro de la personne.\n"
                "Plus d’informations :"
            ),
            "https://www.33700.fr",
            "www.33700.fr",
        ),
        (
            (
                "C’est un mail.\n"
                "Donnez-le au service Signal Spam.\n"
                "Il faut d’abord créer un compte sur ce site :"
            ),
            "https://www.signal-spam.fr",
            "www.signal-spam.fr",
        ),
        (
            (
                "Vous avez appuyé sur un lien ou donné un code.\n"
                "Allez sur le site 17Cyber.\n"
                "Il vous aide le jour et la nuit :"
            ),
            "https://17cyber.gouv.fr",
            "17cyber.gouv.fr",
        ),
        (
            (
                "Vous voulez parler à une personne.\n"
                "Téléphonez au service Info Escroqueries.\n"
                "Une escroquerie est un vol par mensonge.\n"
                "C’est gratuit.\n"
                "Téléphonez du lundi au vendredi, entre 9 heures et 18 heures 30 :"
            ),
            "tel:+33805805817",
            "0 805 805 817",
        ),
        (
            (
                "Vous pouvez aussi téléphoner à France Victimes.\n"
                "C’est gratuit.\n"
                "Téléphonez tous les jours, entre 9 heures et 19 heures :"
            ),
            "tel:116006",
            "116 006",
        ),
    ),
    data_title="Vos informations",
    data="Nous gardons seulement ce qu’il faut pour vous écrire.\n"
    "Nous ne regardons pas ce que vous lisez.",
    data_dpo="Vous pouvez voir, corriger ou faire effacer vos informations.\n"
    "Écrivez à cette adresse :",
    data_page="Une page explique tout :",
)

VERIFY = VerifyTexts(
    title="Savoir si un message vient de nous",
    intro="Des personnes envoient de faux messages.\n"
    "Elles peuvent copier notre nom et notre adresse.\n"
    "Regardez bien votre message.\n"
    "Comparez-le avec cette page.\n"
    "Si 1 chose est différente, le message est faux.\n"
    "Si tout est pareil, le message est peut-être faux quand même.\n"
    "Pour être sûr, regardez la liste en bas de la page.\n"
    "Ou téléphonez-nous.",
    typed="Vous pouvez écrire vous-même l’adresse de cette page :",
    email_title="Nos mails",
    email_name="Le nom est toujours :",
    email_address="L’adresse est toujours :",
    email_answers="Vos réponses vont à :",
    email_returns="Le mail cache aussi le nom :",
    sms_title="Nos SMS",
    sms_name="Le nom est toujours :",
    sms_number="Le numéro est toujours :",
    links_title="Nos liens",
    links_ours="Nos pages sont à ces adresses :",
    links_known="Nous parlons aussi de ces sites :",
    links_whole="Si le lien va sur un autre site, le message est faux.",
    never_title="Ce que nous ne faisons jamais",
    never=(
        "Nous ne demandons jamais un mot de passe ou un code.",
        "Nous ne demandons jamais votre carte bancaire ou de l’argent.",
        "Nous ne demandons jamais une ordonnance.",
        (
            "Nous n’envoyons pas de fichier.\n"
            "Il y a 1 exception : un rendez-vous à mettre dans un agenda."
        ),
        "Nous ne cachons pas les liens.",
        "Nous ne vous demandons jamais de scanner un code.",
        "Nous ne vous demandons jamais d’aller vite.",
        "Nous ne regardons pas si vous ouvrez nos messages.",
    ),
    sent_title="La liste de nos vrais messages",
    sent_intro="Voici nos messages depuis 1 an.\n"
    "La liste est la même pour tout le monde.\n"
    "Vous n’avez peut-être pas reçu tous ces messages.\n"
    "Appuyez sur un titre pour lire le message.",
    sent_nothing="Nous n’avons rien envoyé depuis 1 an.",
    sent_absent="Si votre message n’est pas dans la liste, faites attention.\nContactez-nous.",
    other_texts="aussi :",
    doubt="Quoi faire avec un faux message",
)

MESSAGE = MessageTexts(
    listen="Écouter ce message",
    forward="Le texte, pour l’envoyer à un proche",
    strip="Ce message est parti le",
    sms_title="Un SMS que nous avons envoyé",
    sms_ending="À la fin, chaque SMS dit aussi comment ne plus en recevoir.",
    called_off="Cette rencontre est annulée.",
    react_title="Votre avis sur ce conseil",
    reactions={
        "useful": "Ce conseil est utile",
        "not-for-me": "Ce conseil n’est pas pour moi",
        "shown": "J’ai montré ce conseil à un proche",
    },
    react_rule="Nous comptons les réponses.\nNous ne savons pas qui répond.",
    reacted=Notice(
        title="Merci",
        paragraphs=(
            "Votre réponse est comptée.\nVotre nom n’est pas écrit.",
            "Vous pouvez donner l’adresse de la page d’avant à un proche.",
        ),
    ),
)
