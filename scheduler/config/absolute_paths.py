"""Every path of the settings made absolute: relative ones start at config.yaml's folder."""

from pathlib import Path

from scheduler.config.configuration import SQLITE
from scheduler.config.sections.sources import absolute
from scheduler.config.settings import CheckSettings, DaemonSettings, OptOutSettings, Settings


def with_absolute_paths(settings: Settings, root: Path) -> Settings:
    smtp = settings.channels.email.smtp
    email = settings.channels.email
    if smtp and smtp.ca_file:
        smtp = smtp.model_copy(update={"ca_file": root / smtp.ca_file})
        email = email.model_copy(update={"smtp": smtp})
    mailbox = email.mailbox
    if mailbox and mailbox.ca_file:
        mailbox = mailbox.model_copy(update={"ca_file": root / mailbox.ca_file})
        email = email.model_copy(update={"mailbox": mailbox})
    reported = settings.reported
    if reported and reported.ca_file:
        reported = reported.model_copy(update={"ca_file": root / reported.ca_file})
    web, oidc = settings.web, settings.web.oidc
    if oidc and oidc.ca_file:
        oidc = oidc.model_copy(update={"ca_file": root / oidc.ca_file})
        web = web.model_copy(update={"oidc": oidc})
    organisation = settings.organisation
    if organisation.logo:
        organisation = organisation.model_copy(update={"logo": root / organisation.logo})
    return settings.model_copy(
        update={
            "organisation": organisation,
            "reported": reported,
            "web": web,
            "keys": settings.keys.model_copy(update={"file": root / settings.keys.file}),
            "outbox": settings.outbox.model_copy(update={"path": root / settings.outbox.path}),
            "optout": _absolute_journal(settings.optout, root),
            "daemon": _absolute_mark(settings.daemon, root),
            "check": _absolute_folder(settings.check, root),
            "database": settings.database.model_copy(
                update={"url": absolute_url(settings.database.url, root)}
            ),
            "channels": settings.channels.model_copy(update={"email": email}),
            "sources": absolute(settings.sources, root),
        }
    )


def _absolute_journal(optout: OptOutSettings, root: Path) -> OptOutSettings:
    journal = root / optout.journal if optout.journal else None
    return optout.model_copy(update={"journal": journal})


def _absolute_mark(daemon: DaemonSettings, root: Path) -> DaemonSettings:
    return daemon.model_copy(update={"mark": root / daemon.mark if daemon.mark else None})


def _absolute_folder(check: CheckSettings, root: Path) -> CheckSettings:
    return check.model_copy(update={"folder": root / check.folder if check.folder else None})


def absolute_url(url: str, root: Path) -> str:
    """A SQLite ledger's path made absolute; a server's URL as it is."""
    return f"{SQLITE}{root / url.removeprefix(SQLITE)}" if url.startswith(SQLITE) else url
