"""The public pages in English."""

from scheduler.web.public.texts import HelpTexts, Notice, Texts, WayOutTexts

ENGLISH = Texts(
    language="en",
    language_name="English",
    skip="Go to the content",
    reach_us="To reach us:",
    help_link="Is this message from us?",
    privacy_link="What we do with your data",
    site_link="Our web site",
    test_title="Trial link",
    test="The page is the one a reader would see, but its button records nothing.",
    test_done="This was a trial: nothing was recorded.",
    email=WayOutTexts(
        title="Stop receiving our messages",
        intro="One tap on the button is enough: no password, no reason to give.",
        covers_title="What the button stops",
        covers=(
            "All our e-mails to your address: campaigns, reminders and invitations.",
            "Only service messages remain, for example to warn you of a data leak.",
            "Text messages, if you receive any, don’t change: each says how to stop them.",
        ),
        button="Stop receiving these messages",
        leave_it="Would you rather keep them? Close this page: nothing will have changed.",
        done_title="It is done",
        done=(
            "We will send you no more e-mails: no campaigns, no reminders, no invitations.",
            "Only service messages remain, for example to warn you of a data leak.",
        ),
        done_later=(
            "A message that has already left may still reach you.",
            "You may close this page. If you change your mind, write to us.",
        ),
    ),
    sms=WayOutTexts(
        title="Stop receiving our text messages",
        intro="One tap on the button is enough: no password, no reason to give.",
        covers_title="What the button stops",
        covers=(
            "All our text messages to your number, service messages too.",
            "E-mails, if you receive any, don’t change: each says how to stop them.",
        ),
        button="Stop receiving text messages",
        leave_it="Would you rather keep them? Close this page: nothing will have changed.",
        done_title="It is done",
        done=("We will send no more text messages to your number.",),
        done_later=(
            "A message that has already left may still reach you.",
            "You may close this page. If you change your mind, write to us.",
        ),
    ),
    help=HelpTexts(
        title="Is this message from us?",
        intro="You are always right to wonder. This is how to recognise our messages, and how to "
        "reach us without going through them.",
        marks_title="How to recognise us",
        marks_sender="Our e-mails always come from the same address:",
        marks_sms="Our text messages always show the same name or number:",
        marks_links="Our opt-out links always begin with:",
        marks_or="or",
        never_title="What we never do",
        never=(
            "We never ask for a password, a code, a bank card or a prescription.",
            "We never hurry you: read our messages when you like, or not at all.",
            "We measure neither openings nor clicks.",
        ),
        way_out_title="Stop receiving our messages",
        way_out=(
            "Each e-mail ends with a link: a page opens, you tap once, and it is done.",
            "Each text message ends with the way to stop them.",
            "You may also ask us, in writing or by telephone.",
        ),
        doubt_title="A message looks false",
        doubt=(
            ("A text message: forward it to 33700.", "https://www.33700.fr", "www.33700.fr"),
            (
                "An e-mail: hand it to Signal Spam.",
                "https://www.signal-spam.fr",
                "www.signal-spam.fr",
            ),
            (
                "You clicked, or gave a code? 17Cyber answers day and night.",
                "https://17cyber.gouv.fr",
                "17cyber.gouv.fr",
            ),
        ),
        data_title="Your data",
        data="We keep what it takes to write to you, and nothing of what you read.",
        data_dpo="To see, correct or erase your data, write to our data-protection officer:",
        data_page="Everything is explained here:",
    ),
    welcome=Notice(
        title="Our prevention messages",
        paragraphs=(
            (
                "This address serves the links of our e-mails and text messages. A page says how "
                "to recognise our messages and how to stop receiving them."
            ),
        ),
    ),
    unknown_link=Notice(
        title="This link opens nothing",
        paragraphs=(
            "It may have been cut on its way. Open it again from the message, whole.",
            "If it still doesn’t open, write to us: we will stop the messages for you.",
        ),
    ),
    missing=Notice(
        title="There is no such page",
        paragraphs=("The address may have been copied wrongly.",),
    ),
    refused=Notice(
        title="This request didn’t work",
        paragraphs=("Go back to the page before and try again.",),
    ),
    too_large=Notice(
        title="This request is too long",
        paragraphs=("Our pages never send so much: nothing was read.",),
    ),
)
