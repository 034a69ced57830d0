"""What a text that came in asks for, whatever way it is said: four ends."""

import pytest

from scheduler.domain.hearing.deciding import hear, hear_marked
from scheduler.domain.hearing.keywords import HELP_WORDS, OPT_OUT_WORDS
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.domain.hearing.reading import LONGEST, normalise


def kind_of(text: str) -> ReplyKind:
    return hear(text).kind


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (" Stop ", "STOP"),
        ("stop.", "STOP"),
        ("Arrêtez-moi\tça !!", "ARRETEZ MOI CA"),
        ("ＳＴＯＰ", "STOP"),
        ("st\u200bop\u200f", "STOP"),
        ("«\u00a0Stop\u00a0»", "STOP"),
        ("De\u0301sinscrire", "DESINSCRIRE"),
        ("stop 👋", "STOP"),
        ("", ""),
        ("???", ""),
    ],
)
def test_spelling_doesnt_count(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "ARRET",
        "stop.",
        " Stop ",
        "S.T.O.P",
        "s t o p",
        "STOP 36180",
        "STOP36111",
        "STOP AU 36180",
        "STOP SMS",
        "Stop sms svp merci",
        "Sttop",
        "STPO",
        "arrêtez",
        "ARRÊTT",
        "désabonnement",
        "Me désinscrire",
        "Stop ?",
        "STOP svp ?",
        "Non, stop !",
        "Non stop merci",
        "+ de sms svp",
        "stahp",
        "Sto",
        "remvoe me",
        "🛑",
        "enlevez moi manuellement",
        "gardez-moi hors de vos campagnes",
        "get me off this list",
        "g pa besoin de vo sms mrc",
        "plus la peine de m’envoyer ça",
        "laisse moi trankil",
        "Opposition aux SMS",
        "plus rien sur ce téléphone",
        "c’est du harcèlement, je porte plainte si je reçois encore un message",
        "je voudrais être retirée",
        "unsubscribe",
        "توقف",
        "إيقاف",
        "AIDE STOP",
        "« Stop »",
        "STOP je ne veux plus rien recevoir de vous",
        "stop\nEnvoyé de mon iPhone",
        "stop\n-- \nDr Exemple, service de cardiologie",
        "stop, merci beaucoup pour tout",
        "Stop, j’ai changé de ville",
        "Merci pour le conseil.\nSTOP",
        "bon, je mets stop",
        "désabonnez-moi",
        "désinscrivez moi",
        "retirez-moi",
        "supprimez-moi",
        "plus de SMS",
        "Plus aucun message svp",
        "arrêtez de m’écrire",
        "Je voudrais que vous arrêtiez, stop, de m’écrire le dimanche",
        "merci de ne plus m’envoyer de textos",
        "je ne souhaite plus recevoir vos messages",
        "enlevez mon numéro de votre liste",
        "retirez mon numéro de vos envois",
        "je quitte la liste de diffusion",
        "arrêtez cette campagne de pub",
        "désactivez les notifications",
        "Fin des SMS",
        "demande d’arrêt des envois",
        "je m’oppose à recevoir vos messages",
        "ça ne m’intéresse pas",
        "laissez-moi tranquille",
        "please stop texting me",
        "take my number off your list",
        "I don’t want these messages",
        "no more texts please",
    ],
)
def test_an_order_to_stop_is_heard(text: str) -> None:
    assert kind_of(text) is ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "je suis en arrêt maladie, plus de SMS du travail svp",
        "je dois être opéré, arrêtez vos messages",
        "Vous n’arrêtez pas de m’envoyer vos sms, ça suffit",
    ],
)
def test_an_order_beside_care_or_a_complaint_ends_the_series_and_withholds_no_service(
    text: str,
) -> None:
    assert kind_of(text) is ReplyKind.LEAVES_SERIES


@pytest.mark.parametrize(
    "text",
    [
        "vous allez me lâcher ?",
        "combien de fois faut-il répondre stop ?",
        "I asked you to stop",
        "je demande l’effacement de mes coordonnées, article 17 du RGPD",
        "Bloqué. Ne réécrivez pas.",
        "dsl mais je paye chaque sms recu a l’etranger, coupez svp",
        "Enough with the security texts already",
        "My mum (82) is frightened by these texts, please take her off. Sarah",
        "je ne connais pas cette dame",
        "ce n’est plus son numéro depuis mars",
        "who is this",
        "elle nous a quittés",
        "C’est le portable de son fils, maman a un autre numéro",
        "moi jsuis au lycée jai pas de rdv cardio mdr",
    ],
)
def test_whoever_leaves_or_is_a_stranger_in_their_own_words_is_heard_at_once(text: str) -> None:
    assert kind_of(text) not in (ReplyKind.DOUBT, ReplyKind.OTHER, ReplyKind.COURTESY)


@pytest.mark.parametrize(
    "text",
    [
        "c est payant si je reponds STOP?",
        "Le STOP ça désinscrit de tout ou que de la cyber ? c’est juste pour savoir",
        "STOP... hammer time 🕺",
        "arrête de menvoyer des photos de ton chat ptdr Kévin",
        "Stop it, you’re making me laugh, my password is literally password",
        "babe stop texting me at work, call me at 6 ❤️",
        "stop sending me cat videos",
    ],
)
def test_a_joke_a_question_and_a_word_to_somebody_dear_withhold_no_service_message(
    text: str,
) -> None:
    heard = hear(text)

    assert heard.kind in (ReplyKind.DOUBT, ReplyKind.LEAVES_SERIES, ReplyKind.OTHER)


def test_what_may_be_care_is_answered_and_what_may_be_a_strangers_isnt() -> None:
    assert hear("je suis pas infirmière du tout, vous avez du mal noter un chiffre").expects
    assert hear("vous écrivez à son ancienne voisine").silent
    assert not hear("j’en ai marre de vos textos").silent


def test_words_that_nobody_knows_are_held_and_end_nothing() -> None:
    assert hear("jjkkl wqqx").kind is ReplyKind.DOUBT


@pytest.mark.parametrize(
    "text",
    [
        "annuler mon rdv",
        "annuler rdv 14h",
        "Je dois annuler",
        "je suis en arrêt",
        "arrêt de travail",
        "Arrêt prolongé jusqu’au 12",
        "retrait résultats labo",
        "Retrait de plâtre",
        "bonne fin de journée",
        "C’est dur",
        "Fin de traitement",
        "dois-je arrêter le traitement",
        "faut-il arrêter l’aspirine avant l’opération ?",
        "je veux arrêter de fumer",
        "mon mari n’arrête pas de vomir",
        "il tousse sans arrêt",
        "qui enlève les points ?",
        "supprimez le rdv de 15h",
        "quel arrêt de tram ?",
        "arrêtez-vous de fumer ?",
        "je travaille non-stop…",
        "Je veux mourir",
        "je veux que la douleur s’arrête",
        "aidez-moi",
        "Je suis en retard",
        "À quelle heure est mon rendez-vous ?",
        "J’ai reçu un SMS de la Poste, faut-il cliquer ?",
        "réabonnez-moi, j’ai fait stop par erreur",
        "continuez comme ça",
        "can I stop taking my pills?",
        "cancel my appointment please",
        "the pain won’t stop",
        "ne m’enlevez pas les fils avant lundi",
        "N’arrêtez pas vos conseils",
        "please don’t stop",
    ],
)
def test_health_appointments_and_distress_stop_nothing_and_expect_somebody(text: str) -> None:
    heard = hear(text)

    assert heard.kind in (ReplyKind.OTHER, ReplyKind.COURTESY)
    assert heard.expects == (heard.kind is ReplyKind.OTHER)


@pytest.mark.parametrize("text", ["Je veux mourir", "aidez-moi", "annuler mon rdv", "C’est dur"])
def test_appointments_and_distress_are_not_met_with_silence(text: str) -> None:
    assert hear(text).expects


@pytest.mark.parametrize(
    "text",
    [
        "J’en ai marre",
        "je veux arrêter",
        "Encore vous !",
        "stop ou encore",
        "cancel please",
        "non merci",
        "Je n’ai rien demandé",
        "Stop aspirine",
        "STOP j’ai très mal",
        "je veux en finir, arrêtez vos messages",
        "non stop",
        "Pourquoi y a-t-il STOP à la fin ?",
        "c’est payant de répondre stop ?",
        "What happens if I reply STOP?",
        "Stop à la fermeture du service !",
        "comment bloquer les pubs ?",
        "👎",
        "je n’y suis plus",
        "passez à autre chose",
        "je ne travaille plus au bloc",
        "j’ai pas besoin qu’on m’apprenne à faire un mot de passe",
        "Réponse automatique : répondez STOP pour ne plus recevoir de messages",
        "Mon père est mort dans votre service, où récupérer ses affaires ?",
    ],
)
def test_what_isnt_sure_holds_the_series_alone_and_is_shown(text: str) -> None:
    assert kind_of(text) in (ReplyKind.DOUBT, ReplyKind.LEAVES_SERIES)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mauvais numéro", ReplyKind.WRONG_PERSON),
        ("STOP mauvais numéro", ReplyKind.WRONG_PERSON),
        ("Vous vous trompez de personne", ReplyKind.WRONG_PERSON),
        ("Je ne suis pas Camille", ReplyKind.WRONG_PERSON),
        ("ce n’est plus son numéro", ReplyKind.WRONG_PERSON),
        ("wrong number", ReplyKind.WRONG_PERSON),
        ("il est décédé", ReplyKind.DECEASED),
        ("elle est décédée stop svp", ReplyKind.DECEASED),
        ("Mon père est DCD", ReplyKind.DECEASED),
        ("she passed away", ReplyKind.DECEASED),
        ("numéro attribué à une autre personne", ReplyKind.WRONG_PERSON),
        ("jsuis pas kevin", ReplyKind.WRONG_PERSON),
        ("ici c’est la boulangerie", ReplyKind.WRONG_PERSON),
        ("c plus son num", ReplyKind.WRONG_PERSON),
        ("ancien numéro de ma fille", ReplyKind.WRONG_PERSON),
        ("this number has changed owner", ReplyKind.WRONG_PERSON),
        ("wrong #", ReplyKind.WRONG_PERSON),
        ("c’est pas moi", ReplyKind.WRONG_PERSON),
        ("mamie est au ciel", ReplyKind.DECEASED),
        ("papa est parti il y a un an", ReplyKind.DECEASED),
        ("papa est parti il y a 10 minutes, il arrive", ReplyKind.OTHER),
        ("numéro de chambre attribué ?", ReplyKind.DOUBT),
        ("je suis mort de fatigue", ReplyKind.OTHER),
        ("vous vous êtes trompés de jour pour mon rdv", ReplyKind.OTHER),
    ],
)
def test_a_number_that_isnt_the_persons(text: str, kind: ReplyKind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    "text",
    ["je sers à rien, j’aimerais disparaître", "I can’t take it anymore", "jjkkl", "test", "où ?"],
)
def test_what_nobody_understands_is_held_and_not_met_with_silence(text: str) -> None:
    heard = hear(text)

    assert heard.kind in (ReplyKind.DOUBT, ReplyKind.OTHER)
    assert heard.expects


def test_an_answer_below_a_message_of_ours_is_read_alone() -> None:
    ours = "[CHU] Changez de mot de passe. Stop au 36111"
    assert kind_of(f"Re: {ours}\nC’est fait, je l’ai changé ce soir.") is not ReplyKind.OPT_OUT
    assert kind_of(f"{ours}\nstop") is ReplyKind.OPT_OUT


@pytest.mark.parametrize("text", ["", "👍", "Merci !", "ok merci", "Bonjour docteur"])
def test_thanks_ask_nothing(text: str) -> None:
    assert hear(text).kind is ReplyKind.COURTESY
    assert not hear(text).expects


def test_what_a_reader_only_quotes_is_not_theirs() -> None:
    quoted = "> Rappel de rendez-vous. STOP au 36180\n\nOk pour moi à 9h"
    assert kind_of(quoted) is ReplyKind.OTHER
    assert kind_of("« Ne cliquez pas. STOP au 36180 » Bonne idée merci") is ReplyKind.OTHER


def test_a_text_longer_than_any_sms_is_read_up_to_there() -> None:
    assert kind_of("a " * LONGEST + " stop") is not ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("contact", ReplyKind.HELP),
        ("Aide ?", ReplyKind.HELP),
        ("besoin d’aide svp", ReplyKind.HELP),
        ("INFO", ReplyKind.HELP),
        ("start", ReplyKind.OPT_IN),
        ("Oui !", ReplyKind.OPT_IN),
        ("Réponse automatique : je suis absente jusqu’à lundi.", ReplyKind.AUTO_REPLY),
        ("Automatic reply: help", ReplyKind.AUTO_REPLY),
    ],
)
def test_other_words_have_their_own_meaning(text: str, kind: ReplyKind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize("word", sorted(OPT_OUT_WORDS))
def test_each_word_of_the_list_is_heard_in_small_letters_too(word: str) -> None:
    assert kind_of(f" {word.lower()}. ") is ReplyKind.OPT_OUT
    assert word not in HELP_WORDS


@pytest.mark.parametrize(
    ("mark", "text", "kind"),
    [
        ("STOP", "ça suffit", ReplyKind.OPT_OUT),
        ("START", "reprendre", ReplyKind.OPT_IN),
        ("HELP", "qui", ReplyKind.HELP),
        ("HELP", "stop", ReplyKind.OPT_OUT),
        # Whoever speaks of leaving asks no question, whatever the provider made of it.
        ("HELP", "je veux arrêter", ReplyKind.LEAVES_SERIES),
        ("", "stop", ReplyKind.OPT_OUT),
        ("NEUF", "bonjour", ReplyKind.COURTESY),
    ],
)
def test_what_the_provider_understood_counts_beside_our_list(
    mark: str, text: str, kind: ReplyKind
) -> None:
    assert hear_marked(mark, text).kind is kind
