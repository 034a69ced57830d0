"""Rules on quizzes: one right answer that nothing gives away, known links, and nobody's data."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from scheduler.content.quizzes import QuizFile
from scheduler.content.rules import easy as rules_easy
from scheduler.content.rules import language as rules_language
from scheduler.content.rules import links as rules_links
from scheduler.content.rules import numbers as rules_numbers
from scheduler.content.rules import persons as rules_persons
from scheduler.content.rules import signs as rules_signs
from scheduler.content.rules import typography as rules_typography
from scheduler.content.rules.addresses import AddressRules
from scheduler.content.rules.links import Allowed
from scheduler.content.rules.passage import Passage, finding, with_examples
from scheduler.content.rules.voice import plain
from scheduler.domain.checking.findings import Finding
from scheduler.domain.quizzes.giveaways import give_aways
from scheduler.domain.quizzes.quiz import QUESTIONS, same_answers

#: What would ask a reader who they are: an answer would then be one person's.
_ASKS = re.compile(
    r"\b(?:quel(?:le)?s? (?:est|sont) (?:votre|vos|ton|tes) (?:nom|prenom|age|adresse|courriel"
    r"|numero|matricule|date de naissance|service|unite|etage|metier|fonction|profession|grade"
    r"|etablissement|mot de passe|code|traitement|maladie|medecin)"
    r"|(?:dans|de) quel(?:le)? (?:service|unite|etage|etablissement|equipe)"
    r"|(?:ou|avec qui) travaill(?:ez-vous|es-tu)|quel age avez-vous|comment vous appelez"
    r"|etes-vous (?:soignante?|patiente?|malade|medecin|infirmiere?|aide-soignante?|cadre)"
    r"|de quoi (?:souffrez|etes-vous soignee?)|depuis quand etes-vous"
    r"|avez-vous deja (?:clique|donne|ete (?:pieg|vole|pirat)\w{0,6}|partage|prete)"
    r"|what is your (?:name|age|address|e-?mail|number|job|ward|department|password|code|doctor)"
    r"|which (?:ward|department|unit|team) (?:do you|are you)|where do you work|how old are you"
    r"|are you a (?:nurse|doctor|patient|carer)"
    r"|have you ever (?:clicked|given|been (?:caught|tricked|hacked)|shared|lent))\b"
)


def file_findings(
    found: QuizFile, where: str, allowed: Allowed, addresses: AddressRules
) -> Iterator[Finding]:
    """One quiz in one language."""
    quiz = found.quiz
    if len(quiz.questions) != QUESTIONS:
        what = f"le quiz a {len(quiz.questions)} questions au lieu de {QUESTIONS}"
        yield finding("quiz-questions", where, None, what)
    for one in give_aways(quiz.questions):
        yield finding("quiz-giveaway", where, found.lines.get(one.question), one.what, one.remedy)
    if quiz.address == quiz.audience or quiz.address in ("patients", "staff"):
        what = f"l'adresse « {quiz.address} » dit à qui le quiz s'adresse"
        yield finding("quiz-person", where, 1, what, "choisissez un mot du message")
    easy = quiz.variant.endswith("-falc")
    for line, text in found.texts:
        passage = Passage(
            file=where,
            text=with_examples(text, {"hote": "Victor Code", "organisation": "l’hôpital"}),
            first_line=line,
            language=quiz.variant.removesuffix("-falc"),
        )
        # A text typed on one line may say several: each finding is at the line of its key.
        for each in _of_passage(passage, allowed, addresses, easy=easy):
            yield replace(each, line=line)
    whole = "\n\n".join(text for _, text in found.texts)
    yield from rules_language.language(
        Passage(file=where, text=whole, language=quiz.variant.removesuffix("-falc"))
    )


def _of_passage(
    passage: Passage, allowed: Allowed, addresses: AddressRules, *, easy: bool
) -> Iterator[Finding]:
    yield from _person(passage)
    yield from rules_links.links(passage, allowed)
    yield from rules_links.shorteners(passage)
    yield from rules_links.pictures(passage)
    yield from addresses.check(passage)
    yield from rules_numbers.help_numbers(passage)
    yield from rules_signs.quotes(passage)
    yield from rules_typography.english_quotes(passage)
    yield from rules_typography.typography(passage)
    if easy:
        yield from rules_easy.easy(passage)


def together(
    files: Sequence[tuple[QuizFile, str]], unread: Collection[str] = ()
) -> Iterator[Finding]:
    """The languages of one message's quizzes: each asks what the French one asks.

    ``unread`` are the names of files that were told of by themselves.
    """
    french = {one.quiz.audience: one.quiz for one, _ in files if one.quiz.variant == "fr"}
    for one, where in files:
        first = french.get(one.quiz.audience)
        name = f"quiz.{one.quiz.audience}.fr.yaml"
        if first is None and name in unread:
            continue
        if first is None:
            what = f"le quiz de « {one.quiz.audience} » n'existe pas en français"
            yield finding("quiz", where, None, what, f"écrivez {name}")
        elif not same_answers(one.quiz, first):
            yield finding(
                "quiz",
                where,
                None,
                "l'adresse, les questions, leurs lettres ou leurs bonnes réponses ne sont pas "
                "celles du français : cette langue n'est pas montrée",
                "reprenez l'adresse, les clés, les lettres et right: du fichier français",
            )


def _person(passage: Passage) -> Iterator[Finding]:
    if found := _ASKS.search(plain(passage.text)):
        what = f"« {found[0]} » demande qui répond"
        yield passage.finding("quiz-person", found.start(), what)
    yield from rules_persons.data(passage, "quiz-person", "le quiz")
