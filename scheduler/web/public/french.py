"""The public pages in French."""

from scheduler.web.public.texts import HelpTexts, Notice, Texts, WayOutTexts

FRENCH = Texts(
    language="fr",
    language_name="Français",
    skip="Aller au contenu",
    reach_us="Pour nous joindre :",
    help_link="Ce message vient-il de nous ?",
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
            "Vous pouvez fermer cette page. Si vous changez d’avis, écrivez-nous.",
        ),
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
        done_title="C’est fait",
        done=("Nous n’enverrons plus aucun SMS à votre numéro.",),
        done_later=(
            "Un SMS déjà parti peut encore vous arriver.",
            "Vous pouvez fermer cette page. Si vous changez d’avis, écrivez-nous.",
        ),
    ),
    help=HelpTexts(
        title="Ce message vient-il de nous ?",
        intro="Un doute est toujours permis. Voici à quoi reconnaître nos messages, et comment "
        "nous joindre sans passer par eux.",
        marks_title="À quoi nous reconnaître",
        marks_sender="Nos courriels viennent toujours de la même adresse :",
        marks_sms="Nos SMS portent toujours le même nom ou le même numéro :",
        marks_links="Nos liens de désinscription commencent toujours par :",
        marks_or="ou",
        never_title="Ce que nous ne faisons jamais",
        never=(
            "Nous ne demandons jamais de mot de passe, de code, de carte bancaire ni d’ordonnance.",
            "Nous ne vous pressons jamais : lisez nos messages quand vous voulez, ou pas du tout.",
            "Nous ne mesurons ni les ouvertures ni les clics.",
        ),
        way_out_title="Ne plus recevoir nos messages",
        way_out=(
            (
                "Chaque courriel se termine par un lien : une page s’ouvre, vous appuyez une fois, "
                "c’est fait."
            ),
            "Chaque SMS se termine par la façon de les arrêter.",
            "Vous pouvez aussi nous le demander, par écrit ou par téléphone.",
        ),
        doubt_title="Un message vous semble faux",
        doubt=(
            ("Un SMS : transférez-le au 33700.", "https://www.33700.fr", "www.33700.fr"),
            (
                "Un courriel : confiez-le à Signal Spam.",
                "https://www.signal-spam.fr",
                "www.signal-spam.fr",
            ),
            (
                "Vous avez cliqué ou donné un code ? 17Cyber répond jour et nuit.",
                "https://17cyber.gouv.fr",
                "17cyber.gouv.fr",
            ),
        ),
        data_title="Vos données",
        data="Nous gardons de quoi vous écrire, et rien de ce que vous lisez.",
        data_dpo="Pour consulter, corriger ou faire effacer vos données, écrivez à notre délégué "
        "à la protection des données :",
        data_page="Tout le détail est là :",
    ),
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
)
