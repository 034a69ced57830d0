"""Nothing in a shipped message follows its reader: no pixel, no remote image, no address of one's
own but the way out."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from urllib.parse import urlsplit

import pytest

from scheduler.bootstrap import links_of, organisation_of
from scheduler.content.composing.compose import EmailComposer, EmailRecipient
from scheduler.content.rules.links import Allowed, host_of
from scheduler.domain.showing import public_pages
from tests.shipped import TOKEN, Shipped, configuration, texts

NOW = datetime(2026, 10, 4, 8, tzinfo=UTC)
_ADDRESS = re.compile(r"https?://[^\s\"'<>»)]+|//[^\s\"'<>»)]+\.[a-z]{2,}")
_ATTRIBUTE = re.compile(
    r"(?:src|background|poster|srcset|data|action)\s*=\s*[\"']?([^\"'\s>]*)", re.I
)
#: What is one person's in a message, by the word it is replaced with.
MARIE = EmailRecipient(
    to="marie@example.org",
    fields={"prenom": "Marie", "nom": "Durand"},
    optout_url="https://cyber.example.org/d/aMarieMarieMarie",
    optout_mailto="desinscription+aMarieMarieMarie@retour.example.org",
    message_id="mMarie@retour.example.org",
    date=NOW,
    origin="le fichier du personnel",
)
SACHA = EmailRecipient(
    to="sacha@example.net",
    fields={"prenom": "Sacha", "nom": "Vasseur"},
    optout_url="https://cyber.example.org/d/aSachaSachaSacha",
    optout_mailto="desinscription+aSachaSachaSacha@retour.example.org",
    message_id="mSacha@retour.example.org",
    date=NOW + timedelta(seconds=7),
    origin="le fichier du personnel",
)

every_email = pytest.mark.parametrize("text", texts("email"), ids=lambda text: text.name)


@every_email
def test_nothing_is_fetched_and_every_link_is_the_same_for_all_but_the_way_out(
    text: Shipped,
) -> None:
    composer = text.email(text.examples())
    for parts in (parts_of(composer, MARIE), parts_of(composer, SACHA)):
        for part in parts:
            assert set(_ATTRIBUTE.findall(part)) <= {"cid:logo", "cid:dessin"}
            assert "<img" not in part.replace('<img src="cid:', "")

    theirs, others = (set(links(parts_of(composer, one))) for one in (MARIE, SACHA))

    assert {MARIE.optout_url} == theirs - others
    assert {SACHA.optout_url} == others - theirs
    assert [one for one in theirs & others if not is_open(one)] == []


@every_email
def test_two_readers_get_the_same_but_for_names_tokens_and_dates(text: Shipped) -> None:
    composer = text.email(text.examples())

    assert anonymous(composer, MARIE) == anonymous(composer, SACHA)


@pytest.mark.parametrize("text", texts("sms"), ids=lambda text: text.name)
def test_an_sms_is_the_same_for_all_but_its_way_out(text: Shipped) -> None:
    body = text.sms(text.examples())
    public = urlsplit(links_of(configuration().settings).short_url).hostname

    assert body.count(TOKEN) == 1
    assert body.endswith(f" Stop : {public}/{TOKEN}")
    assert [one for one in links([body]) if not is_open(one)] == []


def is_open(link: str) -> bool:
    """An address that anybody may open, and that says nothing of who does."""
    settings = configuration().settings
    allowed = Allowed.of(organisation_of(settings), links_of(settings))
    parts = urlsplit(link)
    own = {urlsplit(each).hostname for each in (settings.web.public_url, settings.web.short_url)}
    if parts.hostname in own:
        quiz = parts.path.startswith(public_pages.QUIZ)
        said = parts.query if not quiz else parts.query.removeprefix("lang=en")
        opens = parts.path in public_pages.OPEN or quiz
        return opens and said in ("", "lang=fr-falc") and not parts.fragment
    return allowed.takes(host_of(link)) and not parts.query


def links(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield from (found.rstrip(".,;") for found in _ADDRESS.findall(part))


def parts_of(composer: EmailComposer, recipient: EmailRecipient) -> list[str]:
    """What its reader's program shows or opens, part by part."""
    return [
        unescape(str(part.get_content()))
        for part in message(composer, recipient).walk()
        if part.get_content_maintype() == "text"
    ]


def message(composer: EmailComposer, recipient: EmailRecipient) -> EmailMessage:
    wire = composer.fill(recipient)
    return message_from_bytes(wire, _class=EmailMessage, policy=policy.default)


def anonymous(composer: EmailComposer, recipient: EmailRecipient) -> tuple[list[str], list[str]]:
    """Headers and parts, with what is known to be one person's taken out."""
    found = message(composer, recipient)
    headers = [f"{name}: {value}" for name, value in found.items() if name != "Date"]
    bodies = [part.get_content() for part in found.walk() if not part.is_multipart()]
    return (
        [without(recipient, line) for line in headers],
        [without(recipient, str(body)) for body in bodies],
    )


def without(recipient: EmailRecipient, text: str) -> str:
    known = {
        "MESSAGE-ID": recipient.message_id,
        "WAY-OUT": recipient.optout_url,
        "MAILTO": recipient.optout_mailto,
        "TO": recipient.to,
        **{name.upper(): value for name, value in recipient.fields.items()},
    }
    for name, value in known.items():
        text = text.replace(value, name)
    return text
