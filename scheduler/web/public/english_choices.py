"""In English: the page where somebody chooses what they receive."""

from scheduler.web.public.texts import ChoiceTexts

CHOICES = ChoiceTexts(
    title="Choose what you receive",
    intro="Tick what you want to receive, untick the rest, then save. You can come back to this "
    "page as often as you like.",
    for_address="These are the choices of:",
    groups={"email": "By e-mail", "sms": "By text message"},
    notes={
        "email": "Service messages, which are rare, always come by e-mail: for example to warn you "
        "of a data leak.",
        "sms": "If you untick everything, you will receive no more text messages, service messages "
        "included.",
    },
    other_group="By {channel}",
    other_note="If you untick everything, you will receive nothing more by {channel}, service "
    "messages included.",
    topics={
        "october": ("The October series", "four Sundays, four reflexes"),
        "reminders": ("The reminders", "one reflex a month, the rest of the year"),
        "events": ("The events", "webinars, workshops and conferences"),
    },
    language_group="In which language?",
    easy_to_read="Easy-to-read texts, where there are any",
    save="Save my choices",
    stop_title="Receive nothing any more",
    stop="One tap stops all your messages: e-mails and text messages. Only service messages by "
    "e-mail remain.",
    stop_button="Stop all your messages",
    done={
        "saved": "Saved. These are your choices.",
        "stopped": "It is done: all your messages are stopped.",
        "back": "It is done: you will again receive what is ticked here.",
    },
    later="A message that has already left may still reach you.",
)
