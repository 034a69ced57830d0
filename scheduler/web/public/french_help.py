"""In French: the help page, « Ce message vient-il de nous ? », and what surrounds a web version."""

from scheduler.web.public.texts import HelpTexts, MessageTexts, Notice, VerifyTexts

HELP = HelpTexts(
    title="Nos messages : aide et contact",
    intro="Qui vous écrit, comment ne plus recevoir nos messages, que faire d’un message "
    "douteux : tout tient sur cette page.",
    ours_title="Vous avez un doute sur un message ?",
    ours="Nos noms, nos adresses, la liste de ce que nous avons envoyé :",
    way_out_title="Ne plus recevoir nos messages",
    way_out=(
        (
            "Chaque courriel se termine par un lien : une page s’ouvre, vous appuyez une fois, "
            "c’est fait. La même page permet de choisir ce que vous recevez."
        ),
        "Chaque SMS se termine par la façon de ne plus en recevoir.",
        "Vous pouvez aussi nous le demander, par écrit ou par téléphone.",
    ),
    links_begin="Nos liens de désinscription commencent toujours par :",
    links_or="ou",
    doubt_title="Un message vous semble faux ?",
    doubt=(
        (
            (
                "Un SMS : transférez-le au 33700, c’est gratuit. Le service répond en demandant le "
                "numéro de l’expéditeur."
            ),
            "https://www.33700.fr",
            "www.33700.fr",
        ),
        (
            "Un courriel : confiez-le à Signal Spam, après y avoir créé un compte.",
            "https://www.signal-spam.fr",
            "www.signal-spam.fr",
        ),
        (
            (
                "Vous avez cliqué ou donné un code ? Le site 17Cyber vous conseille jour et nuit, "
                "et vous met au besoin en relation, par écrit, avec la police ou la gendarmerie."
            ),
            "https://17cyber.gouv.fr",
            "17cyber.gouv.fr",
        ),
        (
            "Plutôt parler à quelqu’un ? Info Escroqueries, gratuit, en semaine de 9 h à 18 h 30.",
            "tel:+33805805817",
            "0 805 805 817",
        ),
        (
            "France Victimes, gratuit, tous les jours de 9 h à 19 h.",
            "tel:116006",
            "116 006",
        ),
    ),
    data_title="Vos données",
    data="Nous gardons de quoi vous écrire, et rien de ce que vous lisez.",
    data_dpo="Pour consulter, corriger ou faire effacer vos données, écrivez à notre délégué "
    "à la protection des données :",
    data_page="Tout le détail est là :",
)

VERIFY = VerifyTexts(
    title="Ce message vient-il de nous ?",
    intro="Un doute est toujours permis, et vérifier ne prend qu’une minute. Comparez ce que vous "
    "avez reçu avec ce qui suit : un seul écart suffit à écarter un message. L’inverse n’est pas "
    "vrai, car un nom et une adresse se copient. Seule la liste de nos envois, plus bas, ou un "
    "appel à notre accueil confirme qu’un message est de nous.",
    typed="Pour revenir ici sans passer par un message, tapez vous-même cette adresse :",
    email_title="Nos courriels",
    email_name="Le nom affiché est toujours :",
    email_address="L’adresse de l’expéditeur est toujours :",
    email_answers="Vos réponses arrivent à :",
    email_returns="Les détails techniques du message (« chemin de retour », « Return-Path ») "
    "nomment le domaine :",
    sms_title="Nos SMS",
    sms_name="Ils portent toujours le nom :",
    sms_number="Ils viennent toujours du numéro :",
    links_title="Nos liens",
    links_ours="Nos propres pages sont à :",
    links_known="Nous pouvons aussi citer ces sites :",
    links_whole="Un lien mène ailleurs ? Le message n’est pas de nous.",
    never_title="Ce que nous ne faisons jamais",
    never=(
        "Demander un mot de passe, un code, une carte bancaire, une ordonnance ou un paiement.",
        "Joindre un fichier, sauf un rendez-vous pour votre agenda (fichier .ics).",
        "Raccourcir un lien, le cacher derrière un autre, ou vous faire lire un code à scanner.",
        "Vous presser : lisez nos messages quand vous voulez, ou pas du tout.",
        "Mesurer qui ouvre nos messages et qui suit leurs liens.",
    ),
    sent_title="Ce que nous avons envoyé depuis un an",
    sent_intro="La liste est la même pour tout le monde : vous n’avez pas forcément reçu chacun "
    "de ces messages. Un titre qui est un lien mène au texte "
    "exact ; les autres messages se reconnaissent à leur date, à leur expéditeur et à leur objet.",
    sent_nothing="Nous n’avons rien envoyé depuis un an.",
    sent_absent="Votre message n’y est pas ? Méfiez-vous, et demandez-nous.",
    other_texts="aussi :",
    doubt="Toujours un doute ? Que faire d’un message suspect",
)

MESSAGE = MessageTexts(
    listen="Écouter ce message",
    forward="Le texte seul, à transférer",
    strip="Version en ligne d’un message envoyé le",
    sms_title="Un SMS que nous avons envoyé",
    sms_ending="Chaque SMS reçu se termine en plus par la façon de ne plus en recevoir.",
    called_off="Annulé : cet événement n’aura pas lieu.",
    react_title="Ce conseil, à vous de dire",
    reactions={
        "useful": "Ce conseil m’a été utile",
        "not-for-me": "Pas pour moi",
        "shown": "Je l’ai montré à un proche",
    },
    react_rule="Nous comptons les réponses, jamais les personnes : rien ne dit qui a "
    "appuyé, ni quand.",
    reacted=Notice(
        title="Merci, c’est compté",
        paragraphs=(
            "Rien d’autre n’est noté : ni votre nom, ni l’heure, ni votre appareil.",
            (
                "Pour le transmettre à quelqu’un, donnez l’adresse de la page précédente : elle "
                "est la même pour tout le monde et ne mène à personne."
            ),
        ),
    ),
)
