"""What the command `whose` answers, in English: apart from it, so that its French may read it."""

#: By the name of a verdict or a sign; their French is the desk's own.
VERDICTS = {
    "ours": "This message is ours.",
    "copied": "Beware: part of this message was copied from one of ours, and the rest wasn't. "
    "Treat it as a fake.",
    "trial": "This message is a trial or a rehearsal of our team.",
    "not-ours": "This message isn't ours.",
    "cant-tell": "Can't tell: this isn't a mail with its headers.",
}
SIGNS = {
    "sent": "its Message-ID is of a message that we sent",
    "forgotten": "its Message-ID was made by our keys, and the ledger keeps that message no more",
    "never-left": "its Message-ID is of a message that never left us",
    "no-number": "its Message-ID is none of ours",
    "trial-number": "its Message-ID was made by our keys, for a trial",
    "no-head": "it has no headers: ask for it forwarded as an attachment, saved as a file (.eml), "
    "or for its source (“Show original”, “View source”)",
    "sender": "it says that it comes from the address we write from",
    "other-sender": "it says that it comes from another address than ours",
    "other-reply": "an answer to it would go to another address than ours",
    "addressee": "it is addressed to whom we sent it",
    "other-addressee": "it is addressed to somebody else than whom we sent it to",
    "way-out": "its unsubscribe link was made by our keys",
    "other-way-out": "its unsubscribe link isn't ours for this message",
    "trial-way-out": "its unsubscribe link is a trial's",
    "link-elsewhere": "one of its links leads to a site that our messages never name",
    "attached": "it has an attachment, as our messages never have",
    "cut": "it is longer than what is looked at, as our messages never are",
    "inside": "it was attached to another mail: the answer says nothing of the one that bears it",
    "signed": "it bears a signature (DKIM) of our domain, which isn't verified here",
    "unsigned": "it bears no signature (DKIM) of our domain",
}
