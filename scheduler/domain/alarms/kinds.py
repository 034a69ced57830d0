"""The kinds of alarm: what needs a person. Their French sentences are in ``words.alarms``."""

from enum import StrEnum


class AlarmKind(StrEnum):
    """One open alarm a kind and subject, however often it is raised."""

    #: A message is faulty: its sending is held.
    MESSAGE_FAULTY = "message-faulty"
    #: Of the coming fourteen days: what is as it is would hold it.
    WOULD_BE_HELD = "would-be-held"
    #: An edited name looks like an old one: what it is has to be said before it leaves.
    RENAMED = "renamed"
    #: One file brought too many newcomers at once: a person is asked before they are greeted.
    NEWCOMERS_HELD = "newcomers-held"
    #: The limit of a slot passed before it could leave.
    SLOT_MISSED = "slot-missed"
    #: It fell due while no daemon worked, and a person is asked before it leaves.
    CATCH_UP_HELD = "catch-up-held"
    #: A channel's provider refuses all, or can't be reached.
    CHANNEL_STOPPED = "channel-stopped"
    #: The provider refuses what one campaign says.
    CAMPAIGN_HALTED = "campaign-halted"
    #: The provider takes nothing for one country.
    COUNTRY_CLOSED = "country-closed"
    #: Operators block many messages of one occurrence.
    MESSAGES_BLOCKED = "messages-blocked"
    #: Handed over, and no answer came.
    DELIVERIES_UNCERTAIN = "deliveries-uncertain"
    #: An edited configuration can't be used; the one before holds.
    CONFIG_FAULTY = "config-faulty"
    #: A file was changed under the edit that stands over it.
    TEXT_BEHIND = "text-behind"
    #: config.yaml was edited under a change of the calendar that was decided on the desk.
    CALENDAR_BEHIND = "calendar-behind"
    #: A setting does what the law or a contract forbids.
    LAW_FAULT = "law-fault"
    #: An occurrence could not be planned.
    PLAN_FAILED = "plan-failed"
    #: A sender met an error that nobody foresaw.
    SEND_FAILED = "send-failed"
    #: A mail provider refuses us, not the person.
    MAIL_REFUSED = "mail-refused"
    #: A domain refuses so many at once that none of them is ended: it is tried once an hour.
    DOMAIN_REFUSES = "domain-refuses"
    #: Filters hold messages until their sender has proved to be somebody.
    SENDER_CHALLENGED = "sender-challenged"
    #: The mailbox of reports and opt-outs can't be read.
    MAILBOX_UNREACHABLE = "mailbox-unreachable"
    #: Replies by SMS can't be read.
    REPLIES_UNREACHABLE = "replies-unreachable"
    #: The folder of what staff report can't be read.
    REPORTED_UNREACHABLE = "reported-unreachable"
    #: The ledger is behind its journals' mark.
    LEDGER_RESTORED = "ledger-restored"
    #: Opt-outs are in the ledger alone.
    OPTOUT_JOURNAL_UNWRITABLE = "optout-journal-unwritable"
    #: A look at the calendar failed.
    LOOK_FAILED = "look-failed"
    #: The machine's clock was put back: what it had dated ahead goes on.
    CLOCK_SET_BACK = "clock-set-back"
    #: What the outside sees of this installation has turned wrong.
    DOCTOR_WRONG = "doctor-wrong"
    #: What an audience's source gave must not be taken in: nobody was replaced.
    SOURCE_REFUSED = "source-refused"
    #: An audience's source can't be read.
    SOURCE_FAILED = "source-failed"
    #: Somebody stopped everything.
    STOPPED_BY_HAND = "stopped-by-hand"
    #: What could leave has waited too long.
    BACKLOG = "backlog"
    #: The day's SMS have cost what they may.
    SPEND_CAP = "spend-cap"
    #: Little room is left on the disk.
    DISK_LOW = "disk-low"
    #: Too many dead addresses among what was sent these seven days.
    BOUNCE_RATE = "bounce-rate"
    #: Too many complaints about what was sent these seven days.
    COMPLAINT_RATE = "complaint-rate"
    #: The relay's certificate ends soon.
    CERTIFICATE_EXPIRES = "certificate-expires"
    #: A replica gives no sign of life.
    REPLICA_SILENT = "replica-silent"
    #: A reply by SMS has waited for a person over two working days.
    REPLIES_WAITING = "replies-waiting"
    #: Twilio can't be asked what became of messages in doubt.
    SMS_STATES_UNREACHABLE = "sms-states-unreachable"
