"""In French: the page of commitments, and the sheet of numbers to keep at home."""

from scheduler.web.public.texts import PromiseTexts, SheetTexts

PROMISES = PromiseTexts(
    title="Nos engagements",
    intro="Ce que vous pouvez attendre de nous, noir sur blanc. Nous vous demandons de vérifier "
    "qui vous écrit : à nous de commencer par dire ce que nous faisons.",
    parts=(
        (
            "Ce que nous envoyons",
            (
                (
                    "Quatre messages en octobre, un rappel par mois le reste de l’année, et "
                    "parfois une invitation."
                ),
                (
                    "Rappels et invitations s’effacent d’eux-mêmes : au plus {week} messages par "
                    "canal en sept jours et {month} en trente et un."
                ),
                (
                    "Jamais la nuit, et jamais une demande de mot de passe, de code, de carte ou "
                    "d’argent."
                ),
                "Vous arrêtez tout d’un seul geste, sans dire pourquoi, avant l’envoi suivant.",
            ),
        ),
        (
            "Ce que nous comptons",
            (
                (
                    "Combien de messages sont partis, arrivés ou revenus, et combien de personnes "
                    "ont dit stop. Ces nombres sont arrondis : nul ne s’y reconnaît."
                ),
                (
                    "Pour nos quiz et nos conseils, combien de fois chaque réponse ou chaque avis "
                    "a été donné : jamais par qui, ni quand."
                ),
                (
                    "Rien de ce que vous lisez : aucune image espionne, aucun lien suivi, aucune "
                    "mesure de qui ouvre et de qui clique."
                ),
            ),
        ),
        (
            "Ce que nous gardons",
            (
                (
                    "De quoi vous écrire (votre adresse ou votre numéro, votre langue, votre lieu "
                    "de vie) et la preuve de votre accord : {contacts_years} ans au plus après "
                    "votre dernier geste."
                ),
                (
                    "Quels messages vous avez reçus : {deliveries_months} mois, puis des totaux "
                    "seulement."
                ),
                (
                    "Votre refus : sans limite, sous une forme qui ne dit pas votre adresse. "
                    "C’est le seul moyen de ne jamais l’oublier."
                ),
            ),
        ),
        (
            "Si un incident touche vos données",
            (
                (
                    "La CNIL en est avertie dans les 72 heures après que nous l’avons appris, "
                    "sauf s’il est sans risque pour vous (RGPD, article 33)."
                ),
                (
                    "S’il peut vous faire du tort, nous vous écrivons dans les meilleurs délais : "
                    "ce qui s’est passé, ce que nous avons fait, ce que vous pouvez faire, qui "
                    "appeler (article 34)."
                ),
                (
                    "Ce message ne vous demandera ni code, ni paiement, ni de vous dépêcher. Si "
                    "on le fait en notre nom, ce n’est pas nous."
                ),
            ),
        ),
    ),
    sent_title="Ce qui est parti, et quand",
    sent_intro="Depuis un an, les plus récents d’abord. La liste est la même pour tout le monde.",
    sent_nothing="Nous n’avons rien envoyé depuis un an.",
    sent_page="Lire ces messages, et vérifier celui que vous avez reçu",
    broken_title="Et si nous y manquons ?",
    broken=(
        "Dites-le-nous : {contact}.",
        (
            "Pour vos données, notre délégué à leur protection vous répond dans le mois : {dpo}. "
            "Vous pouvez aussi saisir la CNIL (www.cnil.fr)."
        ),
    ),
)

SHEET = SheetTexts(
    title="Mes vrais numéros",
    link="« Mes vrais numéros » : la feuille à imprimer",
    link_intro="Un appel, un message vous inquiète ? Le bon numéro est celui que vous aviez déjà. "
    "Une feuille à remplir à la main et à garder sur le frigo :",
    intro="Gardez cette feuille sur le frigo.\n"
    "Un appel ou un message vous inquiète ?\n"
    "N’appelez pas le numéro du message.\n"
    "Appelez le numéro de cette feuille.",
    how_title="Comment la remplir",
    how="Écrivez les numéros à la main.\n"
    "Une personne de confiance peut vous aider.\n"
    "Les vrais numéros sont sur une carte, une facture ou un papier officiel.\n"
    "Ils ne sont jamais dans un message reçu.",
    blanks=(
        ("Mon médecin", "sur une ordonnance"),
        ("Ma pharmacie", "sur un ticket ou une boîte"),
        ("Mon assurance maladie", "sur une lettre, ou sur ameli.fr"),
        ("Ma mutuelle", "sur sa carte"),
        ("Ma banque", "sur un relevé"),
        ("Bloquer ma carte bancaire", "sur un relevé, parfois au dos de la carte"),
        ("Ma personne de confiance", ""),
    ),
    ours="Chez nous",
    known_title="Des numéros déjà écrits",
    known=(
        ("Urgence médicale (SAMU)", "une vie est en danger", "15"),
        ("Urgence, par SMS", "pour qui entend ou parle mal", "114"),
        ("SMS bizarre", "à transférer à ce numéro", "33700"),
        (
            "Info Escroqueries",
            "un vol par mensonge\nc’est gratuit\ndu lundi au vendredi, de 9 h à 18 h 30",
            "0 805 805 817",
        ),
        (
            "France Victimes",
            "pour en parler\nc’est gratuit\ntous les jours, de 9 h à 19 h",
            "116 006",
        ),
    ),
    never="Ne dites jamais un code ou un mot de passe.\nMême à nous.",
    on_paper="Pour imprimer : dans le menu du navigateur, choisissez « Imprimer ». Rien de ce que "
    "vous écrivez sur la feuille n’est gardé par ce site.",
)
