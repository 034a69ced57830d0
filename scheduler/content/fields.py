"""The fields that texts may use, beside the placeholders and the audience's contact fields."""

from collections.abc import Mapping

#: Filled by the program in every e-mail: name, web site, contact, addresses of our own pages.
ORGANISATION = ("organisation", "site", "contact", "page_aide", "page_verifier", "page_quiz")
#: In e-mails and SMS alike; meant for ``{% if audience == "patients" %}``.
AUDIENCE = ("audience",)
#: Whom the reader may call. Staff by their place of work, so it is a hole as a contact's field is;
#: empty for everybody else.
SUPPORT = "assistance"
#: The same for patients: a value known when composing.
HELP = "aide_patients"
#: In e-mails and SMS alike. A message of before they were known may have a placeholder of that
#: name: it is what it was.
CALLS = (SUPPORT, HELP)
#: Who hosts the campaign, in e-mails and SMS alike; kept with the text that was frozen.
HOST = "hote"
#: What the quizzes of a message's campaign came to, for its audience: how many answers, how many of
#: a hundred were right. In e-mails; kept with the text that was frozen, empty where too few came.
ANSWERS = "reponses_quiz"
RIGHT = "bonnes_reponses"
RESULTS = (ANSWERS, RIGHT)
#: What stands in their place where a text is looked at or tried.
RESULT_EXAMPLES: Mapping[str, str] = {ANSWERS: "310", RIGHT: "80\u00a0%"}
#: The contact's field that chooses among the lines of ``SUPPORT``.
ESTABLISHMENT = "etablissement"
#: Not empty where the first message says all of the notice on data, in the footer only.
FULL_NOTICE = "avis_complet"
#: Which version of that notice holds; kept with the text that was frozen, so with each delivery.
NOTICE_VERSION = "version_avis"
#: In the footer's snippet only; nothing else is known there.
FOOTER = (
    *ORGANISATION,
    HELP,
    *("adresse", "dpo", "page_confidentialite", "page_desinscription"),
    *("motif", "credit", "classe", "conservation", "transfert"),
    *(FULL_NOTICE, NOTICE_VERSION),
)
#: In the footer only: where the reader's address came from, in the first message they get (GDPR
#: article 14); empty ever after.
ORIGIN = "origine"
#: Beside it, where the file is the organisation's own (article 13): not empty.
OWN_FILE = "fichier_interne"
#: What the footer knows of each reader.
OF_READER = (ORIGIN, OWN_FILE)
#: In the layout; ``organisation`` is the only one with attributes.
LAYOUT = (
    *("lang", "title", "subject", "preheader", "body", "footer", "organisation"),
    *("message_class", "credit", "optout_url", "help_page", "privacy_url"),
    *("easy_to_read", "easy_to_read_logo", "logo"),
)
LAYOUT_ATTRIBUTES = tuple(
    ("organisation", name) for name in ("name", "address", "contact", "dpo", "site")
)
#: Names that neither a placeholder nor a contact field may take.
RESERVED = frozenset({*ORGANISATION, *AUDIENCE, ORIGIN, "snippet"})
#: Names that no contact field may take.
RESERVED_IN_FILES = RESERVED | {*CALLS, HOST, *RESULTS}
