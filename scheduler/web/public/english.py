"""The public pages in English."""

from scheduler.domain.showing.public_pages import Conformity
from scheduler.domain.words.english import english_date
from scheduler.web.public.english_choices import CHOICES
from scheduler.web.public.english_help import HELP, MESSAGE, VERIFY
from scheduler.web.public.english_promises import PROMISES, SHEET
from scheduler.web.public.english_quiz import QUIZ
from scheduler.web.public.english_subscribe import SUBSCRIBE
from scheduler.web.public.texts import Notice, Texts, WayOutTexts

ENGLISH = Texts(
    code="en",
    language="en",
    language_name="English",
    day=english_date,
    channels={"email": "E-mail", "sms": "Text message"},
    variants={
        "fr": "French",
        "fr-falc": "French, easy to read",
        "en": "English",
    },
    skip="Go to the content",
    reach_us="To reach us:",
    call_us="To talk to one of us:",
    pages="Other pages",
    verify_link="Is this message from us?",
    help_link="Help and contact",
    accessibility_links={
        Conformity.NONE: "Accessibility: not compliant",
        Conformity.PARTIAL: "Accessibility: partially compliant",
        Conformity.FULL: "Accessibility: fully compliant",
    },
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
        choose="Choose what you receive instead",
        origin_title="",
        origin=(),
        origin_of="",
        own_origin="",
        version="",
        done_title="It is done",
        done=(
            "We will send you no more e-mails: no campaigns, no reminders, no invitations.",
            "Only service messages remain, for example to warn you of a data leak.",
        ),
        done_later=(
            "A message that has already left may still reach you.",
            "You may close this page.",
        ),
        next_title="Not quite what you wanted?",
        narrower="Keep some of the messages: choose what you receive",
        wider="Do you want to stop text messages as well, service messages included?",
        wider_button="Stop all your messages",
        back="Did you change your mind, or tap by mistake?",
        back_button="Receive e-mails again",
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
        choose="Choose what you receive instead",
        origin_title="Where does your number come from?",
        origin=(
            "{origin} Legal basis: {basis}.",
            (
                "We keep it, with your language and where you live, to send you our text messages"
                " and nothing else. Only the provider that carries them receives it. "
                "{transfer}We keep it "
                "for {years} years at most after your last action, less if you ask us."
            ),
            (
                "You may see, correct or erase your data, receive a copy to reuse (portability), "
                "have their use restricted, and object to it: write to "
                "{dpo}. You may also turn to the CNIL, the French data protection authority "
                "(www.cnil.fr)."
            ),
            "All that we do with your data can be read at this address{version}: {notice}",
        ),
        origin_of="It was given to us by this source: {origin}.",
        own_origin="You gave it to us yourself: it is in our own records ({origin}).",
        version=", version {version}",
        done_title="It is done",
        done=("We will send no more text messages to your number.",),
        done_later=(
            "A message that has already left may still reach you.",
            "You may close this page.",
        ),
        next_title="Not quite what you wanted?",
        narrower="Keep some of the messages: choose what you receive",
        wider="You stopped text messages only. Do you want to stop our e-mails as well?",
        wider_button="Stop all your messages",
        back="Did you change your mind, or tap by mistake?",
        back_button="Receive text messages again",
    ),
    choices=CHOICES,
    subscribe=SUBSCRIBE,
    subscribe_link="Receive our advice",
    help=HELP,
    verify=VERIFY,
    message=MESSAGE,
    promises=PROMISES,
    promises_link="Our commitments",
    sheet=SHEET,
    quiz=QUIZ,
    accessibility_title="Accessibility of this site",
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
    too_many=Notice(
        title="Too many requests at once",
        paragraphs=("Come back in an hour: nothing was recorded.",),
    ),
)
