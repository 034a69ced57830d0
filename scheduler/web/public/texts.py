"""Every sentence of the public pages, by language. Another language is another ``Texts``."""

from collections.abc import Callable, Mapping
from datetime import date

from scheduler.domain.showing.public_pages import Conformity
from scheduler.domain.values import frozen


@frozen
class Notice:
    """A short page: a title, and a paragraph or two."""

    title: str
    paragraphs: tuple[str, ...]


@frozen
class WayOutTexts:
    """The page behind an opt-out link, before and after its button."""

    title: str
    intro: str
    covers_title: str
    #: What the button stops, then what it leaves.
    covers: tuple[str, ...]
    button: str
    leave_it: str
    #: How we have it (GDPR articles 13 and 14); ``{origin}``, ``{basis}``, ``{transfer}``,
    #: ``{years}``, ``{dpo}``, ``{notice}`` and ``{version}`` are filled in.
    #: Empty by e-mail, where the first message says it.
    origin_title: str
    origin: tuple[str, ...]
    #: The first of them: from elsewhere (``{origin}``), or from our own file.
    origin_of: str
    own_origin: str
    #: Of the notice on data (``{version}``); where there is none, nothing is said.
    version: str
    #: Link to the preferences, before the button was pressed.
    choose: str
    done_title: str
    done: tuple[str, ...]
    done_later: tuple[str, ...]
    #: What was stopped is one thing; here is less, more, and nothing at all.
    next_title: str
    narrower: str
    wider: str
    wider_button: str
    back: str
    back_button: str


@frozen
class ChoiceTexts:
    """The page where somebody chooses what they receive."""

    title: str
    intro: str
    #: Before the masked address of the link.
    for_address: str
    #: By channel: the group's name, and what else there is to know.
    groups: Mapping[str, str]
    notes: Mapping[str, str]
    #: The same of a channel that a file added: ``{channel}`` is its name.
    other_group: str
    other_note: str
    #: By topic: its name, and what it is.
    topics: Mapping[str, tuple[str, str]]
    language_group: str
    easy_to_read: str
    save: str
    stop_title: str
    stop: str
    stop_button: str
    #: What was done, by the word in the page's address.
    done: Mapping[str, str]
    later: str


@frozen
class SubscribeTexts:
    """The form where anybody may ask to be written to, and the page that confirms it."""

    title: str
    intro: str
    email: str
    email_example: str
    variant_group: str
    #: By variant, in the order shown.
    variants: Mapping[str, str]
    #: What the box says; ``{organisation}`` is filled in. Another wording is another version.
    wording: str
    version: str
    button: str
    rights: str
    #: By the field at fault.
    faults: Mapping[str, str]
    asked: Notice
    confirm_title: str
    confirm_intro: str
    confirm_button: str
    confirm_leave: str
    confirmed: Notice


@frozen
class HelpTexts:
    """The help page: who we are, how to stop our messages, what to do in doubt."""

    title: str
    intro: str
    ours_title: str
    ours: str
    way_out_title: str
    way_out: tuple[str, ...]
    links_begin: str
    links_or: str
    doubt_title: str
    #: What to do, the address of the service, and its name.
    doubt: tuple[tuple[str, str, str], ...]
    data_title: str
    data: str
    data_dpo: str
    data_page: str


@frozen
class VerifyTexts:
    """The page « Ce message vient-il de nous ? »."""

    title: str
    intro: str
    typed: str
    email_title: str
    email_name: str
    email_address: str
    email_answers: str
    email_returns: str
    sms_title: str
    #: By what the texts show: a name, or a short number.
    sms_name: str
    sms_number: str
    links_title: str
    links_ours: str
    links_known: str
    links_whole: str
    never_title: str
    never: tuple[str, ...]
    sent_title: str
    sent_intro: str
    sent_nothing: str
    sent_absent: str
    other_texts: str
    doubt: str


@frozen
class MessageTexts:
    """What stands around a message's web version."""

    #: Before the date it was sent on.
    strip: str
    #: Above a voice's recording of it.
    listen: str
    #: The link to its text alone, which names nobody.
    forward: str
    sms_title: str
    sms_ending: str
    #: Above a message about an event that is off.
    called_off: str
    #: What a reader may say of a piece of advice, by the reaction's word.
    react_title: str
    reactions: Mapping[str, str]
    react_rule: str
    reacted: "Notice"


@frozen
class QuizTexts:
    """What stands around a quiz's questions; the rest is its own file's."""

    #: What is kept of an answer.
    rules: str
    #: ``{number}`` and ``{questions}`` are filled in.
    number: str
    button: str
    nothing: str
    #: ``{right}`` and ``{questions}`` are filled in.
    score: str
    #: Of less than half, of more, of all.
    verdicts: tuple[str, str, str]
    right: str
    wrong: str
    unanswered: str
    chosen: str
    answer: str
    now: str
    further: str
    again: str
    certificate_link: str
    sheet_link: str
    #: ``{title}``, ``{questions}``, ``{host}`` are filled in.
    certificate: str
    certificate_lead: str
    certificate_body: str
    certificate_host: str
    #: Of a character that is somebody's.
    host_credit: str
    #: What the drawing of ours shows, for who doesn't see it.
    host_drawn: str
    certificate_note: str
    sheet: str
    sheet_lead: str
    sheet_questions: str
    sheet_answers: str
    back: str

    def verdict(self, right: int, questions: int) -> str:
        few, many, every = self.verdicts
        if right == questions:
            return every
        return many if 2 * right > questions else few


@frozen
class PromiseTexts:
    """The public page of commitments. ``{name}`` stands for what the configuration says."""

    title: str
    intro: str
    #: A heading, and its lines.
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    sent_title: str
    sent_intro: str
    sent_nothing: str
    #: The link to the list with its texts.
    sent_page: str
    broken_title: str
    broken: tuple[str, ...]


@frozen
class SheetTexts:
    """« Mes vrais numéros »: a sheet to fill by hand and keep on the fridge."""

    title: str
    #: Of the link on the help page, and before it.
    link: str
    link_intro: str
    intro: str
    how_title: str
    how: str
    #: A line to fill in: whose number, where it is found.
    blanks: tuple[tuple[str, str], ...]
    #: Of the organisation's own line: where its number is known, and where it isn't.
    ours: str
    known_title: str
    #: Whose number, what for, the number.
    known: tuple[tuple[str, str, str], ...]
    never: str
    on_paper: str


@frozen
class Texts:
    """One language, whole, or an easy one."""

    #: What ``?lang=`` says: the language, or its easy variant.
    code: str
    #: Of the page, for who hears it.
    language: str
    #: How the language calls itself, for the link to its page.
    language_name: str
    day: Callable[[date], str]
    #: What a channel is called, at the start of a line.
    channels: Mapping[str, str]
    #: What a text's variant is called.
    variants: Mapping[str, str]
    skip: str
    reach_us: str
    #: Before the line of organisation.help, where one is set.
    call_us: str
    pages: str
    verify_link: str
    help_link: str
    accessibility_links: Mapping[Conformity, str]
    privacy_link: str
    site_link: str
    test_title: str
    test: str
    test_done: str
    email: WayOutTexts
    sms: WayOutTexts
    choices: ChoiceTexts
    subscribe: SubscribeTexts
    subscribe_link: str
    help: HelpTexts
    verify: VerifyTexts
    message: MessageTexts
    promises: PromiseTexts
    promises_link: str
    sheet: SheetTexts
    quiz: QuizTexts
    accessibility_title: str
    welcome: Notice
    #: By what went wrong.
    unknown_link: Notice
    missing: Notice
    refused: Notice
    too_large: Notice
    too_many: Notice
