"""In English: the page of commitments, and the sheet of numbers to keep at home."""

from scheduler.web.public.texts import PromiseTexts, SheetTexts

PROMISES = PromiseTexts(
    title="Our commitments",
    intro="What you can expect of us, in black and white. We ask you to check who is writing to "
    "you: it is only fair that we say first what we do.",
    parts=(
        (
            "What we send",
            (
                (
                    "Four messages in October, one reminder a month for the rest of the year, and "
                    "now and then an invitation."
                ),
                (
                    "Reminders and invitations give way by themselves: no more than {week} "
                    "messages a channel in seven days, and {month} in thirty-one."
                ),
                "Never at night, and never a request for a password, a code, a card or money.",
                "You can stop it all in one go, without saying why, before the next one leaves.",
            ),
        ),
        (
            "What we count",
            (
                (
                    "How many messages left, arrived or came back, and how many people said stop. "
                    "The figures are rounded, so that nobody can be recognised in them."
                ),
                (
                    "Of our quizzes and advice, how often each answer or opinion was given: never "
                    "by whom, nor when."
                ),
                (
                    "Nothing of what you read: no spying images, no tracked links, no record of "
                    "who opens or who clicks."
                ),
            ),
        ),
        (
            "What we keep",
            (
                (
                    "What it takes to write to you (your address or number, your language, where "
                    "you live) and the proof of your consent: {contacts_years} years at most "
                    "after the last thing you did."
                ),
                "Which messages you were sent: {deliveries_months} months, then totals only.",
                (
                    "Your refusal: without limit, in a form that doesn’t say your address. It is "
                    "the only way never to forget it."
                ),
            ),
        ),
        (
            "If an incident affects your data",
            (
                (
                    "The CNIL, the French data protection authority, is told within 72 hours of "
                    "our learning of it, unless it carries no risk for you (GDPR, article 33)."
                ),
                (
                    "If it may do you harm, we write to you without undue delay: what happened, "
                    "what we did, what you can do, whom to call (article 34)."
                ),
                (
                    "That message will never ask you for a code or a payment, or to hurry. If "
                    "somebody does so in our name, it isn’t us."
                ),
            ),
        ),
    ),
    sent_title="What left, and when",
    sent_intro="Over the past year, the latest first. The list is the same for everybody.",
    sent_nothing="We have sent nothing in the past year.",
    sent_page="Read these messages, and check the one you received",
    broken_title="And if we don’t keep them?",
    broken=(
        "Tell us: {contact}.",
        (
            "About your data, our data protection officer answers within a month: {dpo}. You may "
            "also turn to the CNIL (www.cnil.fr)."
        ),
    ),
)

SHEET = SheetTexts(
    title="My real numbers",
    link="“My real numbers”: a sheet to print",
    link_intro="Worried by a call or a message? The right number is the one you already had. Here "
    "is a sheet to fill in by hand and keep on the fridge:",
    intro="Keep this sheet on the fridge.\n"
    "Worried by a call or a message?\n"
    "Don’t ring the number in the message.\n"
    "Ring the number on this sheet.",
    how_title="How to fill it in",
    how="Write the numbers by hand.\n"
    "Somebody you trust can help you.\n"
    "The real numbers are on a card, a bill or an official letter.\n"
    "They are never in a message that you were sent.",
    blanks=(
        ("My doctor", "on a prescription"),
        ("My pharmacy", "on a receipt or a box"),
        ("My health insurance (assurance maladie)", "on a letter, or on ameli.fr"),
        ("My top-up insurance (mutuelle)", "on its card"),
        ("My bank", "on a statement"),
        ("To block my bank card", "on a statement, sometimes on the back of the card"),
        ("Somebody I trust", ""),
    ),
    ours="Us",
    known_title="Numbers already filled in",
    known=(
        ("Medical emergency (SAMU)", "a life is in danger", "15"),
        ("Emergency, by text", "if you can’t hear or speak well", "114"),
        ("A strange text message", "forward it to this number", "33700"),
        (
            "Info Escroqueries",
            "fraud; free, Monday to Friday, 9 am to 6.30 pm, in French",
            "0 805 805 817",
        ),
        ("France Victimes", "to talk about it; free, every day, 9 am to 7 pm", "116 006"),
    ),
    never="Never tell anybody a code or a password.\nNot even us.",
    on_paper="To print: choose “Print” in your browser’s menu. This website keeps nothing of what "
    "you write on the sheet.",
)
