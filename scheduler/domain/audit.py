"""What the audit log says: who did what to what. Never an address, so erasing leaves it alone."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: The actor of what the program does by itself.
PROGRAM = "reflexe"


class AuditAct(StrEnum):
    """What is done, in a word; ``words.audit`` says it in French."""

    #: An occurrence was brought forward by hand.
    SEND_NOW = "send-now"
    #: A sending that needs a second person was asked for.
    ASK_APPROVAL = "ask-approval"
    #: A sending was given the people it goes to.
    GIVE_LIST = "give-list"
    #: A second person allowed a sending.
    APPROVE = "approve"
    #: Somebody wants a text to leave with a fault that check tells of.
    ASK_LETTING = "ask-pass-fault"
    #: A second person let that fault pass.
    LET_LEAVE = "pass-fault"
    #: It holds again.
    HOLD_AGAIN = "withdraw-pass"
    #: An occurrence was stopped for now.
    PAUSE = "pause"
    #: A paused occurrence, or a halted campaign, goes on.
    RESUME = "resume"
    #: An occurrence was ended.
    CANCEL = "cancel"
    #: Occurrences follow the new name of their campaign, episode or audience.
    RENAME = "rename"
    #: What ended without anybody waits again for its mended date.
    REPLAN = "replan"
    #: The texts of those not served yet were replaced.
    REFRESH = "refresh"
    #: A provider's refusal stopped a campaign's messages.
    HALT = "halt"
    #: Everything was stopped.
    STOP_ALL = "stop-all"
    #: Everything goes on.
    RESUME_ALL = "resume-all"
    #: A message in doubt was sent again.
    RESEND_UNCERTAIN = "resend-uncertain"
    #: What became of a message in doubt was decided.
    CLOSE_UNCERTAIN = "close-uncertain"
    #: What an unproven report says was decided.
    CLOSE_REPORT = "close-report"
    #: A domain refused so many at once that it is left alone.
    HOLD_DOMAIN = "hold-domain"
    #: A domain that was left alone goes on.
    RELEASE_DOMAIN = "release-domain"
    #: Addresses that refusals had closed were opened again.
    REOPEN = "reopen"
    #: A reply by SMS was dealt with.
    CLOSE_REPLY = "close-reply"
    #: Contacts were listed in clear.
    LIST_CLEAR = "list-clear"
    #: Contacts were given out.
    EXPORT = "export"
    #: Contacts were given out with every proof.
    EXPORT_PROOFS = "export-proofs"
    #: A person's file was shown.
    SHOW = "show"
    #: A person was erased.
    ERASE = "erase"
    #: A person's data was frozen: neither used nor erased.
    FREEZE = "freeze"
    #: A freeze was lifted.
    UNFREEZE = "unfreeze"
    #: A contact file was dropped on the desk, to be looked at.
    DROP_FILE = "drop-file"
    #: A contact file was taken in.
    IMPORT = "import"
    #: A message was sent for trial.
    SEND_TEST = "send-test"
    #: Somebody said that a translation still follows its French text.
    REREAD_TEXT = "reread-text"
    #: A message was shown as a person gets it.
    PREVIEW_AS = "preview-as"
    #: An opt-out told on paper or by telephone was recorded.
    OPT_OUT = "opt-out"
    #: A list of those who had refused elsewhere was taken over.
    IMPORT_OPT_OUTS = "import-opt-outs"
    #: Opt-outs were ended at the person's own request.
    LIFT_OPT_OUT = "lift-opt-out"
    #: Opt-outs were listed in clear.
    LIST_OPT_OUTS = "list-opt-outs"
    #: What an address has refused was looked up.
    SHOW_OPT_OUTS = "show-opt-outs"
    #: Opt-outs were given out.
    EXPORT_OPT_OUTS = "export-opt-outs"
    #: Replies by SMS were listed with their numbers in clear.
    LIST_REPLIES = "list-replies"
    #: Unproven reports were listed with their addresses in clear.
    LIST_REPORTS = "list-reports"
    #: The answer to a person's complaint was written.
    ANSWER_COMPLAINT = "answer-complaint"
    #: Who got an occurrence's message was given out.
    LIST_RECIPIENTS = "list-recipients"
    #: Whom an occurrence's message didn't reach was given out.
    LIST_UNREACHED = "list-unreached"
    #: Figures were shown to the last person.
    EXACT_FIGURES = "exact-figures"
    #: What is old was emptied by the rules of retention.
    RETAIN = "retain"
    #: A key was added to the ring.
    ADD_KEY = "add-key"
    #: The ledger was brought to the newest key.
    ROTATE_KEYS = "rotate-keys"
    #: The ledger was moved to another database.
    MOVE = "move"
    #: A copy of the ledger was made.
    BACK_UP = "back-up"
    #: A copy was put in the ledger's place.
    RESTORE = "restore"
    #: Opt-outs were taken back from their journal.
    REPLAY_OPT_OUTS = "replay-opt-outs"
    #: Somebody was given an account of the desk.
    ADD_ACCOUNT = "add-account"
    #: An account got another link, and lost its password.
    RENEW_ACCOUNT = "renew-account"
    #: An account was given other roles.
    GIVE_ROLES = "give-roles"
    #: An account was taken away.
    REMOVE_ACCOUNT = "remove-account"
    #: Somebody chose the password of their account.
    SET_PASSWORD = "set-password"  # noqa: S105 - an act
    #: A second code is asked for at signing in.
    ADD_CODE = "add-code"
    #: It isn't any more.
    REMOVE_CODE = "remove-code"
    #: A room of the password battle was opened, for anybody who has its code.
    OPEN_ROOM = "open-room"
    #: It was closed before its time, and forgotten.
    CLOSE_ROOM = "close-room"
    #: Somebody got an address of the team's agenda.
    MAKE_AGENDA = "make-agenda"
    #: It is good for nothing any more.
    END_AGENDA = "end-agenda"
    #: Where somebody of the desk gets trials was noted, or taken away.
    SET_OWN_ADDRESS = "set-own-address"
    #: Somebody said something of a text to whoever wrote it.
    COMMENT_TEXT = "comment-text"
    #: Three people are asked to read a text.
    ASK_TRIO = "ask-trio"
    #: What they were asked, and said, was taken away.
    DROP_TRIO = "drop-trio"
    #: A session of the desk was ended from elsewhere.
    END_SESSION = "end-session"
    #: A figure read elsewhere was typed.
    ADD_FIGURE = "add-figure"
    #: A typed figure was taken away.
    REMOVE_FIGURE = "remove-figure"
    #: A text written on the desk stands over its file from now on.
    PUBLISH_TEXT = "publish-text"
    #: A second person was asked for a text.
    PROPOSE_TEXT = "propose-text"
    #: A second person let a proposed text stand over its file.
    APPROVE_TEXT = "approve-text"
    #: A second person refused a proposed text.
    REFUSE_TEXT = "refuse-text"
    #: An edit was taken away: the file stands again.
    WITHDRAW_TEXT = "withdraw-text"
    #: A file was changed under its edit, and a person says that the edit stands.
    KEEP_TEXT = "keep-text"
    #: Edits came in from a folder.
    IMPORT_TEXTS = "import-texts"
    #: The calendar was changed on the desk, over config.yaml.
    CHANGE_CALENDAR = "change-calendar"
    #: Such a change was taken back: config.yaml stands again.
    WITHDRAW_CHANGE = "withdraw-change"
    #: config.yaml was edited under a change, and a person says that the change stands.
    KEEP_CHANGE = "keep-change"
    #: Changes of the calendar came in from a folder.
    IMPORT_CHANGES = "import-changes"
    #: Newcomers whom a file brought in number were let go.
    ALLOW_NEWCOMERS = "allow-newcomers"
    #: The same aren't greeted.
    REFUSE_NEWCOMERS = "refuse-newcomers"
    #: What a source gave was refused, and a person says that it is right.
    CONFIRM_SOURCE = "confirm-source"
    #: A ledger put back from a backup was accepted.
    ACCEPT_RESTORED = "accept-restored"


@frozen
class Act:
    #: The name of whoever signed in, or that they gave, or ``PROGRAM``.
    actor: str
    #: An ``AuditAct``; what the ledger kept of another version may be a word of its own.
    act: str
    #: An occurrence's id, a message's path, ``contact 12``.
    subject: str
    #: Ids, counts and digests that explain it.
    detail: Mapping[str, str | int] = field(default_factory=dict)


@frozen
class AuditEntry(Dated):
    """An act as the log keeps it."""

    number: int
    #: Aware, UTC.
    at: datetime
    act: Act


@frozen
class AuditVerdict:
    """Whether the chain holds."""

    entries: int
    #: The chain's last link: kept elsewhere, it shows later that nothing was cut off the end.
    head: str
    #: Number of the first entry that isn't as it was written; None: the chain holds.
    broken_at: int | None = None
    #: Whether the head that was kept elsewhere is one of the chain's links.
    head_found: bool = True
