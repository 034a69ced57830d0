"""A number of help stands beside what it is there for."""

import pytest

from scheduler.content.rules import numbers
from scheduler.content.rules.passage import Passage


def wrong(text: str, tongue: str = "fr") -> list[tuple[str, str]]:
    passage = Passage(file="email.fr.md", text=text, language=tongue)
    return [
        (one.message.split(" »")[0].strip("« "), one.remedy)
        for one in numbers.help_numbers(passage)
    ]


@pytest.mark.parametrize(
    ("text", "number", "better"),
    [
        ("Un faux SMS ? Transférez-le au 3018.", "3018", "33700"),
        ("Faux SMS de la banque ? Ne cliquez pas et transférez-le au 116 006.", "116 006", "33700"),
        ("Vous avez reçu un spam par SMS. Signalez-le au 17.", "17", "33700"),
        ("Votre enfant est harcelé en ligne ? Appelez le 33700.", "33700", "3018"),
        ("Si votre compte personnel a été piraté, le 15 vous guidera pas à pas.", "15", "17"),
        ("En cas de malaise, composez le 0 805 805 817.", "0 805 805 817", "15"),
        ("Argent versé à un escroc ? Le 3919 vous conseille.", "3919", "0805805817"),
        ("Forward a strange text to 3018.", "3018", "33700"),
    ],
)
def test_a_right_number_given_for_something_else_is_told(
    text: str, number: str, better: str
) -> None:
    assert wrong(text) == [(number, f"écrivez {better}")]


@pytest.mark.parametrize(
    "text",
    [
        "Un courriel frauduleux peut être transféré au 33700.",
        "Mot de passe oublié, appelez le 17.",
    ],
)
def test_what_no_public_number_answers_has_no_better_one(text: str) -> None:
    assert [remedy for _, remedy in wrong(text)] == ["dites plutôt qui s'en occupe chez vous"]


@pytest.mark.parametrize(
    "text",
    [
        "Le 33700 reçoit les SMS douteux ; pour un courriel, Signal Spam.",
        "Faux SMS de la banque : 33700. Argent perdu : 0 805 805 817.",
        "Une arnaque, un SMS suspect : transférez-le au 33700, même s'il parle de votre fils.",
        "Un malaise pendant l'atelier ? Le 15, comme toujours.",
        "Le 17 n'est pas là pour un mot de passe oublié.",
        "N'appelez pas le 15 pour un ordinateur piraté.",
        "Faut-il appeler le 18 quand un compte est piraté ?",
        "Le 15 : le médecin, le 17 : la police, le 33700 : les faux messages.",
        "Votre ado reçoit des insultes ? Le 3018 répond.",
        "Victime de violences, collègue ou proche : le 3919 écoute.",
        "Vous avez donné vos codes ? Appelez votre banque, puis le 17.",
        "Le 15 du mois, pensez à vos sauvegardes.",
        "Le 3018 est ouvert tous les jours.",
    ],
)
def test_a_number_in_its_place_is_left_alone(text: str) -> None:
    assert wrong(text) == []
