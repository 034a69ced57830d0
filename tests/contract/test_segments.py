"""A rule's values are compared with a file's as people mean them; on both databases."""

from dataclasses import replace

import pytest

from tests.samples.ledger import STAFF, Book, person

#: What config.yaml says.
RULE = replace(STAFF, name="managers", rule={"service": ("Pôle Femme-Enfant", "Direction")})


@pytest.mark.parametrize(
    ("written", "is_member"),
    [
        ("Direction", True),
        (" DIRECTION ", True),
        ("direction\u00a0", True),
        ("\uff24irection", True),
        ("Pôle Femme-Enfant", True),
        ("Pole femme enfant", True),
        ("POLE FEMME\u2011ENFANT", True),
        ("po\u0302le  femme\u202fenfant", True),
        ("Pôle\u200b Femme-Enfant", True),
        ("Direct", False),
        ("Direction générale", False),
        ("", False),
    ],
)
async def test_a_segment_is_what_people_mean(book: Book, written: str, is_member: bool) -> None:
    fields = {"prenom": "Camille", "service": written}
    await book.take_in(STAFF, person(1, fields=fields))

    assert bool(await book.ledger.readers(RULE)) is is_member


async def test_a_value_of_signs_alone_is_itself(book: Book) -> None:
    await book.take_in(STAFF, person(1, fields={"service": "-"}), person(2, fields={"service": ""}))
    dash = replace(STAFF, name="dash", rule={"service": ("-",)})

    (place,) = await book.ledger.places(dash)

    assert place.people == 1
