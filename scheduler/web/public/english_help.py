"""In English: the help page, “Is this message from us?”, and what surrounds a web version."""

from scheduler.web.public.texts import HelpTexts, MessageTexts, Notice, VerifyTexts

HELP = HelpTexts(
    title="Our messages: help and contact",
    intro="Who writes to you, how to stop our messages, what to do with a doubtful one: it is all "
    "on this page.",
    ours_title="Are you in doubt about a message?",
    ours="Our names, our addresses, the list of what we sent:",
    way_out_title="Stop receiving our messages",
    way_out=(
        (
            "Each e-mail ends with a link: a page opens, you tap once, and it is done. The same "
            "page lets you choose what you receive."
        ),
        "Each text message ends with the way to stop them.",
        "You may also ask us, in writing or by telephone.",
    ),
    links_begin="Our opt-out links always begin with:",
    links_or="or",
    doubt_title="Does a message look fake?",
    doubt=(
        (
            (
                "A text message: forward it to 33700, free of charge. The service replies, asking "
                "for the sender’s number."
            ),
            "https://www.33700.fr",
            "www.33700.fr",
        ),
        (
            "An e-mail: pass it on to Signal Spam, once you have opened an account there.",
            "https://www.signal-spam.fr",
            "www.signal-spam.fr",
        ),
        (
            (
                "You clicked, or gave a code? The 17Cyber website advises you day and night and, "
                "if need be, puts you in touch with the police in a chat."
            ),
            "https://17cyber.gouv.fr",
            "17cyber.gouv.fr",
        ),
        (
            "Rather talk to someone? Info Escroqueries, free, weekdays from 9 am to 6.30 pm.",
            "tel:+33805805817",
            "0 805 805 817",
        ),
        (
            "France Victimes, free, every day from 9 am to 7 pm.",
            "tel:116006",
            "116 006",
        ),
    ),
    data_title="Your data",
    data="We keep what it takes to write to you, and nothing of what you read.",
    data_dpo="To see, correct or erase your data, write to our data-protection officer:",
    data_page="Everything is explained here:",
)

VERIFY = VerifyTexts(
    title="Is this message from us?",
    intro="You are always right to wonder, and checking takes a minute. Compare what you received "
    "with what follows: one difference is enough to rule a message out. The reverse isn’t true, "
    "for a name and an address can be copied. Only the list of what we sent, below, or a call to "
    "our reception confirms that a message is from us.",
    typed="To come back here without going through a message, type this address yourself:",
    email_title="Our e-mails",
    email_name="The name shown is always:",
    email_address="The sender’s address is always:",
    email_answers="Your replies go to:",
    email_returns="The message’s technical details (“Return-Path”) name the domain:",
    sms_title="Our text messages",
    sms_name="They always show the name:",
    sms_number="They always come from the number:",
    links_title="Our links",
    links_ours="Our own pages are at:",
    links_known="We may also name these sites:",
    links_whole="A link leads elsewhere? The message isn’t from us.",
    never_title="What we never do",
    never=(
        "Ask for a password, a code, a bank card, a prescription or a payment.",
        "Attach a file, other than an appointment for your calendar (an .ics file).",
        "Shorten a link, hide it behind another, or have you scan a code.",
        "Hurry you: read our messages when you like, or not at all.",
        "Measure who opens our messages and who follows their links.",
    ),
    sent_title="What we sent in the last year",
    sent_intro="The list is the same for everybody: you may not have received every one of these "
    "messages. A title that is a link leads to the exact "
    "text; the others are known by their date, their sender and their subject.",
    sent_nothing="We have sent nothing in the last year.",
    sent_absent="Your message isn’t there? Be wary, and ask us.",
    other_texts="also:",
    doubt="Still in doubt? What to do with a suspicious message",
)

MESSAGE = MessageTexts(
    listen="Listen to this message",
    forward="The text alone, to pass on",
    strip="Web version of a message sent on",
    sms_title="A text message that we sent",
    sms_ending="Each text message received also ends with the way to stop them.",
    called_off="Cancelled: this event will not take place.",
    react_title="This advice: you tell us",
    reactions={
        "useful": "This advice was useful to me",
        "not-for-me": "Not for me",
        "shown": "I showed it to somebody close",
    },
    react_rule="We count answers, never people: nothing says who pressed, nor when.",
    reacted=Notice(
        title="Thank you, it counts",
        paragraphs=(
            "Nothing else is kept: not your name, nor the hour, nor your device.",
            (
                "To pass it on, give the address of the page before this one: it is the same for "
                "everybody and leads to nobody."
            ),
        ),
    ),
)
