"""The rules that ``check`` holds messages to, one by one."""

import pytest

from scheduler.content.rules import colours as rules_colours
from scheduler.content.rules import contrast as rules_contrast
from scheduler.content.rules import days as rules_days
from scheduler.content.rules import links as rules_links
from scheduler.content.rules import sms as rules_sms
from scheduler.content.rules import typography as rules_typography
from scheduler.content.rules import words as rules_words
from scheduler.content.rules.links import Allowed
from scheduler.content.rules.passage import Passage, with_examples
from scheduler.content.rules.table import RULES
from scheduler.content.sms import SmsSuffix
from scheduler.domain.checking.findings import Finding
from tests.samples.content import LINKS, ORGANISATION

ALLOWED = Allowed.of(ORGANISATION, LINKS)
SUFFIX = SmsSuffix.of("CHESSAI", "https://sms.example.org")


def passage(text: str, first_line: int = 1) -> Passage:
    return Passage(file="templates/essai/email.fr.md", text=text, first_line=first_line)


def codes(findings: object) -> list[str]:
    assert hasattr(findings, "__iter__")
    return [one.rule for one in findings]


def test_every_rule_says_why_and_how_to_mend() -> None:
    for rule in RULES.values():
        assert rule.why
        assert rule.source
        assert rule.remedy


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Poste quitté, poste verrouillé\u00a0: le tour de clé", []),
        ("x" * 59, []),
        ("x" * 60, ["subject-length"]),
        ("URGENT\u00a0: vérifiez", ["urgency", "shouting"]),
        ("Votre compte est suspendu", ["threat"]),
        ("Votre compte sera désactivé", ["threat"]),
        ("Dernier rappel avant la fin", ["urgency"]),
        ("Agissez immédiatement", ["urgency"]),
        ("Votre accès expire bientôt", ["urgency", "threat"]),
        ("Your account locked, act now", ["urgency", "threat"]),
        ("On vous presse\u202f? C’est peut-être un piège", []),
        ("Le CERT Santé et la CNIL vous répondent", []),
        ("TOUT SAVOIR sur le sujet", ["shouting"]),
        ("Bravo\u202f! Merci\u202f!", ["shouting"]),
        ("Bravo\u202f!!", ["shouting"]),
        ("L'objet", ["typography"]),
        ("Un mot : un autre", ["typography"]),
    ],
)
def test_a_subject_is_held_to_its_rules(subject: str, expected: list[str]) -> None:
    assert codes(rules_words.subject(passage(subject))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rendez-vous ce dimanche", ["day"]),
        ("C’est demain", ["day-in-text"]),
        ("Le dimanche, c’est réflexe cyber", []),
        ("Depuis le 25 mai 2018", []),
        ("Le 25 mai, on en parle", ["day"]),
    ],
)
def test_a_day_is_told(text: str, expected: list[str]) -> None:
    assert codes(rules_days.days(passage(text))) == expected


def test_a_subject_that_is_too_long_says_by_how_much() -> None:
    (found,) = rules_words.subject(passage("x" * 64, first_line=2))

    assert str(found) == (
        "templates/essai/email.fr.md, ligne 2 : l'objet fait 64 caractères — "
        "retirez-en 5 : moins de 60 au total"
    )


@pytest.mark.parametrize(("length", "expected"), [(39, 1), (40, 0), (90, 0), (91, 1)])
def test_a_preheader_has_forty_to_ninety_characters(length: int, expected: int) -> None:
    assert len(list(rules_words.preheader(passage("x" * length)))) == expected


def test_fraud_may_be_quoted_in_a_body() -> None:
    quoted = passage(
        "Un message qui dit «\u00a0dernier rappel\u00a0» ou «\u00a0demain\u00a0» ment."
    )
    said = passage("Bonjour,\n\nVoici le dernier rappel.")

    assert codes(rules_words.text(quoted)) == []
    (found,) = rules_words.text(said)
    assert (found.rule, found.line, found.severity) == ("urgency", 3, "fault")


def test_an_address_in_a_body_does_not_shout() -> None:
    assert codes(rules_words.text(passage("https://example.org/ABCDEFGH"))) == []


def test_typography_is_a_french_matter() -> None:
    english = Passage(file="x", text="It's here : now", language="en")

    assert codes(rules_typography.typography(english)) == []
    assert codes(rules_typography.typography(passage("C'est ici : là"))) == ["typography"] * 2


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[l’aide](https://cyber.example.org/aide)", []),
        ("[www.33700.fr](https://www.33700.fr)", []),
        ("[33700.fr](https://www.33700.fr)", []),
        ("[assure](https://assure.ameli.fr/x)", []),
        ("<https://cnil.fr>", []),
        ("[écrire](mailto:dpo@example.org)", []),
        ("[appeler](tel:33700)", []),
        ("[ici](https://ailleurs.test/x)", ["link-domain"]),
        ("[ici](https://ameli.fr.ailleurs.test/)", ["link-domain"]),
        ("[ici](https://notameli.fr/)", ["link-domain"]),
        ("[écrire](mailto:x@ailleurs.test)", ["link-domain"]),
        ("[[Voir|https://ailleurs.test]]", ["link-domain"]),
        ("<https://ailleurs.test>", ["link-domain"]),
        ("Voyez https://ailleurs.test.", ["link-domain"]),
        ("[www.ameli.fr](https://cnil.fr)", ["link-text"]),
        ("[https://ameli.fr/compte](https://cnil.fr)", ["link-text"]),
        ("[ameli.fr](https://ailleurs.test)", ["link-domain", "link-text"]),
        ("[аmeli.fr](https://ameli.fr)", ["link-text"]),  # a Cyrillic а
        ("[cyber@ameli.fr](mailto:cyber@example.org)", ["link-text"] * 2),
    ],
)
def test_links_lead_to_known_sites_and_say_so(markdown: str, expected: list[str]) -> None:
    found = codes(rules_links.links(passage(markdown), ALLOWED))

    assert sorted(set(found)) == sorted(set(expected))


@pytest.mark.parametrize("text", ["[ici](https://bit.ly/x)", "tinyurl.com/abc", "www.t.ly/x"])
def test_no_text_names_a_shortener(text: str) -> None:
    assert codes(rules_links.shorteners(passage(text))) == ["shortener"]


def test_a_link_has_its_own_line() -> None:
    text = "Un\ndeux\n[trois](https://ailleurs.test)"

    (found,) = rules_links.links(passage(text, first_line=10), ALLOWED)

    assert found.line == 12


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("![](https://x.test/p.png)", "image", "sans texte de remplacement"),
        ("![un chat](p.png)", "image", "une image est demandée"),
        ('<img src="p.png">', "image", "sans texte de remplacement"),
        ("<b>gras</b>", "html", "<b>"),
    ],
)
def test_pictures_and_html_are_told(text: str, rule: str, said: str) -> None:
    found = next(iter(rules_links.pictures(passage(text))))

    assert found.rule == rule
    assert said in found.message


def test_an_sms_names_the_characters_that_cost_and_their_spelling() -> None:
    (found,) = rules_sms.alphabet(passage("Votre cœur, bientôt"))

    assert "« œ », « ô »" in found.message
    assert "« œ » par « oe »" in found.remedy
    assert "choisissez un autre mot que « bientôt »" in found.remedy


def test_an_sms_character_without_a_spelling_is_to_be_taken_out() -> None:
    (found,) = rules_sms.alphabet(passage("Bravo 😀"))

    assert "retirez « 😀 »" in found.remedy


@pytest.mark.parametrize(("length", "expected"), [(128, 0), (129, 1)])
def test_an_sms_is_counted_with_its_suffix(length: int, expected: int) -> None:
    assert len(list(rules_sms.length(passage("x" * length), SUFFIX))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Répondez STOP", 1),
        ("On travaille non stop", 0),
        ("Stop au vol", 0),
        ('Dites "stop" et raccrochez', 0),
        ("STOP au 36111", 1),
        ("Un stoppeur", 0),
        ("Un SMS inconnu propose de répondre STOP ? Effacez-le", 0),
    ],
)
def test_an_sms_says_nothing_of_stop(text: str, expected: int) -> None:
    assert len(list(rules_sms.stop(passage(text)))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Voyez 17cyber.gouv.fr", 0), ("Voyez ameli.fr", 0), ("Voyez www.example.org", 1)],
)
def test_an_sms_names_public_help_only(text: str, expected: int) -> None:
    assert len(list(rules_links.sms_links(passage(text)))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voyez patients.example.org : la fin ne change jamais.", 0),
        ("Voyez https://patients.example.org", 1),
        ("Voyez patients.example.org/rdv", 1),
        ("Voyez patients.example.net", 1),
    ],
)
def test_an_sms_may_name_what_is_below_its_own_site(text: str, expected: int) -> None:
    assert len(list(rules_links.sms_links(passage(text), "www.example.org"))) == expected


def test_examples_keep_every_line_in_its_place() -> None:
    template = "{# un\ndeux #}\n{% if prenom %}\n{{ prenom }}\n{% endif %}\n{{ inconnu }}fin"

    assert with_examples(template, {"prenom": "Ana"}).split("\n") == ["", "", "", "Ana", "", "fin"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000", "#fff", 21.0), ("#777777", "white", 4.48), ("#767676", "rgb(255, 255, 255)", 4.54)],
)
def test_contrast_is_wcags(one: str, other: str, expected: float) -> None:
    first, second = rules_colours.colour(one), rules_colours.colour(other)

    assert first is not None
    assert second is not None
    assert rules_colours.ratio(first, second) == pytest.approx(expected, abs=0.01)


def contrast(layout: str, page: str) -> list[Finding]:
    return list(rules_contrast.contrast(layout, "email.html", lambda source: page))


def test_a_text_is_compared_with_the_background_behind_it() -> None:
    page = (
        '<body style="background-color: #ffffff"><td style="background: #0b4f5c; color: white">'
        '<p>lu</p><p style="color: #567">pâle</p></td>'
        '<p style="color: #999; display: none">caché</p></body>'
    )

    found = contrast("<style>\np { color: #567; }\n</style>", page)

    assert [(one.line, one.message.split(" : ")[0]) for one in found] == [
        (2, "du texte #556677 sur un fond #0b4f5c")
    ]


def test_a_pair_that_a_rule_names_is_compared_even_when_unused() -> None:
    layout = "<style>\n.a { color: #111; }\n.b { color: #ccc; background-color: #fff; }\n</style>"

    assert [one.line for one in contrast(layout, "")] == [3]


def test_dark_mode_is_looked_at_too() -> None:
    layout = "<style>p { color: #000 } @media (prefers-color-scheme: dark) { p { color: #111 } }"
    seen: list[str] = []

    def page(source: str) -> str:
        seen.append(source)
        return ""

    list(rules_contrast.contrast(layout, "email.html", page))

    assert len(seen) == 2
    assert "@media" not in seen[1]
    assert "p { color: #111 }" in seen[1]


def test_an_sms_remedy_teaches_no_misspelling() -> None:
    (found,) = rules_sms.alphabet(passage("Une facture reçue, le même jour…"))

    assert "choisissez un autre mot que « reçue », « même »" in found.remedy
    assert "recue" not in found.remedy
    assert "meme" not in found.remedy
    assert "« … » par « ... »" in found.remedy
