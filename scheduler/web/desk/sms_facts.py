"""What an SMS costs and why, sign by sign."""

from collections.abc import Callable, Sequence
from functools import partial

from scheduler.bootstrap import App
from scheduler.content.sms import SmsSuffix, count, transliterate
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN
from scheduler.domain.showing.desk import SmsView
from scheduler.domain.values import frozen


@frozen
class SmsFacts:
    """A text, apart from the suffix that the program adds to it."""

    body: str
    suffix: str
    view: SmsView
    #: Each sign outside the alphabet, with a spelling that costs nothing; empty: none is known.
    costly: Sequence[tuple[str, str]]
    #: Signs of the alphabet that take the room of two.
    double: Sequence[str]


def facts_for(app: App) -> Callable[[SmsView], SmsFacts]:
    """As this installation ends its SMS."""
    settings = app.configuration.settings
    name = settings.organisation.sms_name or ""
    suffix = SmsSuffix.of(settings.channels.sms.sender, app.links.short_url, name)
    return partial(sms_facts, added=suffix)


def sms_facts(view: SmsView, added: SmsSuffix) -> SmsFacts:
    """Of an SMS to a reader of a preview, whose link ends with the token of trials."""
    suffix = added.text(TEST_SHORT_TOKEN)
    ends = view.body.endswith(suffix)
    return SmsFacts(
        body=view.body.removeprefix(added.lead).removesuffix(suffix),
        suffix=suffix if ends else "",
        view=view,
        costly=[(sign, _spelling(sign)) for sign in view.costly],
        double=[sign for sign in dict.fromkeys(view.body) if _is_double(sign, view.encoding)],
    )


def _spelling(sign: str) -> str:
    spelled = transliterate(sign)
    return "" if count(spelled).costly else spelled


def _is_double(sign: str, encoding: str) -> bool:
    """An escaped sign of GSM-7; in UCS-2 it takes the room of any other."""
    return encoding == "GSM-7" and count(sign).units == 2
