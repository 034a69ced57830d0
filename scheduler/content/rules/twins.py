"""The ``twin:`` block: read from two metres by whoever passes, so short, and nobody's."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from scheduler.content import fields
from scheduler.content.composing.render import PLAIN, Text
from scheduler.content.folder import FOR_ALL, MessageFolder, TwinText
from scheduler.content.grammar import Scope
from scheduler.content.rules import days as rules_days
from scheduler.content.rules import numbers as rules_numbers
from scheduler.content.rules import persons as rules_persons
from scheduler.content.rules import typography as rules_typography
from scheduler.content.rules.links import HOST
from scheduler.content.rules.passage import Passage, finding, with_examples, with_marks
from scheduler.content.twins.told import FIELDS
from scheduler.content.wording import did_you_mean
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.checking.findings import Finding, Hold
from scheduler.domain.errors import ContentError
from scheduler.domain.host import Host
from scheduler.domain.organisation import Organisation
from scheduler.domain.twins import LONGEST_LINE, LONGEST_POINT, MOST_POINTS, POINTS
from scheduler.domain.values import frozen

_LINK = re.compile(r"https?:|\bwww\.|\]\(|<[a-z]+:")


@frozen
class TwinRules:
    #: message.yaml, as people know it.
    file: str
    #: Audience -> who they are.
    people: Mapping[str, People]
    host: Host
    organisation: Organisation

    def check(self, folder: MessageFolder, line: int | None) -> Iterator[Finding]:
        """``line``: of ``twin`` in message.yaml. No reader waits for what is on a wall."""
        for found in self._blocks(folder, line):
            yield replace(found, hold=Hold.NO)

    def _blocks(self, folder: MessageFolder, line: int | None) -> Iterator[Finding]:
        for (audience, variant), block in folder.twins.items():
            if audience != FOR_ALL and audience not in self.people:
                what = f"twin: « {audience} » n'est pas un public"
                yield finding("twin", self.file, line, what, did_you_mean(audience, self.people))
                continue
            if block.points and len(block.points) not in (POINTS, MOST_POINTS):
                what = f"twin: {len(block.points)} point(s) au lieu de {POINTS} ou {MOST_POINTS}"
                remedy = (
                    f"écrivez-en {POINTS} ou {MOST_POINTS}, ou aucun : ceux du texte les remplacent"
                )
                yield finding("twin", self.file, block.line, what, remedy)
            for words in block.points:
                yield from self._words(words, block, variant, audience, LONGEST_POINT)
            if block.post:
                # A post is public, whoever its message was for.
                yield from self._words(block.post, block, variant, "", LONGEST_LINE)

    def _words(
        self, words: str, block: TwinText, variant: str, audience: str, most: int
    ) -> Iterator[Finding]:
        shown = with_examples(
            words, {fields.HOST: self.host.name, "organisation": self.organisation.name}
        )
        passage = Passage(
            file=self.file, text=shown, first_line=block.line, language=variant.partition("-")[0]
        )
        if len(shown) > most:
            what = f"« {shown[:30]}… » fait {len(shown)} caractères"
            yield passage.finding("twin", 0, what, f"restez à {most} au plus")
        if _LINK.search(shown) or HOST.search(shown):
            what = "un lien ou une adresse est dans twin:"
            yield passage.finding("twin", 0, what, "retirez-le : le programme met l'adresse")
        yield from rules_persons.data(passage, "twin", "twin:")
        yield from self._staff_number(passage, audience)
        yield from self._fields(words, block)
        yield from rules_days.days(passage)
        yield from rules_numbers.help_numbers(passage)
        written = Passage(
            file=self.file,
            text=with_marks(words),
            first_line=block.line,
            language=passage.language,
        )
        yield from rules_typography.typography(written)

    def _staff_number(self, passage: Passage, audience: str) -> Iterator[Finding]:
        if self.people.get(audience) is People.STAFF:
            return
        said = "".join(passage.text.split())
        for number in self.organisation.staff_numbers:
            if number in said:
                what = f"« {number} » est le numéro de l'assistance du personnel"
                yield passage.finding("twin", 0, what)

    def _fields(self, words: str, block: TwinText) -> Iterator[Finding]:
        scope = Scope(where=self.file, fields=FIELDS, first_line=block.line)
        try:
            Text(PLAIN, words, scope)
        except ContentError as error:
            fault = error.fault
            yield finding("twin", self.file, fault.line, fault.what, fault.remedy)
