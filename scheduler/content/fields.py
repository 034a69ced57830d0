"""The fields that texts may use, beside the placeholders and the audience's contact fields."""

#: Filled by the program in every e-mail: name, web site, contact, address of the help page.
ORGANISATION = ("organisation", "site", "contact", "page_aide")
#: In e-mails and SMS alike; meant for ``{% if audience == "patients" %}``.
AUDIENCE = ("audience",)
#: In the footer's snippet only; nothing else is known there.
FOOTER = (
    *ORGANISATION,
    *("adresse", "dpo", "page_confidentialite", "page_desinscription"),
    *("motif", "credit", "classe"),
)
#: In the layout; ``organisation`` is the only one with attributes.
LAYOUT = (
    *("lang", "title", "subject", "preheader", "body", "footer", "organisation"),
    *("message_class", "credit", "optout_url", "help_page", "privacy_url"),
    *("easy_to_read", "easy_to_read_logo"),
)
LAYOUT_ATTRIBUTES = tuple(
    ("organisation", name) for name in ("name", "address", "contact", "dpo", "site")
)
#: Names that neither a placeholder nor a contact field may take.
RESERVED = frozenset({*ORGANISATION, *AUDIENCE, "snippet"})
