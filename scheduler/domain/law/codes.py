"""The rules that a key can weaken. Their rows are in ``register``."""

from enum import StrEnum


class LawRule(StrEnum):
    """One rule of law, of a contract, or of our own word."""

    #: No SMS before 08:00 or after 21:30.
    SMS_CEILING = "sms-ceiling"
    #: From Monday to Friday SMS leave from 08:00 to 20:00.
    SMS_WEEKDAYS = "sms-weekdays"
    #: On Saturdays SMS leave from 10:00 to 18:00.
    SMS_SATURDAY = "sms-saturday"
    #: No SMS on Sundays.
    SMS_SUNDAY = "sms-sunday"
    #: Public holidays count as Sundays.
    SMS_HOLIDAYS = "sms-holidays"
    #: Our SMS pass as marketing, and keep its hours.
    SMS_TRAFFIC = "sms-traffic"
    #: Patients get SMS by their agreement.
    SMS_CONSENT_PATIENTS = "sms-consent-patients"
    #: Staff get SMS on their own telephone by their agreement.
    SMS_CONSENT_STAFF = "sms-consent-staff"
    #: The SMS sender names nobody else.
    SMS_SENDER = "sms-sender"
    #: Each SMS says who sends it.
    SMS_NAMED = "sms-named"
    #: No number in 06 or 07 sends by itself.
    SMS_NUMBER = "sms-number"
    #: Each SMS has a way out that works.
    SMS_STOP = "sms-stop"
    #: The opt-out address of SMS is our own, and whole.
    SHORT_URL = "short-url"
    #: Patients are written to by e-mail by their agreement, or as a task that the DPO documents.
    MAIL_CONSENT_PATIENTS = "mail-consent-patients"
    #: A promotional message wants a prior agreement.
    PROMOTION = "promotion"
    #: The sender of e-mail names nobody else.
    MAIL_FROM = "mail-from"
    #: E-mail leaves from a domain of the organisation's.
    MAIL_DOMAIN = "mail-domain"
    #: E-mail leaves by day.
    MAIL_HOURS = "mail-hours"
    #: One click stops e-mail.
    ONE_CLICK = "one-click"
    #: Nobody's reading is followed.
    NO_TRACKING = "no-tracking"
    #: Links show where they lead.
    SHORTENERS = "shorteners"
    #: Messages lead to the organisation's own site and to public help.
    LINK_DOMAINS = "link-domains"
    #: What a locked screen shows says nothing of anybody's health.
    HEALTH_WORDS = "health-words"
    #: Names and addresses don't say whom they write to.
    AUDIENCE_WORDS = "audience-words"
    #: The first message says where the address comes from, and leads to the whole notice.
    NOTICE = "article-14"
    #: Two people for a message after a leak.
    LEAK_APPROVAL = "leak-approval"
    #: Only what has to be said is of class service.
    SERVICE_CLASS = "service-class"
    #: A basis is one that the messages can have.
    BASIS = "basis"
    #: What proves an agreement is later than the law that asks for it.
    PROOF = "proof"
    #: Who is too young to agree is left aside.
    MINIMUM_AGE = "minimum-age"
    #: A file's fields are sealed.
    SEALED_FIELDS = "sealed-fields"
    #: Somebody who has left is forgotten soon.
    LEAVERS = "leavers"
    #: Somebody silent is forgotten after three years.
    RETENTION_CONTACTS = "retention-contacts"
    #: Proofs are kept as long as they may be asked for.
    RETENTION_PROOFS = "retention-proofs"
    #: Who got what is known for a year.
    RETENTION_DELIVERIES = "retention-deliveries"
    #: The words of answers are kept for six months.
    RETENTION_REPLIES = "retention-replies"
    #: A rehearsal's copy of the people is short-lived.
    RETENTION_REHEARSALS = "retention-rehearsals"
    #: After an erasure nothing is left but the digest of the address.
    ERASURE = "erasure"
    #: Opt-outs are kept apart from the ledger.
    JOURNAL = "optout-journal"
    #: Keys are kept apart from the ledger.
    KEYS = "keys-apart"
    #: Connections are sealed.
    TLS = "tls"
    #: Nobody is written to too often.
    CAPS = "caps"
    #: Complaints stay rare.
    COMPLAINTS = "complaints"


class Weight(StrEnum):
    """What it is to weaken a rule."""

    #: The law or a contract forbids it: nobody here may decide otherwise.
    FAULT = "fault"
    #: The data-protection officer may decide so.
    ADVICE = "advice"


class State(StrEnum):
    """How a rule stands."""

    #: No key weakens it.
    HELD = "held"
    #: A key weakens it, and a named person decided so.
    DECIDED = "decided"
    #: A key weakens it, and nobody has decided.
    ADVICE = "advice"
    #: A key weakens it, and nobody may.
    FAULT = "fault"
