"""What `reflexe doctor` asks of Twilio: the account, and its sender where Twilio tells of it.

https://www.twilio.com/docs/iam/api/account
https://www.twilio.com/docs/messaging/api/service-resource
"""

from collections.abc import Callable
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.rest import Client

from scheduler.channels.twilio_sms.codes import refusal
from scheduler.channels.twilio_sms.http import OneRequest, make_session
from scheduler.channels.twilio_sms.options import Options
from scheduler.domain.doctor.seen import TwilioSeen
from scheduler.domain.errors import HandOverError, Temporary


async def look(options: Options) -> TwilioSeen:
    session = await make_session(options)
    try:
        return await _look(options, lambda: _client(options, session))
    except HandOverError as fault:
        return TwilioSeen(fault=fault.detail or fault.code, may_pass=isinstance(fault, Temporary))
    except (aiohttp.ClientError, TimeoutError) as fault:
        return TwilioSeen(fault=type(fault).__name__, may_pass=True)
    finally:
        await session.close()


async def _look(options: Options, client: Callable[[], Client]) -> TwilioSeen:
    try:
        account = await client().api.v2010.accounts(options.account_sid).fetch_async()
    except TwilioRestException as error:
        raise refusal(error.status, error.code or error.status, error.msg) from None
    except TwilioServiceException as error:
        raise refusal(error.status, error.code, error.detail or error.title) from None
    return TwilioSeen(
        status=str(account.status),
        is_trial=str(account.type).lower() == "trial",
        has_sender=await _has_sender(options, client),
    )


async def _has_sender(options: Options, client: Callable[[], Client]) -> bool | None:
    """None: a name, or a look-alike that has no such list."""
    try:
        if options.messaging_service_sid and options.is_real_world:
            await client().messaging.v1.services(options.messaging_service_sid).fetch_async()
            return True
        if options.sender.isdecimal() and not options.messaging_service_sid:
            account: Any = client().api.v2010.accounts(options.account_sid)
            return bool(await account.short_codes.list_async(short_code=options.sender, limit=1))
    except (TwilioRestException, TwilioServiceException) as error:
        return False if error.status == 404 else None
    return None


def _client(options: Options, session: aiohttp.ClientSession) -> Client:
    return Client(
        options.account_sid,
        options.auth_token,
        http_client=OneRequest(session, options.base_url),
        environment={"TWILIO_EDGE": "", "TWILIO_REGION": ""},
    )
