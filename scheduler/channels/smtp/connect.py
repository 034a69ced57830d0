"""From the options to a line: connection, TLS, greeting, EHLO and AUTH, by aiosmtplib."""

import asyncio
import ssl
from typing import cast

from aiosmtplib import (
    SMTP,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPResponseException,
)

from scheduler.channels.smtp import remedies
from scheduler.channels.smtp.line import Line
from scheduler.channels.smtp.options import Options
from scheduler.channels.smtp.remedies import with_remedy
from scheduler.channels.smtp.replies import Phase, read_reply, refusal
from scheduler.domain.errors import ChannelStopped, HandOverError, Temporary
from scheduler.domain.masking import one_line


def tls_context(options: Options) -> ssl.SSLContext:
    """Verifies certificate and name; trusts ``ca_file`` alone when there is one.

    Reads files. Raises ChannelStopped when they can't be used.
    """
    try:
        return ssl.create_default_context(cafile=options.ca_file)
    except OSError as error:
        raise ChannelStopped("tls", f"ca_file can't be read: {error.strerror}") from error


async def connect(options: Options, context: ssl.SSLContext | None) -> Line:
    """A line, within ``connect_timeout``. ``context`` is None for ``security: none`` alone.

    Raises Temporary for an outage and ChannelStopped for what only a person can mend.
    """
    if options.password and options.security == "none":
        raise ChannelStopped("auth", "a password never leaves without TLS: set security")
    client = SMTP(
        hostname=options.host,
        port=options.port,
        timeout=options.connect_timeout,
        use_tls=options.security == "tls",
        start_tls=False,
        tls_context=context,
    )
    try:
        async with asyncio.timeout(options.connect_timeout):
            await _prepare(client, options)
        return _take_over(client, options)
    except (SMTPException, OSError, ValueError) as error:
        client.close()
        raise _meaning(error, options) from None
    except BaseException:
        client.close()
        raise


async def _prepare(client: SMTP, options: Options) -> None:
    await client.connect()
    refused = await _hello(client)
    if options.security == "starttls":
        if not client.supports_extension("starttls"):
            what = f"the relay doesn't offer STARTTLS{refused}"
            raise ChannelStopped("tls", with_remedy(what, remedies.NO_STARTTLS))
        await client.starttls()
        refused = await _hello(client)
    if options.username:
        await _log_in(client, options, refused)


async def _hello(client: SMTP) -> str:
    """EHLO, or HELO where it is refused for good, whatever the code (RFC 5321 section 4.1.1.1).

    Returns what to say of a relay that then lacks something: HELO offers no extension.
    """
    try:
        await client.ehlo()
    except SMTPHeloError as error:
        if not 500 <= error.code < 600:
            raise
        await client.helo()
        return one_line(f": it answered EHLO with {error.code} {error.message}, and took HELO")
    return ""


async def _log_in(client: SMTP, options: Options, refused: str) -> None:
    """One method, tried once: a wrong password tried three ways locks accounts."""
    offered = client.supported_auth_methods
    if "plain" in offered:
        await client.auth_plain(options.username, options.password)
    elif "login" in offered:
        await client.auth_login(options.username, options.password)
    elif "cram-md5" in offered:
        await client.auth_crammd5(options.username, options.password)
    else:
        raise ChannelStopped("auth", f"the relay offers no AUTH PLAIN, LOGIN or CRAM-MD5{refused}")


def _take_over(client: SMTP, options: Options) -> Line:
    transport = client.transport
    if transport is None or transport.is_closing():
        raise Temporary("lost", "the relay closed the new connection", of_channel=True)
    return Line(cast(asyncio.WriteTransport, transport), dict(client.esmtp_extensions), options)


def _meaning(error: Exception, options: Options) -> HandOverError:
    """Our error for the library's."""
    if isinstance(error, SMTPResponseException):
        found = refusal(Phase.OPENING, read_reply(error.code, error.message))
        if isinstance(found, ChannelStopped) and (remedy := remedies.of_reply(error.code)):
            return ChannelStopped(found.code, with_remedy(found.detail, remedy))
        return found
    cause = error.__cause__ if isinstance(error, SMTPConnectError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return ChannelStopped(
            "certificate", with_remedy(cause.verify_message, remedies.of_certificate(cause))
        )
    if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
        reason = cause.reason or "the TLS handshake failed"
        return ChannelStopped("tls", with_remedy(reason, remedies.of_tls(reason, options)))
    if isinstance(error, TimeoutError):
        what = "the relay didn't answer while connecting"
        return Temporary(
            "timeout", with_remedy(what, remedies.of_silence(options)), of_channel=True
        )
    if isinstance(error, ValueError):
        return ChannelStopped("connect", one_line(f"unusable host: {error}"))
    remedy = remedies.of_connection(cause, options)
    return Temporary("connect", with_remedy(one_line(str(error)), remedy), of_channel=True)
