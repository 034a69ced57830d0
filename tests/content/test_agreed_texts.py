"""The wording that was agreed with those whom it belongs to: nobody changes it by accident."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from scheduler.content.folder import MessageFolder, Source
from tests.shipped import folders, library


@dataclass(frozen=True, slots=True)
class Agreed:
    subject: str
    preheader: str
    #: The one thing to do.
    action: str
    sms: str


@dataclass(frozen=True, slots=True)
class Headlines:
    subject: str
    preheader: str
    sms: str


EPISODES = {
    ("1-fermer-sa-porte", "staff"): Agreed(
        "Poste quitté, poste verrouillé : le tour de clé",
        "Trois habitudes simples pour que personne n'entre à votre place.",
        "Verrouillez votre écran maintenant, puis montrez le raccourci à un collègue.",
        "Cybermois 1/4. Poste quitté = poste verrouillé. Un mot de passe long par "
        "compte, jamais réemployé ailleurs.",
    ),
    ("1-fermer-sa-porte", "patients"): Agreed(
        "Vos comptes santé méritent une vraie serrure",
        "Un mot de passe long, réservé à un seul compte, et une double vérification.",
        "Donnez à votre messagerie un mot de passe rien que pour elle, et la double vérification.",
        "Cybermois 1/4. Votre messagerie ouvre vos autres comptes : donnez-lui un mot "
        "de passe long, rien que pour elle.",
    ),
    ("2-ne-pas-donner-ses-cles", "staff"): Agreed(
        "Vos accès ne se prêtent pas, même pour dépanner",
        "Derrière un identifiant partagé, on ne sait plus qui a fait quoi.",
        "Repérez un accès partagé dans votre service et signalez-le à l'assistance informatique.",
        "Cybermois 2/4. Votre carte, votre code, votre session restent à vous. Un "
        "collègue bloqué ? L'assistance l'aidera.",
    ),
    ("2-ne-pas-donner-ses-cles", "patients"): Agreed(
        "Ce code est à vous : ne le dictez à personne",
        "Ni soignant, ni caisse, ni banque n'a besoin du code reçu par SMS.",
        "Notez sur papier le numéro officiel de votre caisse et de votre banque.",
        "Cybermois 2/4. Un code vous arrive par SMS ? Gardez-le pour vous. On le "
        "demande au téléphone ? Raccrochez.",
    ),
    ("3-verifier-qui-frappe", "staff"): Agreed(
        "Qui frappe ? Trois secondes avant d'ouvrir",
        "Expéditeur, demande, lien : le contrôle qui arrête bien des pièges.",
        "Mettez l'adresse ou le bouton de signalement dans vos favoris.",
        "Cybermois 3/4. Message pressant ? Pause. Qui écrit, que veut-il, où mène le "
        "lien ? Au moindre doute, signalez.",
    ),
    ("3-verifier-qui-frappe", "patients"): Agreed(
        "On vous presse ? C'est peut-être un piège",
        "Colis, remboursement, dossier : un vrai service vous laisse le temps.",
        "Enregistrez 33700 dans vos contacts sous le nom « SMS suspect ».",
        "Cybermois 3/4. Un SMS vous presse (colis, dossier) ? Ne cliquez pas : "
        "transférez-le au 33700, puis effacez-le.",
    ),
    ("4-ne-pas-se-devoiler", "staff"): Agreed(
        "Ce que révèle une photo prise dans le service",
        "Un badge, un écran, un planning : de quoi monter une arnaque crédible.",
        "Relisez votre profil public comme le ferait un escroc.",
        "Cybermois 4/4. Planning, badge ou écran en photo : un détail suffit à un "
        "escroc. Deux regards avant l'envoi.",
    ),
    ("4-ne-pas-se-devoiler", "patients"): Agreed(
        "Vos données de santé : montrez-en le moins possible",
        "Moins vous en montrez, moins on peut se faire passer pour vous.",
        "Ouvrez votre espace santé et vérifiez qui peut voir vos documents.",
        "Cybermois 4/4. Ordonnance, carte Vitale : jamais en photo sur les réseaux. Un "
        "piège ? Le site 17cyber.gouv.fr",
    ),
}
#: The six reflexes of France Assos Santé.
REFLEXES = {
    "01-lien-douteux": "Réflexe cyber : un lien inattendu ne s'ouvre pas. Allez sur le site que "
    "vous connaissez, en tapant son adresse.",
    "03-vrai-expediteur": "Réflexe cyber : le nom affiché ne prouve rien. Regardez l'adresse ou "
    "le numéro en entier, et les fautes.",
    "04-fausse-urgence": "Réflexe cyber : menace, délai, dernier rappel ? C'est la pression qui "
    "trahit le piège. Prenez votre temps.",
    "06-rien-en-reponse": "Réflexe cyber : on ne renvoie jamais mot de passe, code ou RIB en "
    "réponse à un message qu'on n'attendait pas.",
    "09-sites-officiels": "Réflexe cyber : ameli.fr, monespacesante.fr... Ouvrez l'application "
    "ou tapez l'adresse, sans passer par un message.",
    "11-dans-le-doute": "Réflexe cyber : un doute ? Appelez l'organisme au numéro que vous avez "
    "déjà, jamais à celui du message.",
}
INVITATIONS: Mapping[str, Headlines] = {
    "webinaire": Headlines(
        "Trente minutes pour démonter un faux message",
        "Webinaire ouvert à tous, questions anonymes bienvenues.",
        "Cybermois : webinaire le {{ date }} à {{ heure }}, 30 min pour démonter un "
        "faux message. Lien dans nos courriels.",
    ),
    "bataille-des-mots-de-passe": Headlines(
        "Défiez {{ hote }} : la bataille est lancée",
        "Par équipe, pour jouer, sans jamais donner un vrai mot de passe.",
        "Bataille des mots de passe le {{ date }} à {{ heure }}, {{ lieu }}. {{ hote "
        "}} vous défie. Mots inventés.",
    ),
    "cybercamp-sante": Headlines(
        "CyberCamp Santé : la date à retenir",
        "Établissements, patients, décideurs : une journée pour parler confiance.",
        "CyberCamp Santé le {{ date }}, {{ lieu }}. Programme et inscription sur le "
        "site de l'organisateur.",
    ),
}
_SERIES = ("annonce", *dict.fromkeys(name for name, _ in EPISODES), "bilan")
_EVENTS = (*INVITATIONS, "atelier")
_ADDRESS = re.compile(r"https?://|www\.|mailto:")
_THAT_DAY = re.compile(r"\b(?:aujourd.hui|demain|hier|(?<!le )dimanche|lundi)\b", re.IGNORECASE)


@pytest.mark.parametrize(("episode", "audience"), EPISODES)
def test_an_episode_says_what_was_agreed(episode: str, audience: str) -> None:
    agreed = EPISODES[episode, audience]

    email = text_of(f"cybermois/{episode}", "email", audience)
    sms = text_of(f"cybermois/{episode}", "sms", audience)

    assert typed(email.subject) == agreed.subject
    assert typed(email.preheader) == agreed.preheader
    assert typed(boxed(email)) == agreed.action
    assert sms.body.strip() == agreed.sms


@pytest.mark.parametrize("reflex", REFLEXES)
def test_a_reflex_says_what_was_agreed_to_both_audiences(reflex: str) -> None:
    for audience in ("staff", "patients"):
        assert text_of(f"rappels/{reflex}", "sms", audience).body.strip() == REFLEXES[reflex]
    assert library().load(f"rappels/{reflex}").credit == "France Assos Santé"


@pytest.mark.parametrize("event", INVITATIONS)
def test_an_invitation_says_what_was_agreed(event: str) -> None:
    email = text_of(f"evenements/{event}/invitation", "email", "staff")
    sms = text_of(f"evenements/{event}/invitation", "sms", "staff")

    shown = Headlines(typed(email.subject), typed(email.preheader), sms.body.strip())
    assert shown == INVITATIONS[event]


@pytest.mark.parametrize("episode", _SERIES)
def test_the_series_speaks_french_and_english_and_easy_french_to_patients(episode: str) -> None:
    folder = library().load(f"cybermois/{episode}")

    written = {(one.channel, one.audience, one.variant) for one in folder.sources}

    both = {
        (c, a, v) for c in ("email", "sms") for a in ("staff", "patients") for v in ("fr", "en")
    }
    assert written == both | {(one, "patients", "fr-falc") for one in ("email", "sms")}
    assert folder.credit == "Agence du Numérique en Santé"
    assert folder.reviewed_by == "", "only the people who re-read it may be named"


@pytest.mark.parametrize("event", _EVENTS)
def test_an_event_has_its_six_messages_and_the_same_entry_in_agendas(event: str) -> None:
    folders = {
        name: library().load(f"evenements/{event}/{name}")
        for name in ("invitation", "j-7", "j-1", "merci", "deplacement", "annulation")
    }

    carried = {name: one.calendar for name, one in folders.items() if one.calendar}

    assert set(carried) == {"invitation", "j-7", "deplacement", "annulation"}
    assert [name for name, entry in carried.items() if entry.cancels] == ["annulation"]
    assert len({entry.summary for entry in carried.values()}) == 1
    for name, one in folders.items():
        body = " ".join(source.body for source in one.sources)
        assert ("fichier d’agenda joint" in body) == (name in carried)
        assert "ucun mot de passe ne vous sera demandé" in body


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.path)
def test_a_message_has_one_action_no_day_and_no_address_of_its_own(folder: MessageFolder) -> None:
    for source in folder.sources:
        assert not _ADDRESS.search(source.body), "addresses belong to snippets and fields"
        assert not _THAT_DAY.search(without_quotes(source.body))
        if source.channel == "email":
            assert source.body.count("::: encadre ") == 1


def test_a_leak_says_what_the_gdpr_asks_for_and_waits_for_a_second_person() -> None:
    folder = library().load("fuite-de-donnees")

    asked = {name for name, one in folder.placeholders.items() if one.required and not one.default}
    assert asked == {"nature", "consequences", "mesures", "contact_incident"}
    assert folder.message_class == "service"
    assert folder.approval


def test_a_figure_never_leaves_without_its_source_and_date() -> None:
    folder = library().load("chiffre-cle")

    assert all(one.required and not one.default for one in folder.placeholders.values())
    assert set(folder.placeholders) == {"chiffre", "phrase", "source", "date_source"}
    for source in folder.sources:
        assert "Source\u00a0: {{ source }}, {{ date_source }}." in source.body


def text_of(message: str, channel: str, audience: str) -> Source:
    found = library().load(message).pick(channel, audience, "fr", easy_to_read=False)
    assert found is not None
    return found


def boxed(email: Source) -> str:
    """What the box of the one action holds."""
    found = re.search(r"^::: encadre .*?\n(.*?)\n:::", email.body, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def typed(text: str) -> str:
    """With the apostrophes and spaces of a keyboard."""
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def without_quotes(body: str) -> str:
    return re.sub(r"«[^«»]*»", "", body)
