"""The first message of all says three things in their order, and hides none of them."""

import re
from dataclasses import replace

import pytest

from scheduler.bootstrap import organisation_of
from scheduler.config.settings import Settings
from scheduler.content.composing.compose import EmailRecipient
from scheduler.domain.organisation import Organisation
from tests import shipped
from tests.samples.content import part, read
from tests.shipped import OPT_OUT, Shipped, configuration, library, reader, texts

ORIGIN = "le fichier de la région"
NOTICE = "https://www.example.org/confidentialite"
DPO, CNIL = "dpo@example.org", "www.cnil.fr"
LABELS = {
    "fr": ("Qui vous écrit", "L’information complète"),
    "fr-falc": ("Qui vous écrit", "Toute l’information"),
    "en": ("Who is writing", "The full notice"),
}
FROM_THEM = {
    "fr": "Nous tenons votre adresse de vous",
    "fr-falc": "Vous nous avez donné votre adresse",
    "en": "You gave us your address yourself",
}

every_email = pytest.mark.parametrize("text", texts("email"), ids=lambda text: text.name)
one_a_language = pytest.mark.parametrize(
    "text",
    {text.source.variant: text for text in texts("email")}.values(),
    ids=lambda text: text.source.variant,
)


@every_email
def test_who_writes_then_the_way_out_alone_then_the_rights(text: Shipped) -> None:
    foot = _foot(text, first=True)
    who, full = LABELS[text.source.variant]

    said = [foot.index(one) for one in (who, ORIGIN, OPT_OUT, DPO, CNIL, NOTICE)]
    assert said == sorted(said)
    assert full not in foot
    around = next(one for one in foot.split("\n\n") if OPT_OUT in one)
    assert not any(other in around for other in (ORIGIN, DPO, CNIL, NOTICE))


@every_email
def test_nothing_is_folded(text: Shipped) -> None:
    page = part(read(text.email(text.examples()).fill(_reader(first=True))), "html")

    assert not re.search(r"<(?:details|summary)\b", page)
    assert f">{NOTICE}</a>" in page


@one_a_language
def test_it_is_said_once(text: Shipped) -> None:
    foot = _foot(text, first=False)

    assert LABELS[text.source.variant][0] not in foot
    assert all(one in foot for one in (OPT_OUT, DPO, CNIL, NOTICE))


@one_a_language
def test_what_came_from_our_own_file_is_said_to_come_from_them(text: Shipped) -> None:
    told = FROM_THEM[text.source.variant]

    assert told in _foot(text, first=True, own_file=True)
    assert told not in _foot(text, first=True)


@one_a_language
def test_the_whole_notice_stands_below_the_signature_where_it_is_asked_for(
    text: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole(settings: Settings) -> Organisation:
        return replace(organisation_of(settings), full_notice=True)

    monkeypatch.setattr(shipped, "organisation_of", whole)

    foot = _foot(text, first=True)

    assert foot.index(NOTICE) < foot.index(LABELS[text.source.variant][1])
    assert ("3 years" if text.language == "en" else "3 ans") in foot
    assert LABELS[text.source.variant][1] not in _foot(text, first=False)


@one_a_language
def test_the_version_of_the_notice_is_said_beside_its_address(
    text: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library(), "notice_version", "2026-09")

    assert "version 2026-09" in _foot(text, first=True)


def test_the_shipped_installation_says_the_short_one() -> None:
    assert configuration().settings.organisation.notice == "short"


def _foot(text: Shipped, *, first: bool, own_file: bool = False) -> str:
    """Below the signature, each paragraph on one line."""
    mail = read(text.email(text.examples()).fill(_reader(first=first, own_file=own_file)))
    _, _, foot = part(mail, "plain").rpartition("-" * 60)
    return "\n\n".join(one.replace("\n", " ") for one in foot.split("\n\n"))


def _reader(*, first: bool, own_file: bool = False) -> EmailRecipient:
    return reader({})._replace(origin=ORIGIN if first else "", own_file=own_file)
