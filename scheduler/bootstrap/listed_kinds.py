"""A source of each kind, as its section of config.yaml says it."""

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
                password=keys.password.get_secret_value() if keys.password else "",
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
                password=drop.password.get_secret_value() if drop.password else "",
                token=drop.token.get_secret_value() if drop.token else "",
                ca_file=drop.ca_file,
                largest=drop.largest_mb * 1_000_000,
                seconds=drop.timeout,
                columns=drop.columns,
                sheet=drop.sheet,
            )
        )
    from scheduler.sources.listed import sql

    query = settings.sql
    if query is None:
        raise ValueError("a source without a kind")
    return sql.Source(
        sql.Options(
            url=query.url,
            query=query.query,
            password=query.password.get_secret_value() if query.password else "",
            seconds=query.timeout,
            columns=query.columns,
        )
    )
