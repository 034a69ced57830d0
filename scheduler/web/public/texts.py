"""Every sentence of the public pages, by language. Another language is another ``Texts``."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """A short page: a title, and a paragraph or two."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOutTexts:
    """The page behind an opt-out link, before and after its button."""

    title: str
    intro: str
    covers_title: str
    #: What the button stops, then what it leaves.
    covers: tuple[str, ...]
    button: str
    leave_it: str
    done_title: str
    done: tuple[str, ...]
    done_later: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpTexts:
    """The page « Ce message vient-il de nous ? »."""

    title: str
    intro: str
    marks_title: str
    marks_sender: str
    marks_sms: str
    marks_links: str
    marks_or: str
    never_title: str
    never: tuple[str, ...]
    way_out_title: str
    way_out: tuple[str, ...]
    doubt_title: str
    doubt: tuple[tuple[str, str, str], ...]
    data_title: str
    data: str
    data_dpo: str
    data_page: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """One language, whole."""

    language: str
    #: How the language calls itself, for the link to its page.
    language_name: str
    skip: str
    reach_us: str
    help_link: str
    privacy_link: str
    site_link: str
    test_title: str
    test: str
    test_done: str
    email: WayOutTexts
    sms: WayOutTexts
    help: HelpTexts
    welcome: Notice
    #: By what went wrong.
    unknown_link: Notice
    missing: Notice
    refused: Notice
    too_large: Notice
