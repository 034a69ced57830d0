"""The twin step: a message on a wall, on a screen, on the networks, on the intranet, or aloud.

It is made of the text that the writers' files hold now, as nobody's: no name is in it. Nothing is
sent and nothing is written.
"""

import asyncio
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.content import drawings, kickers
from scheduler.content.composing.content import Content
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.proving import prove
from scheduler.content.twins import aloud, sheet, told
from scheduler.content.twins.pictures import Picture, as_png, for_post
from scheduler.content.twins.post import Post, text_of
from scheduler.content.twins.sheet import Sheet
from scheduler.domain.calendar.campaigns import Audience, CampaignKind, People, is_over
from scheduler.domain.channels import EMAIL
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.host import beside
from scheduler.domain.names.tokens import TwinTokens
from scheduler.domain.showing.published import showing
from scheduler.domain.showing.unfinished import Lacking
from scheduler.domain.twins import FOR_STAFF, Twin, gives_address, tells_staff, words_of
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.messages import sample_content, texts_of, use_of
from scheduler.flow.showing.unfinished import wants_of
from scheduler.flow.who_writes import links_of, organisation_of
from scheduler.flow.writing.post_days import post_day_of

#: What an example would stand for.
_TYPED = (Lacking.DATE, Lacking.VALUES, Lacking.REFERENCE)
EASY = "-falc"


@frozen
class Asked:
    """Which twin is wanted."""

    #: Folder path under templates/.
    message: str
    kind: Twin
    #: Empty: the first that has a text of it, patients before others but on an intranet.
    audience: str = ""
    #: ``fr``, ``en``, ``fr-falc``; empty: the audience's.
    language: str = ""
    #: Of a poster: one of ``sheet.PAPERS``.
    paper: str = "a4"
    #: A person gives the address of a text that isn't for everybody.
    with_address: bool = False


class _NoLedger:
    """Without its keys, no address is kept from anybody."""

    def twin(self, message: str, audience: str, variant: str) -> list[str]:
        del message, audience, variant
        return []


@frozen
class Made:
    asked: Asked
    audience: Audience
    #: Of the text it was made of.
    source: Source
    #: A page, a piece of one, or plain words.
    text: str
    #: Of a post alone.
    post: Post | None
    #: What it leads to; empty: it gives no address.
    address: str

    @property
    def is_page(self) -> bool:
        return self.asked.kind in (Twin.POSTER, Twin.SCREEN, Twin.INTRANET)


async def make(agenda: Agenda, tokens: TwinTokens | None, asked: Asked, now: datetime) -> Made:
    """``tokens`` None: there is no ledger yet, so no address that isn't for everybody is known.

    Raises NotFound for an unknown message or audience, or without an e-mail's text for these, and
    ContentError for a fault in the writers' files or a value that nobody typed yet.
    """
    found = await asyncio.to_thread(_found, agenda, asked, now)
    await prove(found.content, agenda.configuration.kept_findings)
    return await asyncio.to_thread(_made, agenda, tokens, found, now)


@frozen
class _Found:
    """What a twin is made of."""

    asked: Asked
    folder: MessageFolder
    audience: Audience
    source: Source
    content: Content


def _found(agenda: Agenda, asked: Asked, now: datetime) -> _Found:
    folder = agenda.library.load(asked.message)
    audience = _audience(agenda, folder, asked)
    source = _source(folder, audience, asked)
    _refuse_unfinished(agenda, folder, now)
    content, _ = sample_content(agenda, folder, source, audience)
    return _Found(asked=asked, folder=folder, audience=audience, source=source, content=content)


def _made(agenda: Agenda, tokens: TwinTokens | None, found: _Found, now: datetime) -> Made:
    made = _sheet(agenda, tokens, found)
    _refuse_staff_line(agenda, found, made)
    post = _post(agenda, made, found.folder, now) if found.asked.kind is Twin.POST else None
    return Made(
        asked=found.asked,
        audience=found.audience,
        source=found.source,
        text=post.text if post else _text(made, found.asked),
        post=post,
        address=made.address,
    )


def _text(made: Sheet, asked: Asked) -> str:
    match asked.kind:
        case Twin.POSTER:
            return sheet.poster(made, asked.paper)
        case Twin.SCREEN:
            return sheet.screen(made)
        case Twin.INTRANET:
            return sheet.intranet(made)
        case _:
            return aloud.script(made)


def _audience(agenda: Agenda, folder: MessageFolder, asked: Asked) -> Audience:
    if asked.audience:
        return agenda.configuration.audience(asked.audience)
    served = [one for one in agenda.audiences.values() if _letters(folder, one)]
    first = People.STAFF if asked.kind in FOR_STAFF else People.PATIENTS
    served.sort(key=lambda one: one.people is not first)
    if not served:
        raise NotFound(f"{folder.path} : aucun courriel dont faire une affiche")
    return served[0]


def _letters(folder: MessageFolder, audience: Audience) -> list[Source]:
    return [one for one in texts_of(folder, audience) if one.is_letter]


def _source(folder: MessageFolder, audience: Audience, asked: Asked) -> Source:
    """An e-mail's text: an SMS has no points."""
    language = asked.language or audience.language
    found = folder.pick(
        EMAIL.name, audience.name, language.removesuffix(EASY), language.endswith(EASY)
    )
    if found is None:
        raise NotFound(f"{folder.path} : aucun courriel pour « {audience.label} »")
    if asked.language and found.variant != asked.language:
        known = ", ".join(one.variant for one in folder.picks(EMAIL.name, audience.name))
        raise NotFound(f"{folder.path} has no {asked.language} e-mail for these; it has: {known}")
    return found


def _refuse_unfinished(agenda: Agenda, folder: MessageFolder, now: datetime) -> None:
    """An example on a wall would be taken for the truth."""
    used = use_of(agenda, folder.path)
    where = agenda.configuration.file
    if used is None:
        return
    campaign, episode = used
    lacking = [one for one in wants_of(campaign, episode, folder) if one.what in _TYPED]
    if lacking:
        # A key a line, each under the place it goes to.
        wanted = "".join(f"\n- {place} → {key}" for one in lacking for place, key in one.places)
        raise ContentError(
            where=where,
            what=f"{folder.path} attend ce que voici",
            remedy=f"remplissez-le dans sa campagne, puis recommencez :{wanted}",
        )
    today = now.astimezone(ZoneInfo(agenda.configuration.settings.time_zone)).date()
    if is_over(episode.reference, today):
        raise ContentError(
            where=where,
            what=f"ce que raconte {folder.path} ne se raconte plus",
            remedy="lisez sa source de nouveau, et changez reference:",
        )


def _sheet(agenda: Agenda, tokens: TwinTokens | None, found: _Found) -> Sheet:
    asked, folder, audience, content = found.asked, found.folder, found.audience, found.content
    settings = agenda.configuration.settings
    organisation, links = organisation_of(settings), links_of(settings)
    people = audience.people
    for_staff = tells_staff(asked.kind, people)
    support = organisation.support_for(people, content.variant).default if for_staff else ""
    tokens_read = told.read(content, organisation, links, support=support)
    # The folder's title is French, and for any reader of French.
    own = folder.title if content.variant == "fr" else told.title_of(tokens_read, folder.title)
    shown = told.of_text(own, tokens_read)
    host, credit = agenda.library.host, folder.credit
    if block := folder.twin(audience.name, content.variant):
        where = agenda.library.where(f"{folder.path}/message.yaml")
        shown = told.in_block(shown, block, host, organisation.name, where)
    kicker = kickers.of(content.values)
    if kicker and folder.kicker:
        credit = beside(credit, folder.kicker.credit)
    if shown.host_shown or host.name in " ".join((*shown.points, shown.gesture)):
        credit = host.beside(credit)
    given = gives_address(
        asked.kind, folder.web, folder.message_class, people, allowed=asked.with_address
    )
    seen = showing(folder.web, folder.message_class, people)
    text = (folder.path, audience.name, content.variant)
    word = next(iter(words_of(links.public_url, tokens or _NoLedger(), text, seen)), "")
    used = use_of(agenda, folder.path)
    return Sheet(
        told=shown,
        variant=content.variant,
        organisation=organisation.name,
        site=links.public_url,
        address=links.twin(word) if given and word else "",
        help_page=links.help_page,
        staff_help=_unbroken(support),
        help="" if people is People.STAFF else _unbroken(organisation.help_for(content.variant)),
        kicker=kicker.words if kicker else "",
        credit=credit,
        picture=_picture(agenda, folder, content) if organisation.images else None,
        october=used is not None and used[0].kind is CampaignKind.SERIES,
    )


def _unbroken(line: str) -> str:
    """A number stays on one line."""
    return re.sub(r"(?<=\d) (?=\d)", "\u00a0", line)


def _picture(agenda: Agenda, folder: MessageFolder, content: Content) -> Picture | None:
    """Whether it may carry one was asked as its text was made."""
    drawing = drawings.of(content.values)
    image = folder.image
    if drawing is None or image is None:
        return None
    vector = agenda.library.vector(image.file)
    return Picture(png=drawing.file.body, words=drawing.words, vector=vector)


def _refuse_staff_line(agenda: Agenda, found: _Found, made: Sheet) -> None:
    """The staff's line, typed into words that patients or passers-by read."""
    if tells_staff(found.asked.kind, found.audience.people):
        return
    said = " ".join((made.told.title, *made.told.points, made.told.gesture, made.told.line))
    for line in organisation_of(agenda.configuration.settings).staff_numbers:
        if line in "".join(said.split()):
            raise ContentError(
                where=agenda.library.where(found.source.path),
                what=f"« {line} » est le numéro de l'assistance du personnel",
                remedy="retirez-le de ce que voit le public",
            )


def _post(agenda: Agenda, made: Sheet, folder: MessageFolder, now: datetime) -> Post:
    picture = made.picture
    drawn = as_png(for_post(picture.vector)) if picture and picture.vector else b""
    return Post(
        text=text_of(made, agenda.library.where(f"{folder.path}/message.yaml")),
        picture=drawn,
        alt=picture.words if picture and drawn else "",
        day=_post_day(agenda, folder.path, now),
    )


def _post_day(agenda: Agenda, message: str, now: datetime) -> date | None:
    today = now.astimezone(ZoneInfo(agenda.configuration.settings.time_zone)).date()
    return post_day_of(agenda, message, today)
