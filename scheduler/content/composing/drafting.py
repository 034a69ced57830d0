"""An e-mail's subject, text and HTML from its frozen content, with marks for contact fields.

Markdown template → Markdown → tokens → text, and HTML → layout → style in its place
"""

from collections.abc import Mapping, Sequence

from markdown_it.token import Token

from scheduler.content import fields
from scheduler.content.composing import markdown, plain
from scheduler.content.composing.components import MarkdownFault
from scheduler.content.composing.content import Content
from scheduler.content.composing.layout import lay_out
from scheduler.content.composing.render import MARKDOWN, PLAIN, Answers, Question, Slot, Text, safe
from scheduler.content.composing.skeleton import Marks
from scheduler.content.grammar import Scope
from scheduler.domain.consent.grounds import transfer
from scheduler.domain.errors import ContentError, NoWayOut
from scheduler.domain.organisation import Links, Organisation
from scheduler.domain.values import frozen


@frozen
class Draft:
    """An e-mail in full, but for the recipient's values: their marks are in it."""

    text: str
    html: str
    #: What the templates asked of the recipient, in order.
    answers: Sequence[tuple[Question, bool]]


class Drafter:
    """Compiles a content once; ``draft`` then renders it for one recipient's answers."""

    def __init__(
        self, content: Content, organisation: Organisation, links: Links, grounds: str, marks: Marks
    ) -> None:
        """Raises ContentError when the content can't be rendered."""
        self._content = content
        self._organisation = organisation
        self._links = links
        self._drawing = content.drawing if organisation.images else None
        self._marks = marks
        self._values: dict[str, object] = values_of(content, organisation, links)
        slots = tuple(name for name in marks.of if name not in fields.OF_READER)
        self._body = Text(MARKDOWN, content.body, self._scope((*self._values,), slots))
        self.subject = self._line(content.subject)
        self.preheader = self._line(content.preheader)
        self._footer_values = _footer_values(
            self._values, content, organisation, marks.optout_url, grounds
        )
        scope = self._scope(fields.FOOTER, fields.OF_READER)
        self._footer = Text(MARKDOWN, content.footer, scope)

    def draft(self, recipient: Mapping[str, str]) -> Draft:
        """Raises ContentError when a contact field's mark or the opt-out link went missing."""
        answers = Answers(recipient)
        slots = {name: Slot(name, mark, answers) for name, mark in self._marks.of.items()}
        body = self._body.render(self._values | slots)
        of_reader = {name: slots[name] for name in fields.OF_READER}
        foot = self._footer.render(self._footer_values | of_reader)
        tokens, footer = self._tokens(body), self._tokens(foot)
        language = self._content.language
        text = "\n".join(
            (
                plain.to_text(tokens, language),
                "",
                "-" * plain.WIDTH,
                plain.to_text(footer, language),
                "",
            )
        )
        shown = markdown.to_html(tokens)
        for one in (self._drawing, self._content.kicker):
            if one:
                text = f"{one.text(plain.WIDTH)}\n\n{text}"
                shown = one.html + shown
        html = self._page(shown, markdown.to_html(footer))
        for part in (text, html):
            self._check(part, sorted(self._marks.found(body) + self._marks.found(foot)))
        return Draft(text=text, html=html, answers=answers.given)

    def _page(self, body: str, footer: str) -> str:
        content = self._content
        easy_to_read = content.variant.endswith("-falc")
        values: dict[str, object] = {
            "lang": content.language,
            "title": content.title,
            "subject": self.subject,
            "preheader": self.preheader,
            "body": safe(body),
            "footer": safe(footer),
            "organisation": self._organisation,
            "message_class": content.message_class.value,
            "credit": content.credit,
            "optout_url": self._marks.optout_url,
            "help_page": self._links.help_page,
            "privacy_url": self._organisation.privacy_url,
            "easy_to_read": easy_to_read,
            "logo": self._organisation.logo is not None,
            "easy_to_read_logo": easy_to_read and bool(content.reviewed_by),
        }
        return lay_out(content.layout, content.where, values)

    def _line(self, template: str) -> str:
        line = Text(PLAIN, template, self._scope((*self._values,))).render(self._values).strip()
        if not line:
            raise self._scope(()).fault("l'objet ou le pré-en-tête est vide", "écrivez-les")
        return line

    def _tokens(self, source: str) -> list[Token]:
        try:
            return markdown.parse(source, self._marks.slot)
        except MarkdownFault as fault:
            raise self._scope(()).fault(fault.what, fault.remedy) from None

    def _scope(self, names: Sequence[str], slots: Sequence[str] = ()) -> Scope:
        return Scope(where=self._content.where, fields=names, slots=slots)

    def _check(self, part: str, marks: Sequence[str]) -> None:
        if self._marks.found(part) != marks:
            raise ContentError(
                where=self._content.where,
                what="un champ de contact a été perdu ou répété à la mise en page",
                remedy="vérifiez que la maquette montre {{ body }} une fois",
            )
        if self._marks.optout_url not in part:
            raise NoWayOut(
                where=self._content.where,
                what="le lien de désinscription manque",
                remedy="le pied montre {{ page_desinscription }}, la maquette {{ footer }}",
            )


def subject_line(content: Content, organisation: Organisation, links: Links) -> str:
    """The subject alone, filled. Raises ContentError when it can't be."""
    values = values_of(content, organisation, links)
    scope = Scope(where=content.where, fields=(*values,))
    return Text(PLAIN, content.subject, scope).render(values).strip()


def values_of(content: Content, organisation: Organisation, links: Links) -> dict[str, object]:
    """The fields that are known without a reader."""
    return {
        **content.values,
        "organisation": organisation.name,
        "site": organisation.site,
        "contact": organisation.contact,
        "page_aide": links.help_page,
        "page_verifier": links.verify_page,
        "page_quiz": links.quiz_page,
        "audience": content.reads_as or content.audience,
        fields.HELP: content.values.get(fields.HELP, organisation.help_for(content.variant)),
    }


def _years(number: int, language: str) -> str:
    return (
        f"{number} year{'s' * (number > 1)}"
        if language == "en"
        else f"{number} an{'s' * (number > 1)}"
    )


def _footer_values(
    values: Mapping[str, object],
    content: Content,
    organisation: Organisation,
    optout_url: str,
    grounds: str,
) -> dict[str, object]:
    return {
        **values,
        "adresse": organisation.address,
        "dpo": organisation.dpo,
        "page_confidentialite": organisation.privacy_url,
        "page_desinscription": optout_url,
        "motif": grounds,
        "credit": content.credit,
        "classe": content.message_class.value,
        "conservation": _years(organisation.keeps_years, content.language),
        fields.FULL_NOTICE: "x" if organisation.full_notice else "",
        fields.NOTICE_VERSION: content.notice,
        "transfert": transfer(organisation.sms_abroad, content.language),
    }
