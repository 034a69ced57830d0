import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.content.sms import SmsSuffix, count, transliterate, without_own_stop
from scheduler.domain.errors import ConfigError

FRENCH_IN_GSM = "àéèùÉÇÆæäöüÄÖÜñ"
FRENCH_OUT_OF_GSM = "âêîôûëïÿçœŒÀÈÙÂÊÎÔÛ«»’‘“”…–—°²\u00a0\u202f\t"


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("a" * 159 + "€", "GSM-7", 161, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("ê" + "a" * 69, "UCS-2", 70, 1),
        ("ê" + "a" * 70, "UCS-2", 71, 2),
        ("ê" + "a" * 134, "UCS-2", 135, 3),
        ("août", "UCS-2", 4, 1),
        ("Ça", "GSM-7", 2, 1),
        ("ça", "UCS-2", 2, 1),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 36, "UCS-2", 72, 2),
        ("a" * 66 + "😀" + "a" * 66, "UCS-2", 134, 3),
        ("a" * 66 + "e\u0301" + "a" * 66, "UCS-2", 134, 3),
        ("a" * 64 + "🇫🇷" + "a" * 66, "UCS-2", 134, 3),
        ("a" * 60 + "👩\u200d⚕️🏽" + "a" * 70, "UCS-2", 137, 3),
        ("^{}\\[]~|€", "GSM-7", 18, 1),
        ("ligne\r\nligne", "GSM-7", 12, 1),
    ],
)
def test_a_text_costs_what_the_operator_bills(
    text: str, encoding: str, units: int, segments: int
) -> None:
    result = count(text)

    assert (result.encoding, result.units, result.segments) == (encoding, units, segments)


def test_french_letters_of_gsm_cost_nothing_and_the_others_are_named() -> None:
    assert count(FRENCH_IN_GSM).costly == ()
    assert count(FRENCH_OUT_OF_GSM * 2).costly == tuple(FRENCH_OUT_OF_GSM)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Jérôme, François et Noël", "Jérome, Francois et Noel"),
        ("le cœur de l’hôpital…", "le coeur de l'hopital..."),
        ("dites « non » — toujours", 'dites "non" - toujours'),
        ("À 14\u00a0h, n°\u202f2", "A 14 h, no 2"),
        ("½ heure, „vite“ ou pas", '1/2 heure, "vite" ou pas'),
        ("déjà là 漢 😀", "déjà là 漢 😀"),
    ],
)
def test_a_spelling_that_costs_nothing(text: str, spelled: str) -> None:
    assert transliterate(text) == spelled


def test_every_french_letter_has_a_spelling_that_costs_nothing() -> None:
    assert count(transliterate(FRENCH_OUT_OF_GSM)).encoding == "GSM-7"


@given(st.text(max_size=400))
def test_parts_hold_no_more_than_they_can(text: str) -> None:
    result = count(text)

    whole, part = (160, 153) if result.encoding == "GSM-7" else (70, 67)
    assert (result.segments == 1) == (result.units <= whole)
    assert result.units <= result.segments * part or result.segments == 1
    assert bool(result.costly) == (result.encoding == "UCS-2")


@given(st.text(alphabet="aé€[", max_size=500), st.sampled_from("aé€["))
def test_a_longer_text_never_costs_less(text: str, more: str) -> None:
    assert count(text + more).segments >= count(text).segments


@given(st.text(max_size=200))
def test_spelling_a_text_twice_changes_nothing_more(text: str) -> None:
    assert transliterate(transliterate(text)) == transliterate(text)


def test_a_named_sender_gives_the_short_link() -> None:
    suffix = SmsSuffix.of("MonHopital", "https://sms.example.org")

    assert suffix.text("A7K2Q9XB") == " Stop : sms.example.org/A7K2Q9XB"
    assert len(suffix.sample) == 32


def test_a_short_code_takes_stop_by_reply() -> None:
    suffix = SmsSuffix.of("36180", "https://sms.example.org")

    assert suffix.text("A7K2Q9XB") == suffix.sample == " STOP au 36180"


@pytest.mark.parametrize(
    "sender", ["+33639980001", "36 180", "Santé", "ab", "12345678", "TropLongNom1"]
)
def test_no_other_sender_may_write_to_french_numbers(sender: str) -> None:
    with pytest.raises(ConfigError, match="ne peut pas envoyer de SMS"):
        SmsSuffix.of(sender, "https://sms.example.org")


@pytest.mark.parametrize("token", ["", "short", "A7K2Q9XBX", "A7K2 9XB", "A7K2Q9X\n"])
def test_a_token_of_the_wrong_shape_is_not_sent(token: str) -> None:
    with pytest.raises(ValueError, match="8 letters"):
        SmsSuffix.of("MonHopital", "https://sms.example.org").text(token)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Un conseil. STOP pour ne plus recevoir nos SMS", "Un conseil."),
        ("Un conseil. Pour ne plus nous lire : répondez STOP.", "Un conseil."),
        ("Un conseil, CH Exemple Pour arrêter : STOP", "Un conseil, CH Exemple"),
        ("Plan : https://example.org/x STOP pour quitter la liste", "Plan : https://example.org/x"),
        ("One tip. Text STOP to leave this list.", "One tip."),
        ("One tip. To leave the list, reply STOP", "One tip."),
    ],
)
def test_a_last_sentence_that_says_to_answer_stop_gives_way_to_the_suffix(
    text: str, left: str
) -> None:
    assert without_own_stop(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "STOP pour ne plus recevoir nos SMS",
        "Un conseil. STOP au 36111",
        "Un conseil. STOP SMS",
        "Répondre STOP pour ne plus recevoir nos SMS",
        "Il écrit « STOP pour ne plus recevoir nos SMS »",
        "STOP pour ne plus recevoir nos SMS. Merci de nous lire.",
        "Au feu, dites STOP pour le jeu.",
    ],
)
def test_another_stop_stays(text: str) -> None:
    assert without_own_stop(text) == text
