"""In English: the pages of the quizzes."""

from scheduler.web.public.texts import QuizTexts

QUIZ = QuizTexts(
    rules="Nothing is kept under your name: not who answers, nor when. We only count, for "
    "everybody together, how often each answer was chosen.",
    number="Question {number} of {questions}",
    button="See the answers",
    nothing="Choose at least one answer, then press the button again.",
    score="{right} out of {questions}",
    verdicts=(
        "A good start: everything is explained below, and nobody was counting mistakes.",
        "You have good habits already; the others are explained below.",
        "Full marks. All that’s left is to tell somebody about it.",
    ),
    right="Well spotted.",
    wrong="Not this time.",
    unanswered="You left this one out.",
    chosen="Your answer:",
    answer="The right answer:",
    now="The one thing to do now",
    further="To go further",
    again="Take the quiz again",
    certificate_link="A certificate to print, without a name",
    sheet_link="The sheet for running this quiz with a group",
    certificate="Certificate",
    certificate_lead="This sheet belongs to whoever earned it.",
    certificate_body="Whoever is holding it has answered “{title}”: {questions} questions, the "
    "explanations read to the end, and one more good habit in their pocket.",
    certificate_host="“One more who won’t let me in,” sighs {host}, and signs it all the same.",
    host_credit="Credit for the host, {host}: {credit}.",
    host_drawn="Firmin Crochet, in his cap and striped jumper. Now that he has retired, the only "
    "thing he hooks is wool.",
    certificate_note="No name, no mark and no number, on purpose: nobody is watched while they "
    "learn. This page proves nothing; it is only here to please.",
    sheet="Sheet for a group",
    sheet_lead="Allow fifteen minutes. Read each question aloud, let the group talk it over, then "
    "ask for hands up for A, B or C. Nobody has to tell their score. The answers are on another "
    "page.",
    sheet_questions="The questions",
    sheet_answers="The answers, for whoever runs it",
    back="Back to the quiz",
)
