"""In English: the subscription form, and its confirmation."""

from scheduler.web.public.texts import Notice, SubscribeTexts

SUBSCRIBE = SubscribeTexts(
    title="Receive our advice",
    intro="One reflex of digital safety a month, and four Sundays in October. Give your address: "
    "we will write to you once, for you to confirm.",
    email="Your e-mail address",
    email_example="For example: prenom.nom@example.org",
    variant_group="Which texts would you like to receive?",
    variants={
        "en": "In English",
        "fr": "In French",
        "fr-falc": "In easy-to-read French",
    },
    wording="I agree to receive by e-mail the advice and the invitations of {organisation} on "
    "digital safety. I may change my mind at any time.",
    version="web-1",
    button="Receive the advice",
    rights="Your address serves this alone. Without a confirmation it is erased within seven days.",
    faults={
        "email": "This address can’t be used. Write it whole, like prenom.nom@example.org.",
        "agree": "Tick this box so that we may write to you.",
    },
    asked=Notice(
        title="Look in your inbox",
        paragraphs=(
            "We are writing to you within minutes: follow the link in the message to confirm.",
            "Nothing comes? Look among the junk. We write to an address once a day at most.",
        ),
    ),
    confirm_title="Confirm your subscription",
    confirm_intro="One tap on the button, and our advice will come to this address.",
    confirm_button="Confirm my subscription",
    confirm_leave="You asked for nothing? Close this page: nothing will be sent to you.",
    confirmed=Notice(
        title="It is confirmed",
        paragraphs=(
            "You will receive our next advice.",
            "Each message ends with a link to stop them, or to choose what you receive.",
        ),
    ),
)
