"""What the quizzes of a campaign came to, said in a text of it: « 310 réponses, 80 % de bonnes ».

From the steps that anybody may be shown, never from what lies behind them, and frozen with the
text: a recap says the same to its first reader and its last.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from scheduler.content.composing.content import Content
from scheduler.content.fields import ANSWERS, RESULT_EXAMPLES, RESULTS, RIGHT
from scheduler.content.folder import MessageFolder
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.quizzes.counted import Chosen, of_quiz
from scheduler.domain.quizzes.quiz import Quiz
from scheduler.domain.quizzes.showing import Results, results, told
from scheduler.domain.showing.small_numbers import LEAST, ROUNDED, Veil
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.quizzes import Shelf


class AnswerSource(Protocol):
    async def answers(self) -> Mapping[Chosen, int]:
        """How often each answer of a quiz was chosen."""


def asked(folder: MessageFolder, content: Content) -> list[str]:
    """Which of the figures a text names; a placeholder of that name is the message's own."""
    return [one for one in RESULTS if one in content.values and one not in folder.placeholders]


async def with_results(
    agenda: Agenda,
    ledger: AnswerSource,
    campaign: Campaign,
    folder: MessageFolder,
    content: Content,
) -> Content:
    """The text with the figures that it names, as they stand now."""
    wanted = asked(folder, content)
    if not wanted:
        return content
    audience = content.reads_as or content.audience
    messages = {one.message for one in campaign.episodes}
    quizzes = await asyncio.to_thread(_quizzes, agenda, messages, audience)
    counts = await ledger.answers()
    found = in_words(came_to(quizzes, counts), content.language)
    return content.saying({**content.values, **{one: found[one] for one in wanted}})


def with_examples(folder: MessageFolder, content: Content) -> Content:
    """The text with figures that are nobody's, to be looked at."""
    wanted = asked(folder, content)
    return content.saying({**content.values, **{one: RESULT_EXAMPLES[one] for one in wanted}})


def came_to(quizzes: Sequence[Quiz], counts: Mapping[Chosen, int]) -> Results:
    """Rounded whoever the people are: this is read by everybody."""
    return results(
        (
            told(of_quiz(counts, quiz)[one.key], one.right, ROUNDED)
            for quiz in quizzes
            for one in quiz.questions
        ),
        ROUNDED,
    )


def in_words(found: Results, language: str) -> dict[str, str]:
    """Empty where it may not be told, or would be told of too few."""
    answers = found.answers.shown
    if isinstance(answers, Veil) or answers < LEAST:
        return dict.fromkeys(RESULTS, "")
    in_english = language == "en"
    blank = "" if in_english else "\u00a0"
    right = "" if found.right is None else f"{found.right}{blank}%"
    number = f"{answers:,}" if in_english else f"{answers:,}".replace(",", "\u202f")
    return {ANSWERS: number, RIGHT: right}


def _quizzes(agenda: Agenda, messages: Collection[str], audience: str) -> list[Quiz]:
    """Those that are open, of these messages and this audience."""
    values = {
        "hote": agenda.library.host.name,
        "organisation": agenda.configuration.settings.organisation.name,
    }
    every = Shelf().all(agenda.configuration.templates, values)
    french = (one.french for one in every.values())
    return [one for one in french if one.message in messages and one.audience == audience]
