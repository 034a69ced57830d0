"""The check step: everything that is wrong in the writers' texts, said before anything leaves.

Structure first (what the content engine refuses), then what ``content.rules`` says, for each text
and each audience it may go to. Nothing is written and nothing is sent.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from scheduler.content.composing.content import Content, freeze
from scheduler.content.composing.layout import PATH as LAYOUT_PATH
from scheduler.content.composing.texts import FOOTER_NAME, is_shown
from scheduler.content.fields import CALLS, HELP, HOST, RESULT_EXAMPLES, SUPPORT
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.proving import prove_now
from scheduler.content.rules.addresses import AddressRules
from scheduler.content.rules.copies import still_french
from scheduler.content.rules.files import PatientLibrary
from scheduler.content.rules.layout import LayoutRules
from scheduler.content.rules.links import Allowed
from scheduler.content.rules.passage import finding
from scheduler.content.rules.texts import TextRules, examples, longest, told
from scheduler.content.sms import SmsSuffix, transliterate
from scheduler.content.wording import did_you_mean
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.channels import known_kinds
from scheduler.domain.checking.findings import Finding, in_reading_order
from scheduler.domain.errors import ContentError, NoWayOut
from scheduler.domain.host import beside
from scheduler.flow.writing.checking_calendar import CalendarChecks
from scheduler.flow.writing.checking_folders import FolderChecks
from scheduler.flow.writing.checking_languages import LanguageChecks
from scheduler.flow.writing.checking_quizzes import QuizChecks
from scheduler.flow.writing.checking_values import Typed, Use, owned, placed
from scheduler.flow.writing.ground import Ground

#: Fields that show a word of the organisation's -> its key.
_ORGANISATION = {
    "organisation": "name",
    "contact": "contact",
    "adresse": "address",
    "dpo": "dpo",
    HELP: "help",
}


def _tell_nobody(_file: str) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Checker:
    """What one configuration's messages are checked with."""

    ground: Ground
    templates: Path
    #: The organisation's.
    today: date
    #: Campaign and episode whose values alone fill the blanks; None: every use of a message.
    only: tuple[str, str] | None = None
    #: Composes a text once, apart or where this runs already. Raises ContentError.
    prove: Callable[[Content], None] = prove_now
    #: Told of each file before it is judged.
    begins: Callable[[str], None] = _tell_nobody
    #: Files that are not judged: told of otherwise.
    skip: frozenset[str] = frozenset()

    def message(self, name: str) -> list[Finding]:
        """Every finding on one message."""
        return in_reading_order([*self._message(name)])

    def shared(self) -> list[Finding]:
        """Every finding on what all messages share."""
        self.begins(self._library.where(LAYOUT_PATH))
        return [*self._layout.check(), *self._snippets()]

    @cached_property
    def _library(self) -> PatientLibrary:
        ground = self.ground
        return PatientLibrary(self.templates, ground.parents, ground.host, ground.notice_version)

    @cached_property
    def _calendar(self) -> CalendarChecks:
        return CalendarChecks(ground=self.ground, today=self.today, only=self.only)

    @cached_property
    def _languages(self) -> LanguageChecks:
        return LanguageChecks(ground=self.ground, library=self._library, calendar=self._calendar)

    @cached_property
    def _folders(self) -> FolderChecks:
        return FolderChecks(ground=self.ground, library=self._library, today=self.today)

    @cached_property
    def _audiences(self) -> Mapping[str, Audience]:
        return {audience.name: audience for audience in self.ground.audiences}

    @cached_property
    def _rules(self) -> TextRules:
        ground = self.ground
        organisation, links = ground.organisation, ground.links
        allowed = Allowed.of(organisation, links)
        return TextRules(
            library=self._library,
            allowed=allowed,
            addresses=AddressRules(allowed=allowed, links=links),
            suffix=SmsSuffix.of(ground.sms_sender, links.short_url, ground.sms_name),
            values={
                "organisation": organisation.name,
                "site": organisation.site,
                "contact": organisation.contact,
                "page_aide": links.help_page,
                "page_verifier": links.verify_page,
                "page_quiz": links.quiz_page,
                HOST: ground.host.name,
                **RESULT_EXAMPLES,
                "adresse": organisation.address,
                "dpo": organisation.dpo,
                "page_confidentialite": organisation.privacy_url,
                "page_desinscription": links.public_url,
            },
            help_for=organisation.help_for,
            today=self.today,
        )

    @cached_property
    def _layout(self) -> LayoutRules:
        return LayoutRules(
            library=self._library,
            sender=self.ground.email_sender,
            organisation=self.ground.organisation,
            links=self.ground.links,
        )

    def _message(self, name: str) -> Iterator[Finding]:
        found = self._library.examine(name)
        yield from map(told, found.faults)
        yield from self._quizzes.message(name)
        folder = found.folder
        if folder is not None:
            yield from self._languages.message(folder, found)
            yield from self._calendar.message(folder)
            yield from self._folders.message(folder, found)
        where_of = {one.path: self._library.where(one.path) for one in found.sources}
        yield from still_french(found.sources, where_of)
        for source in found.sources:
            file = self._library.where(source.path)
            if file in self.skip or source.fault is not None:
                continue
            self.begins(file)
            if folder is not None and source.channel not in {*folder.channels, *_known()}:
                yield stray(file)
            elif source.audience is not None and source.audience not in self._audiences:
                yield finding(
                    "audience",
                    file,
                    None,
                    f"« {source.audience} » n'est pas un public",
                    did_you_mean(source.audience, self._audiences),
                )
            elif folder is None:
                yield from self._rules.words(source, {})
            else:
                yield from self._text(folder, source)

    @cached_property
    def _quizzes(self) -> QuizChecks:
        return QuizChecks(
            root=self.templates,
            audiences=tuple(self._audiences),
            allowed=self._rules.allowed,
            addresses=self._rules.addresses,
        )

    def _text(self, folder: MessageFolder, source: Source) -> Iterator[Finding]:
        """One text, for each audience that may get it and each use of the calendar."""
        uses = self._calendar.values(folder, source.variant.partition("-")[0])
        shown = examples(folder.placeholders)
        yield from self._rules.blanks(folder, source)
        if not {*CALLS} & {*folder.placeholders}:
            yield from self._rules.calls(source)
        if source.is_letter:
            yield from self._rules.results(source, folder.placeholders)

        credit = folder.credit
        if folder.kicker:
            credit = beside(credit, folder.kicker.credit)
            slogan = folder.kicker.slogan
            headlined = self._calendar.opens_or_closes(folder.path)
            yield from self._rules.slogan(source, shown, slogan, in_subject=headlined)
        if is_shown(HOST, source.subject, source.preheader, source.body):
            credit = self.ground.host.beside(credit)

        def words(values: Mapping[str, str]) -> Iterator[Finding]:
            return self._rules.words(source, values, credit)

        fields = self._of_organisation(source)
        for use in uses or [Use(values={})]:
            found = placed(words, shown, use)
            yield from owned(found, words, {**shown, **use.values}, fields)
        for audience in self._readers(source):
            structure = list(self._rules.structure(folder, source, audience))
            yield from structure
            if not source.is_letter:
                yield from self._short(folder, source, audience, uses)
            if not structure and (source.subject or not source.is_letter):
                composed = partial(self._composed, folder, source, audience)
                for use in uses or [Use(values=shown)]:
                    yield from placed(composed, shown, use, whole=True)

    def _short(
        self, folder: MessageFolder, source: Source, audience: Audience, uses: Sequence[Use]
    ) -> Iterator[Finding]:
        """Alphabet and length of an SMS, as one audience gets it."""
        shown = examples(folder.placeholders)
        zone = self._calendar.zone(folder)

        support = self.ground.organisation.support_for(audience.people, source.variant)
        calls = {
            SUPPORT: transliterate(support.longest),
            HELP: transliterate(self.ground.organisation.help_for(source.variant)),
            HOST: self.ground.host.name,
        }

        def here(values: Mapping[str, str]) -> Iterator[Finding]:
            return self._rules.sms(source, {**calls, **values}, audience.name)

        def elsewhere(values: Mapping[str, str]) -> Iterator[Finding]:
            return self._rules.sms_elsewhere(source, {**calls, **values}, audience.name, zone)

        for use in (Use(values=longest(folder.placeholders)), *uses):
            yield from placed(here, shown, use)
        for use in uses:
            yield from placed(elsewhere, shown, use)

    def _composed(
        self, folder: MessageFolder, source: Source, audience: Audience, values: Mapping[str, str]
    ) -> Iterator[Finding]:
        """What only shows once the whole message is put together."""
        try:
            content = freeze(self._library, folder, source, audience, values)
            self.prove(content)
        except NoWayOut as error:
            yield self._no_way_out(source, error)
        except ContentError as error:
            fault = error.fault
            where = fault.where if fault.line else self._library.where(source.path)
            if fault.where.endswith((".yaml", ".html")):
                where = fault.where
            yield finding("structure", where, fault.line, fault.what, fault.remedy)

    def _no_way_out(self, source: Source, error: NoWayOut) -> Finding:
        """It is the footer that shows the link, and the layout that shows the footer."""
        text, path = self._library.snippet(FOOTER_NAME, source.variant)
        where = LAYOUT_PATH if "page_desinscription" in text else path
        return finding("no-way-out", self._library.where(where), None, error.fault.what)

    def _snippets(self) -> Iterator[Finding]:
        slots = {field.name for one in self.ground.audiences for field in one.fields}
        for source in self._library.shared_texts():
            file = self._library.where(source.path)
            if file in self.skip:
                continue
            if source.fault is not None:
                yield told(source.fault)
                continue
            self.begins(file)
            shared = partial(self._rules.shared, source, tuple(sorted(slots)))
            yield from owned(shared({}), shared, {}, self._of_organisation(source))

    def _of_organisation(self, source: Source) -> Mapping[str, Typed]:
        """Words of the organisation's that a text shows, and where they were typed."""
        lines = self.ground.lines
        document = self.ground.document() if lines is not None else None
        return {
            field: Typed(
                name=f"organisation.{key}",
                file=self.ground.file,
                line=document.line(("organisation", key)),
            )
            for field, key in _ORGANISATION.items()
            if document is not None
            and is_shown(field, source.subject, source.preheader, source.body)
        }

    def _readers(self, source: Source) -> list[Audience]:
        parents = self.ground.parents
        return [
            audience
            for audience in self.ground.audiences
            if source.channel in audience.channels
            and source.audience in (None, audience.name, parents.get(audience.name))
        ]


def stray(file: str) -> Finding:
    return finding("stray", file, None, "rien ne lit ce fichier : il est ignoré")


def _known() -> set[str]:
    """Channels that a text may be meant for, whatever its message.yaml says."""
    return {one.name for one in known_kinds()}
