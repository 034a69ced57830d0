"""Tone read by its grammar: who does what to whom, here, in the next sentence, or by whom."""

from datetime import date

import pytest

from scheduler.content.rules import (
    claims,
    credit,
    expired,
    imitations,
    language,
    lures,
    neighbours,
    numbers,
)
from scheduler.content.rules import easy as rules_easy
from scheduler.content.rules import speakers as rules_speakers
from scheduler.content.rules.passage import Passage


def told(text: str, tongue: str = "fr") -> set[str]:
    passage = Passage(file="email.fr.md", text=text, language=tongue)
    findings = [
        *lures.text(passage),
        *neighbours.said_together(passage),
        *rules_speakers.speakers(passage),
        *credit.credits_due(passage, ""),
        *numbers.help_numbers(passage),
        *language.language(passage),
        *expired.expired(passage, date(2026, 11, 30)),
    ]
    return {one.rule for one in findings}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Reply “no thanks” and we will take you off the list.", "way-out"),
        ("Départ de la liste : prévenez Awa.", "way-out"),
        ("Un mot de passe fait rire. Racontez-nous le vôtre.", "secret-in-text"),
        ("Munissez-vous de votre code de carte pour le stand.", "secret-in-text"),
        ("Le 3108 écoute les jeunes.", "help-number"),
        ("Transférez le SMS au 3700.", "help-number"),
        ("Donnez-lui le 0 850 805 817.", "help-number"),
        ("En cas de danger, faites le 117.", "help-number"),
        ("C'est votre faute.", "blame"),
        ("Vous perdez tout en un clic.", "fear"),
        ("Un oubli vous vaudra un rappel à l'ordre.", "sanction"),
        ("Le service gagnant ira au restaurant.", "reward-in-text"),
        ("En tant qu'enquêteurs, nous vous demandons de lire.", "impersonation"),
        ("« Le doute protège », rappelle l'affiche.", "credit"),
        ("Répondez avant midi.", "urgency-in-text"),
        ("Assez de nos messages ? Glissez un mot à l'accueil.", "way-out"),
        ("Si ces conseils vous pèsent, prévenez le secrétariat.", "way-out"),
        ("Votre code est-il solide ? Dictez-le-nous.", "secret-in-text"),
        ("Un petit mot avec votre identifiant nous suffira.", "secret-in-text"),
        ("Verrouillez votre poste.\n\nLe brigadier-chef, police nationale", "impersonation"),
        ("Ici la préfecture : votre dossier avance.", "impersonation"),
        ("Qui n'aura pas répondu sera convoqué par la direction.", "sanction"),
        ("Ne pas le signaler vous coûtera cher.", "sanction"),
        ("Un enfant l'aurait vu : vous avez été imprudents.", "blame"),
        ("Pensez à ce qui arrivera à cause de vous.", "blame"),
        ("Un mug est offert à chaque participant.", "reward-in-text"),
        ("Vous n'avez pas encore ouvert notre dernier message.", "tracking-in-text"),
        ("La note (PJ) tient en une page.", "attachment-in-text"),
        ("En Europe, le numéro d'urgence est le 121.", "help-number"),
        ("Le feu prend ? Les pompiers répondent au 19.", "help-number"),
        ("On estime à trois jours la durée moyenne d'une panne.", "credit"),
        ("Trois habitants sur dix gardent le même code.", "credit"),
        ("Gardez votre code.\nDo not give it to anyone.", "other-language"),
        ("La formation va de mars à juin 2025.", "expired-date"),
        ("Le comité du 3 juin 2025 a validé la feuille de route.", "expired-date"),
        ("Nous, conseillers de la CPAM, ne vous demandons jamais de code.", "impersonation"),
        ("La Police nationale vous écrit pour parler des faux policiers.", "impersonation"),
        ("Les équipes de l'ANSSI restent à votre écoute.", "impersonation"),
        ("La panne vient d'un collègue de la paie qui a ouvert un lien.", "blame"),
        ("Une coupure due à un clic sans réfléchir.", "blame"),
        ("Le premier arrivé se verra offrir un repas.", "reward-in-text"),
        ("Prêtez-lui votre badge et son code.", "secret-in-text"),
        ("Validez votre fiche dans l'heure.", "urgency-in-text"),
        ("Voilà ce qu'un seul clic peut coûter à l'hôpital.", "fear"),
        (
            "Si necesita ayuda, nuestras enfermeras le acompañan en la recepción del edificio.",
            "other-language",
        ),
    ],
)
def test_a_relation_is_told(text: str, rule: str) -> None:
    assert rule in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ce n'est pas votre faute.",
        "Un planning en pièce jointe est un faux.",
        "Claire reçoit un mail du directeur : 18 400 euros à verser avant midi.",
        "– De la vôtre, monsieur, le temps presse.",
        "Appelez la sécurité au 3200.",
        "Le poste 3108 répond la nuit.",
        "Le wifi sera coupé de 2 h à 3 h pour travaux.",
        "Le support répond avant midi en semaine.",
        "Votre banque a un numéro pour votre compte.",
        "Le compte Doctolib a un mot de passe. Perdu ? Dites-le-nous.",
        "Trop de messages ? Le lien au bas de cette lettre suffit.",
        "Si quelque chose vous gêne, appelez la sécurité.",
        "Personne ne vous demande votre code. Gardez-le pour vous.",
        "La police rappelle qu'elle ne demande jamais de code.",
        "La personne qui n'a pas signalé un message n'aura aucun reproche.",
        "Vous avez 24 heures, dit le faux message.",
        "Il n'y a rien à gagner à ce quiz, sauf un bon moment.",
        "Les pompiers se joignent au 18.",
        "Il n’y a rien à installer.",
        "En 2017, une attaque a touché des hôpitaux.",
        "Un faux message commence ainsi : la police vous écrit.",
        "La négligence est la nôtre.",
        "On nous demande souvent une copie de carte d'identité.",
        "Le SMS parle d'un colis.\nIl faut payer deux euros.",
        "Le conseil de discipline n'en a jamais entendu parler.",
        "Un tableau, une photo : faites une copie.",
        "Tu as cliqué. Puis tu as vu. Puis tu as eu chaud.",
        "Comme la CNIL, nous aimons les mots de passe longs.",
    ],
)
def test_an_honest_sentence_near_it_is_left_alone(text: str) -> None:
    assert told(text) == set()


def test_a_name_of_a_hospital_in_an_english_text_is_no_french_sentence() -> None:
    assert told("Centre hospitalier de la Ville et du Pays", "en") == set()


def test_an_sms_has_one_line_for_its_easy_sentences() -> None:
    passage = Passage(file="sms.fr-falc.txt", text="Un faux message arrive. Effacez le message.")

    assert {one.rule for one in rules_easy.easy(passage)} == {"easy-sentence"}
    assert list(rules_easy.easy(passage, lines=False)) == []


@pytest.mark.parametrize(
    ("text", "tongue", "rule"),
    [
        ("As officers of the French police, we would like to help.", "en", "impersonation"),
        ("This message comes from the tax office.", "en", "impersonation"),
        ("Repeated clicks will be mentioned in your yearly review.", "en", "sanction"),
        ("The first ward to answer gets pizza on us.", "en", "reward-in-text"),
        ("Somebody could not be bothered to check the address.", "en", "blame"),
    ],
)
def test_a_relation_is_told_in_english(text: str, tongue: str, rule: str) -> None:
    assert rule in told(text, tongue)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Un expert très connu a inventé une méthode en trois copies.", True),
        ("Une règle mise au point par un photographe soucieux de ses archives.", True),
        ("Nous aimons cette phrase : « Rien ne sert de courir ; il faut partir à point. »", True),
        ("Une infirmière du service a inventé un mémo.", False),
        ("Une règle mise au point par le photographe Peter Krogh.", False),
        ("« Le doute est le commencement de la sagesse », écrivait Aristote.", False),
    ],
)
def test_whoever_made_it_has_a_name(text: str, due: bool) -> None:
    passage = Passage(file="email.fr.md", text=text)

    assert bool(list(claims.unsourced(passage, ""))) is due


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.irnpots.gouv.fr", "impots.gouv.fr"),
        ("cyber17.gouv.fr", "17cyber.gouv.fr"),
        ("cyber.gouv.fr", ""),
        ("esante.gouv.fr", ""),
        ("www.cybermalveilance.gouv.fr", "cybermalveillance.gouv.fr"),
    ],
)
def test_a_slip_below_the_states_zone_leads_nowhere(host: str, expected: str) -> None:
    known = [
        *("impots.gouv.fr", "17cyber.gouv.fr", "cyber.gouv.fr"),
        "cybermalveillance.gouv.fr",
    ]

    assert imitations.misspelled(host, known) == expected
