"""Figures that somebody types, and the report of a campaign."""

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    "Figures read elsewhere: reactions, attendance, reports to the help desk.": (
        "Chiffres lus ailleurs : réactions, participants, messages signalés au support."
    ),
    "What is counted: {}.": "Ce qui est compté : {}.",
    "The figure.": "Le chiffre.",
    "Its number, as `reflexe figures list` shows it.": (
        "Son numéro, tel que `reflexe figures list` le montre."
    ),
    "The campaign it is about.": "La campagne dont il parle.",
    "Its season: a year, such as 2026.": "Sa saison : une année, comme 2026.",
    "Where it was read: a page, a tool, an attendance sheet; no name.": (
        "Où il a été lu : une page, un outil, une feuille de présence ; aucun nom."
    ),
    "When it was read; absent: today.": "Quand il a été lu ; absent : aujourd'hui.",
    "Of this campaign alone.": "De cette campagne seulement.",
    "Keep a figure. The same one said twice is kept once.": (
        "Garde un chiffre. Le même, dit deux fois, n'est gardé qu'une."
    ),
    "Every figure that was typed, with its source, its day and who typed it.": (
        "Chaque chiffre saisi, avec sa source, son jour et qui l'a saisi."
    ),
    "Take a figure away; the audit log keeps that it was there.": (
        "Retire un chiffre ; le journal des actes garde qu'il était là."
    ),
    (
        "Figures of one occurrence, by audience, channel and territory, and what each received; or "
        "the report of a campaign's season."
    ): (
        "Chiffres d'un rendez-vous, par public, canal et territoire, et ce que chacun a reçu ; ou "
        "le bilan d'une saison d'une campagne."
    ),
    "One occurrence, or else a campaign's season.": (
        "Un rendez-vous, ou sinon la saison d'une campagne."
    ),
    "The report of this campaign's season.": "Le bilan de la saison de cette campagne.",
    "Write that report as a page.": "Écrit ce bilan comme une page.",
    "Write its figures for spreadsheets.": "Écrit ses chiffres pour les tableurs.",
    "Also dates, texts with fingerprints and approvals; no names.": (
        "Aussi les dates, les textes avec leur empreinte et les autorisations ; aucun nom."
    ),
    "--people and --unreached go with one occurrence: name it": (
        "--people et --unreached vont avec un rendez-vous : nommez-le"
    ),
    "{} is a campaign: name one of its occurrences; there are: {}": (
        "{} est une campagne : nommez un de ses rendez-vous ; il y a : {}"
    ),
    "name one occurrence, or --campaign and --season": (
        "nommez un rendez-vous, ou --campaign et --season"
    ),
    "there is no season {}; there are: {}": "il n'y a pas de saison {} ; il y a : {}",
    "The report is written to {}.": "Le bilan est écrit dans {}.",
    "The page to write; it works without a network.": (
        "La page à écrire ; elle marche sans réseau."
    ),
    "Write the password battle as one page, with everything within, in French and English.": (
        "Écrit la bataille des mots de passe comme une seule page, avec tout dedans, en français "
        "et en anglais."
    ),
    "The battle is written to {}: open it in a browser; nothing that is typed leaves it.": (
        "La bataille est écrite dans {} : ouvrez-la dans un navigateur ; rien de ce qui y est tapé "
        "n'en sort."
    ),
    "Kept.": "C'est noté.",
    "It is there already.": "Il est déjà là.",
    "The figure is removed.": "Le chiffre est retiré.",
    "Campaign": "Campagne",
    "Season": "Saison",
    "What": "Quoi",
    "Figure": "Chiffre",
    "Source": "Source",
    "Read on": "Lu le",
    "Typed by": "Saisi par",
    "{} is no kind of figure; there are: {}": "{} n'est pas une sorte de chiffre ; il y a : {}",
    "{} is not a campaign's name": "{} n'est pas le nom d'une campagne",
    "there is no campaign {}; there are: {}": "il n'y a pas de campagne {} ; il y a : {}",
    "{} is not a season: say a year, such as 2026": (
        "{} n'est pas une saison : dites une année, comme 2026"
    ),
    "a figure is from 0 to {}": "un chiffre va de 0 à {}",
    "say where the figure was read, in at most {} signs": (
        "dites où le chiffre a été lu, en {} signes au plus"
    ),
    "a source has no address and no number of anybody": (
        "une source n'a ni adresse ni numéro de personne"
    ),
    "a figure is read on a day from {} to today, never to come": (
        "la date de lecture ne peut pas être à venir, ni d'avant le {}"
    ),
    "{} is no season here: a year from {} to {}": (
        "{} n'est pas une saison : dites une année, de {} à {}"
    ),
    "the source is empty: say where the figure was read": (
        "la source est vide : dites où le chiffre a été lu"
    ),
    "the source has a control sign: type it again": (
        "la source a un signe de contrôle : tapez-la de nouveau"
    ),
    (
        "What is counted: linkedin-reactions, linkedin-shares, webinar-attendance, "
        "workshop-attendance, help-desk-reports, printed or other."
    ): (
        "Ce qui est compté : linkedin-reactions (réactions), linkedin-shares (partages), "
        "webinar-attendance et workshop-attendance (participants à un webinaire, à un atelier), "
        "help-desk-reports (signalements au support), printed (imprimés) ou other (autre)."
    ),
    "figure {} is another of the same source and day: remove it first": (
        "le chiffre {} est un autre de la même source et du même jour : retirez-le d'abord"
    ),
    "there is no figure {}: `reflexe figures list` shows them": (
        "il n'y a pas de chiffre {} : `reflexe figures list` les montre"
    ),
}
