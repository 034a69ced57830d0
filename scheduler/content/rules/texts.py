"""Holds one text of a message, or a text shared by several, to every rule that concerns it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from scheduler.content import fields
from scheduler.content.composing import static
from scheduler.content.composing.render import PLAIN, Text
from scheduler.content.composing.texts import FOOTER_NAME, Texts
from scheduler.content.elsewhere import HOUR, hour_elsewhere
from scheduler.content.folder import MessageFolder, Placeholder, Source
from scheduler.content.grammar import Scope
from scheduler.content.rules import borrowed as rules_borrowed
from scheduler.content.rules import calls as rules_calls
from scheduler.content.rules import claims as rules_claims
from scheduler.content.rules import credit as rules_credit
from scheduler.content.rules import days as rules_days
from scheduler.content.rules import easy as rules_easy
from scheduler.content.rules import expired as rules_expired
from scheduler.content.rules import health as rules_health
from scheduler.content.rules import language as rules_language
from scheduler.content.rules import links as rules_links
from scheduler.content.rules import moments as rules_moments
from scheduler.content.rules import numbers as rules_numbers
from scheduler.content.rules import results as rules_results
from scheduler.content.rules import shape as rules_shape
from scheduler.content.rules import signs as rules_signs
from scheduler.content.rules import sms as rules_sms
from scheduler.content.rules import typography as rules_typography
from scheduler.content.rules import weighing as rules_weighing
from scheduler.content.rules import words as rules_words
from scheduler.content.rules.addresses import AddressRules
from scheduler.content.rules.files import PatientLibrary, every_fault
from scheduler.content.rules.links import Allowed
from scheduler.content.rules.passage import Passage, finding, with_examples, with_marks
from scheduler.content.sms import SmsSuffix, without_own_stop
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ContentError, Fault
from scheduler.domain.values import frozen

#: Who reads of care at work.
STAFF = "staff"


def told(fault: Fault) -> Finding:
    """What the content engine refuses, among the findings."""
    return finding("structure", fault.where, fault.line, fault.what, fault.remedy)


def examples(placeholders: Mapping[str, Placeholder]) -> dict[str, str]:
    return {name: one.example or one.default for name, one in placeholders.items()}


def longest(placeholders: Mapping[str, Placeholder]) -> dict[str, str]:
    """Values as long as they may be, for counting an SMS."""
    return {
        name: "x" * one.max_length if one.max_length else max(one.example, one.default, key=len)
        for name, one in placeholders.items()
    }


def _days(passage: Passage) -> Iterator[Finding]:
    """A day that is named, else a moment that is supposed."""
    named = [*rules_days.days(passage)]
    yield from named or rules_moments.moments(passage)


@frozen
class TextRules:
    """``values`` are those of the organisation's own fields (``site``, ``page_aide``…)."""

    library: PatientLibrary
    allowed: Allowed
    addresses: AddressRules
    suffix: SmsSuffix
    values: Mapping[str, str]
    #: Whom to call, as readers of a variant are told.
    help_for: Callable[[str], str]
    #: A date before it is over.
    today: date

    def structure(
        self, message: MessageFolder, source: Source, audience: Audience
    ) -> Iterator[Finding]:
        """Fields and marks that the content engine would refuse."""
        slots = tuple(field.name for field in audience.fields if field.name.isidentifier())

        def texts(of: Source) -> Texts:
            return Texts(library=self.library, message=message, source=of, slots=slots)

        if not source.is_letter:
            yield from map(told, every_fault(source, lambda part: texts(part).line()))
            return
        without = replace(source, body=rules_links.without_pictures(source.body))
        yield from map(told, every_fault(without, lambda part: texts(part).body()))
        for read in (texts(source).check_head, texts(source).footer):
            try:
                read()
            except ContentError as error:
                yield told(error.fault)
        yield from rules_shape.holes(self._passage(source, source.body), slots)

    def slogan(
        self, source: Source, values: Mapping[str, str], words: str, *, in_subject: bool
    ) -> Iterator[Finding]:
        """The slogan ``words``, typed where it doesn't stand by itself; ``in_subject``: it may
        stand there."""
        filled = self._filled(source, values)
        subject = self._headline(source, source.subject, source.subject_line, filled)
        preheader = self._headline(source, source.preheader, source.preheader_line, filled)
        body = self._passage(source, with_examples(source.body, filled))
        for passage in (None if in_subject else subject, preheader, body):
            if passage:
                yield from rules_days.slogan(passage, words)

    def words(
        self, source: Source, values: Mapping[str, str], credit: str = ""
    ) -> Iterator[Finding]:
        """``values`` fill the message's placeholders; ``credit`` is its own."""
        filled = self._filled(source, {**values, "audience": source.audience or ""})
        if source.is_letter:
            yield from self._headlines(source, filled)
            yield from self._body(source, filled)
        else:
            yield from self._line(source, filled)
        yield from self._reading(source, filled, credit)

    def _reading(self, source: Source, values: Mapping[str, str], credit: str) -> Iterator[Finding]:
        """How the text itself reads, without the snippets it shares with others."""
        passage = self._passage(source, self._shown(source, values))
        beside = "\n".join((source.subject, source.preheader, credit))
        yield from rules_language.language(passage)
        due = [*rules_credit.credits_due(passage, beside)]
        due = due or [*rules_claims.unsourced(passage, beside)]
        yield from due or rules_borrowed.borrowed(passage, beside)
        # A writer's own words, as they were learned: a house's name weighs nothing.
        typed = self._passage(source, self._shown(source, {}))
        yield from rules_weighing.tone(typed)
        if source.variant.endswith("-falc"):
            yield from rules_easy.easy(passage, lines=source.is_letter)
        if not source.is_letter and source.audience != STAFF:
            yield from rules_health.health_words(passage)

    def blanks(self, message: MessageFolder, source: Source) -> Iterator[Finding]:
        """Placeholders of an SMS that have no limit."""
        raw = self._passage(source, source.body)
        for name, placeholder in message.placeholders.items():
            at = source.body.find("{{ " + name)
            if not source.is_letter and at >= 0 and not placeholder.max_length:
                yield raw.finding("sms-blank", at, f"la case « {name} » n'a pas de max_length")

    def calls(self, source: Source) -> Iterator[Finding]:
        """Whom to call, said where nobody may have set it."""
        yield from rules_calls.unguarded(self._passage(source, source.body))

    def results(self, source: Source, own: Collection[str]) -> Iterator[Finding]:
        """Figures of quizzes, said where there may be none; ``own``: the message's placeholders."""
        for text, line in (
            (source.subject, source.subject_line),
            (source.preheader, source.preheader_line),
            (source.body, source.body_line),
        ):
            yield from rules_results.unguarded(self._passage(source, text, line), own)

    def sms(self, source: Source, values: Mapping[str, str], audience: str) -> Iterator[Finding]:
        """Alphabet and length, as one audience would get it."""
        passage = self._as_sent(source, {**values, "audience": audience})
        if passage is not None:
            yield from rules_sms.alphabet(passage)
            yield from rules_sms.length(passage, self.suffix)

    def sms_elsewhere(
        self, source: Source, values: Mapping[str, str], audience: str, zone: str
    ) -> Iterator[Finding]:
        """The length for readers of other zones than the event's, where the hour says its own."""
        if not (hour := values.get(HOUR)):
            return
        told = {**values, "audience": audience}
        here = self._as_sent(source, told)
        away = self._as_sent(source, {**told, HOUR: hour_elsewhere(hour, zone)})
        if here is not None and away is not None and not any(rules_sms.length(here, self.suffix)):
            yield from rules_sms.length_elsewhere(away, self.suffix)

    def _as_sent(self, source: Source, values: Mapping[str, str]) -> Passage | None:
        """An SMS, filled; None for one that ``structure`` tells of."""
        try:
            sent = without_own_stop(self._rendered(source.body.strip(), values))
            return self._passage(source, sent)
        except ContentError:
            return None

    def shared(
        self, source: Source, slots: tuple[str, ...], values: Mapping[str, str]
    ) -> Iterator[Finding]:
        """A snippet, whoever uses it. ``slots`` are the contact fields of all audiences; ``values``
        stand before the organisation's."""
        footer = source.path.startswith(f"_snippets/{FOOTER_NAME}.")
        scope = Scope(
            where=self.library.where(source.path),
            fields=fields.FOOTER
            if footer
            else (
                *fields.ORGANISATION,
                fields.HELP,
                fields.HOST,
                *fields.RESULTS,
                *fields.AUDIENCE,
            ),
            slots=fields.OF_READER if footer else (*slots, fields.SUPPORT),
            elsewhere=slots if footer else (),
        )
        without = replace(source, body=rules_links.without_pictures(source.body))
        yield from map(told, every_fault(without, lambda part: static.check(part.body, scope)))
        yield from self.calls(source)
        yield from self.results(source, ())
        yield from self._body(source, self._filled(source, values))

    def _filled(self, source: Source, values: Mapping[str, str]) -> Mapping[str, str]:
        return {**self.values, fields.HELP: self.help_for(source.variant), **values}

    def _headlines(self, source: Source, values: Mapping[str, str]) -> Iterator[Finding]:
        subject = self._headline(source, source.subject, source.subject_line, values)
        preheader = self._headline(source, source.preheader, source.preheader_line, values)
        if subject:
            yield from rules_words.subject(subject, preheader.text if preheader else "")
        if preheader:
            yield from rules_words.preheader(preheader, subject.text if subject else "")
        for passage, template in ((subject, source.subject), (preheader, source.preheader)):
            if passage:
                yield from rules_links.shorteners(passage)
                written = replace(passage, text=with_examples(template, {}))
                yield from _days(written)
                yield from rules_expired.expired(written, self.today)
                yield from rules_numbers.help_numbers(passage)
                yield from rules_typography.english_quotes(passage)
                yield from rules_shape.unfilled(replace(passage, text=template))

    def _headline(
        self, source: Source, template: str, line: int, values: Mapping[str, str]
    ) -> Passage | None:
        """None when it is missing or at fault: told by ``structure``."""
        try:
            shown = self._rendered(template, values)
        except ContentError:
            return None
        return self._passage(source, shown, line) if shown else None

    def _body(self, source: Source, values: Mapping[str, str]) -> Iterator[Finding]:
        passage = self._passage(source, with_examples(source.body, values))
        written = self._passage(source, source.body)
        yield from rules_words.text(passage)
        typed = self._passage(source, with_examples(source.body, {}))
        yield from _days(typed)
        yield from rules_expired.expired(typed, self.today)
        yield from rules_numbers.help_numbers(passage)
        yield from rules_links.links(passage, self.allowed)
        yield from rules_links.shorteners(passage)
        yield from rules_links.pictures(passage)
        yield from self.addresses.check(passage)
        yield from rules_signs.quotes(passage)
        yield from rules_typography.english_quotes(passage)
        for rule in (
            rules_shape.headings,
            rules_shape.swallowed_breaks,
            rules_shape.unfilled,
            rules_shape.emptiness,
        ):
            yield from rule(written)
        # The organisation's own name and address are not the writer's typography.
        yield from rules_typography.typography(self._passage(source, with_marks(source.body)))

    def _line(self, source: Source, values: Mapping[str, str]) -> Iterator[Finding]:
        passage = self._passage(source, self._shown(source, values))
        written = self._passage(source, source.body)
        yield from rules_words.text(passage)
        typed = self._passage(source, with_examples(source.body, {}))
        yield from _days(typed)
        yield from rules_expired.expired(typed, self.today)
        yield from rules_numbers.help_numbers(passage)
        yield from rules_links.shorteners(passage)
        yield from rules_shape.unfilled(written)
        yield from rules_shape.emptiness(written)
        if not source.is_letter:
            yield from self.addresses.check(passage)
            yield from rules_links.sms_links(passage, rules_links.host_of(values.get("site", "")))
            yield from rules_sms.stop(passage)
            marked = self._passage(source, without_own_stop(with_marks(source.body).rstrip()))
            yield from rules_typography.line_typography(marked)
            yield from rules_typography.line_quotes(passage)

    @staticmethod
    def _shown(source: Source, values: Mapping[str, str]) -> str:
        """An SMS with its examples, without what the suffix stands for."""
        text = with_examples(source.body, values)
        return text if source.is_letter else without_own_stop(text.rstrip())

    def _passage(self, source: Source, text: str, line: int = 0) -> Passage:
        return Passage(
            file=self.library.where(source.path),
            text=text,
            first_line=line or source.body_line,
            language=source.variant.removesuffix("-falc"),
            channel="email" if source.is_letter else "sms",
            audience=source.audience or "",
        )

    def _rendered(self, template: str, values: Mapping[str, str]) -> str:
        scope = Scope(where="", fields=tuple(values))
        return Text(PLAIN, template, scope).render(values).strip()
