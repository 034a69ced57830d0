"""Service is withheld for what can't be anything else; else the series ends."""

import pytest

from scheduler.domain.hearing.deciding import hear
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.domain.hearing.plainly import is_plain
from scheduler.domain.hearing.reading import read

CLOSING = (ReplyKind.OPT_OUT, ReplyKind.WRONG_PERSON, ReplyKind.DECEASED)
SERIES_OVER = (ReplyKind.LEAVES_SERIES, *CLOSING)


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop svp merci",
        "Désabonnez-moi de votre liste svp",
        "je ne veux plus recevoir vos SMS",
        "n’envoyez pas de messages",
        "arrêtez pas de pub",
        "Pouvez-vous retirer mon numéro de vos envois ?",
        "please take my number off this list",
        "pas intéressé",
    ],
)
def test_an_order_with_nothing_else_in_it_is_plain(text: str) -> None:
    assert is_plain(read(text))
    assert hear(text).kind in SERIES_OVER


@pytest.mark.parametrize(
    "text",
    [
        # A no without its « ne ».
        "arrêtez pas vos messages on les lit en équipe",
        "surtout arrêtez pas, ma mère adore",
        "me désabonnez pas svp",
        "me retirez pas de la liste",
        "non coupez pas les alertes",
        "cessez jamais vos conseils",
        "faut pas arrêter vos sms",
        "dont stop the texts",
        # Another list, what is printed, what a record says.
        "Désabonnez-moi de la revue papier, les sms je garde",
        "j’ai réussi à me désinscrire de la gazette de la mairie",
        "Merci d’enlever le nom de mon ex-femme de ma fiche",
        "retirez ma sœur comme personne de confiance",
        "supprimez la pénicilline de mes allergies",
        "take my brother off my emergency contacts",
        "cancel the newspaper delivery to room 12",
        # Nothing says what shall end, or there shall be more.
        "enlevez-moi ça",
        "annuler mon inscription svp",
        "annulez l’alerte",
        "I want out",
        "cancel all please",
        "je voudrais recevoir plus de messages",
        "aucun message",
        # A saying.
        "Stop, look and listen, as my gran used to say",
        "stop ou encore, comme à la radio !",
        "un proverbe dit : arrêtez tout et respirez",
        "mois sans tabac : stop !",
        # Not me, of something else than the number.
        "c’est vous qui avez perdu le dossier, pas moi",
        "le mot de passe 123456 c’est mon chef, pas moi",
        "celui qui clique sur tout c’est Paul, pas moi",
        "vous vous êtes trompés dans mon prénom",
        # A death that is no person's, or told for a reason of one's own.
        "my tablet died, can’t open the link",
        "my dad died so I won’t be on shift tomorrow",
    ],
)
def test_what_may_be_something_else_withholds_no_service_message(text: str) -> None:
    assert hear(text).kind not in CLOSING


@pytest.mark.parametrize(
    "text",
    [
        "pourquoi je reçois encore vos messages, j’ai répondu stop avant-hier",
        "j’ai envoyé ARRET la semaine dernière et vous continuez ?",
        "je me suis désabonnée hier, pourquoi ça arrive toujours",
        "mon stop n’est pas pris en compte ?",
        "I unsubscribed on Monday, why am I still getting texts",
    ],
)
def test_who_asks_why_messages_come_after_a_stop_leaves(text: str) -> None:
    assert hear(text).kind in SERIES_OVER


@pytest.mark.parametrize(
    "text",
    [
        "j’ai mis stop à mon opérateur et je reçois encore ses pubs",
        "j’ai fait stop à une pub de mutuelle, pourquoi elle m’écrit encore ?",
    ],
)
def test_a_stop_that_others_were_sent_withholds_no_service_message(text: str) -> None:
    assert hear(text).kind not in CLOSING


@pytest.mark.parametrize(
    "text",
    [
        "sotp svp, ma vue baisse",
        "Dsinscription merci je tape mal",
        "par mail c'est mieux",
        "par courriel c’est mieux pour moi",
        "Pouvez-vous l’envoyer plutôt par mail ? m.tessier@mail.example",
    ],
)
def test_an_order_with_a_courtesy_and_a_wish_for_letters_are_held_whatever_else_is_said(
    text: str,
) -> None:
    assert hear(text).kind in (ReplyKind.DOUBT, *SERIES_OVER)


@pytest.mark.parametrize(
    "text",
    [
        "stop tabac ça marche comment ?",
        "non stop depuis 5h au boulot",
    ],
)
def test_a_stop_of_something_else_holds_nothing(text: str) -> None:
    assert hear(text).kind is ReplyKind.OTHER
