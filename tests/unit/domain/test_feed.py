"""The week's reflex as a JSON Feed."""

from datetime import UTC, datetime
from typing import Any

from scheduler.domain.organisation import Links
from scheduler.domain.showing.feed import FeedItem, as_json

LINKS = Links(public_url="https://cyber.example.org", short_url="https://sms.example.org")


def item(**more: Any) -> FeedItem:
    values: dict[str, Any] = {
        "web_id": "0123456789abcdef",
        "variant": "fr",
        "title": "Fermer sa porte",
        "subject": "Vos comptes santé méritent une vraie serrure",
        "points": ("Un verrou.", "Deux verrous."),
        "gesture": "",
        "since": datetime(2026, 10, 4, 8, tzinfo=UTC),
        "picture": "",
        "picture_words": "",
        "credit": "",
    }
    return FeedItem(**{**values, **more})


def told(one: FeedItem) -> dict[str, Any]:
    (found,) = as_json("Centre hospitalier", LINKS, [one])["items"]
    return dict(found)


def test_an_item_is_its_points_at_its_own_address() -> None:
    found = told(item())

    assert found["url"] == found["id"] == "https://cyber.example.org/m/0123456789abcdef"
    assert found["content_text"] == "1. Un verrou.\n2. Deux verrous."
    assert found["date_published"] == "2026-10-04T08:00:00Z"
    assert not {"image", "authors", "_reflexe"} & {*found}


def test_its_drawing_its_gesture_and_its_credit_come_with_it() -> None:
    found = told(
        item(picture="dessin.png", picture_words="Une porte", gesture="Fermez.", credit="ANS")
    )

    assert found["image"] == "https://cyber.example.org/m/0123456789abcdef/dessin.png"
    assert found["_reflexe"] == {"image_alt": "Une porte"}
    assert found["authors"] == [{"name": "ANS"}]
    assert found["content_text"].endswith("\nFermez.")


def test_a_text_without_points_says_its_subject_and_an_easy_one_says_so() -> None:
    found = told(item(points=(), variant="fr-falc"))

    assert found["content_text"] == "Vos comptes santé méritent une vraie serrure"
    assert (found["language"], found["tags"]) == ("fr", ["facile à lire"])
