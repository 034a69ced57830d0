"""A source of each kind, as its section of config.yaml says it."""

from urllib.parse import urlsplit

from pydantic import SecretStr

from scheduler.config.sections.source_kinds.sftp import SftpSettings
from scheduler.config.sections.sources import SourceSettings
from scheduler.sources.listed.seam import Source


def made(settings: SourceSettings) -> Source:
    """Imported where it is used: a directory's library takes half a second."""
    if settings.ldap is not None:
        from scheduler.sources.listed import ldap

        keys = settings.ldap
        return ldap.Source(
            ldap.Options(
                url=keys.url,
                base=keys.base,
                filter=keys.filter,
                where=keys.where,
                attributes=keys.attributes,
                bind_dn=keys.bind_dn,
                password=_told(keys.password),
                start_tls=keys.start_tls,
                ca_file=keys.ca_file,
                page=keys.page,
            )
        )
    if settings.folder is not None:
        from scheduler.sources.listed import folder

        at = settings.folder
        return folder.Source(
            folder.Options(
                path=at.path,
                files=at.files,
                quiet=at.quiet,
                done=at.done,
                columns=at.columns,
                sheet=at.sheet,
            )
        )
    if settings.https is not None:
        from scheduler.sources.listed import https

        drop = settings.https
        return https.Source(
            https.Options(
                url=drop.url,
                username=drop.username,
                password=_told(drop.password),
                token=_told(drop.token),
                ca_file=drop.ca_file,
                largest=drop.largest_mb * 1_000_000,
                seconds=drop.timeout,
                columns=drop.columns,
                sheet=drop.sheet,
            )
        )
    if settings.sftp is not None:
        return _over_ssh(settings.sftp)
    from scheduler.sources.listed import sql

    query = settings.sql
    if query is None:
        raise ValueError("a source without a kind")
    return sql.Source(
        sql.Options(
            url=query.url,
            query=query.query,
            password=_told(query.password),
            seconds=query.timeout,
            columns=query.columns,
        )
    )


def _over_ssh(drop: SftpSettings) -> Source:
    from scheduler.sources.listed import sftp

    address = urlsplit(drop.url)
    return sftp.Source(
        sftp.Options(
            host=address.hostname or "",
            port=address.port or 22,
            host_keys=drop.host_key,
            username=drop.username,
            password=_told(drop.password),
            private_key=_told(drop.private_key),
            passphrase=_told(drop.passphrase),
            path=drop.path,
            files=drop.files,
            quiet=drop.quiet,
            largest=drop.largest_mb * 1_000_000,
            seconds=drop.timeout,
            columns=drop.columns,
            sheet=drop.sheet,
        )
    )


def _told(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
