"""SMS by Twilio (Messages API 2010-04-01, twilio-python 9.13).

https://www.twilio.com/docs/messaging/api/message-resource#create-a-message

The API has no idempotency key, so a request whose outcome is unknown is never repeated: it is
Uncertain. Certainly not accepted are only a request that was never written and an answer in which
Twilio says so. 500, 502 and 504 don't say so: the message may have been queued before something
behind the answer broke. The codes of this module's own errors, where Twilio gave no number:
``connect``, ``certificate``, ``lost``, ``timeout``, ``answer``, ``http <status>``, ``address``,
``message``, ``sender``.
"""

import re
from collections.abc import AsyncIterator
from datetime import date
from functools import partial
from urllib.parse import urlencode

import aiohttp
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance

from scheduler.channels.twilio_sms.callbacks import (
    REFERENCE_FIELD,
    in_answer,
    is_signed,
    read_listed,
    read_request,
)
from scheduler.channels.twilio_sms.codes import EVENTS, refusal
from scheduler.channels.twilio_sms.http import OneRequest, make_session
from scheduler.channels.twilio_sms.options import Options, read_options
from scheduler.domain.answers.replies import Reply
from scheduler.domain.channels import SMS
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import (
    ChannelStopped,
    HandOverError,
    Permanent,
    Temporary,
    Uncertain,
)
from scheduler.domain.message import Message
from scheduler.domain.provider import Begin, Callback, CallbackRequest, HandingOver, unasked
from scheduler.domain.provider import Provider as Port

__all__ = ["CHANNEL", "PROVIDER", "Options", "Provider", "read_options", "refusal"]

CHANNEL = SMS
PROVIDER = "twilio"

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
#: Messages in a page of the list; Twilio gives a thousand at most.
_PAGE = 500
#: Seconds Twilio takes for ValidityPeriod.
_SHORTEST_VALIDITY, _LONGEST_VALIDITY = 1, 36_000


class Provider(Port):
    """Over Twilio's API. A cancelled ``send`` closes its connection."""

    events = EVENTS

    def __init__(self, options: Options) -> None:
        self._options = options
        self._session: aiohttp.ClientSession | None = None
        self.concurrency = options.connections
        #: Whether made-up numbers may be handed over: only a look-alike takes them.
        self.carries_fiction = not options.is_real_world

    async def open(self) -> None:
        self._session = await make_session(self._options)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def send(
        self, message: Message, handing_over: HandingOver, begin: Begin = unasked
    ) -> Receipt:
        fields = self._fields(message)
        if self._session is None:
            raise RuntimeError("send() before open()")
        request = OneRequest(
            self._session,
            self._options.base_url,
            partial(handing_over, message.delivery),
            partial(begin, message.delivery),
        )
        try:
            created = await self._client(request).messages.create_async(**fields)
        except TwilioRestException as error:
            raise refusal(error.status, error.code or error.status, error.msg, message.to) from None
        except TwilioServiceException as error:
            raise refusal(
                error.status, error.code, error.detail or error.title, message.to
            ) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _unanswered(error, request.handed_over) from None
        except Exception as error:
            if not request.handed_over:
                raise  # what the caller's begin or handing_over raised
            raise Uncertain(
                "answer", f"an answer nobody can read: {type(error).__name__}"
            ) from None
        return _receipt(created, message)

    def parse(self, request: CallbackRequest) -> Callback | Reply | None:
        if not is_signed(request, self._options.auth_token):
            return None
        return read_request(request)

    def in_answer(self, text: str) -> tuple[str, str]:
        return in_answer(text)

    async def listed(
        self, since: date, *, to: str = "", sender: str = ""
    ) -> AsyncIterator[Callback | Reply]:
        if self._session is None:
            raise RuntimeError("listed() before open()")
        request = OneRequest(self._session, self._options.base_url)
        filters = {"to": to, "from_": sender}
        messages = self._client(request).messages
        try:
            async for one in await messages.stream_async(
                date_sent_after=since.isoformat(),
                page_size=_PAGE,
                **{name: value for name, value in filters.items() if value},
            ):
                yield read_listed(one)
        except TwilioRestException as error:
            raise refusal(error.status, error.code or error.status, error.msg) from None
        except TwilioServiceException as error:
            raise refusal(error.status, error.code, error.detail or error.title) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _unanswered(error, handed_over=False) from None
        except Exception as error:
            raise Temporary(
                "answer", f"a page of the list that nobody can read: {type(error).__name__}"
            ) from None

    def _client(self, request: OneRequest) -> Client:
        return Client(
            self._options.account_sid,
            self._options.auth_token,
            http_client=request,
            # Instead of os.environ, where an edge would change the host.
            environment={"TWILIO_EDGE": "", "TWILIO_REGION": ""},
        )

    def _fields(self, message: Message) -> dict[str, object]:
        if not _E164.fullmatch(message.to):
            raise Permanent("address", "the number isn't in E.164 form", bad_address=True)
        try:
            fields: dict[str, object] = {"to": message.to, "body": message.body.decode("utf-8")}
        except UnicodeDecodeError:
            raise Permanent("message", "the text isn't UTF-8") from None
        if self._options.messaging_service_sid:
            fields["messaging_service_sid"] = self._options.messaging_service_sid
        elif sender := message.sender or self._options.sender:
            fields["from_"] = sender
        else:
            raise ChannelStopped("sender", "neither a sender nor a messaging service is set")
        if message.validity is not None:
            seconds = int(message.validity.total_seconds())
            fields["validity_period"] = min(max(seconds, _SHORTEST_VALIDITY), _LONGEST_VALIDITY)
        if url := self._options.status_callback_url:
            mark = "&" if "?" in url else "?"
            fields["status_callback"] = (
                f"{url}{mark}{urlencode({REFERENCE_FIELD: message.reference})}"
            )
        return fields


def _unanswered(error: Exception, handed_over: bool) -> HandOverError:
    """The error when no answer came; without the library's words, which have the URL."""
    name = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return ChannelStopped("certificate", "Twilio's certificate can't be verified")
    if not handed_over:
        return Temporary("connect", f"before the request: {name}", of_channel=True)
    if isinstance(error, TimeoutError):
        return Uncertain("timeout", "no answer in time after the request")
    return Uncertain("lost", f"after the request: {name}")


def _receipt(created: MessageInstance, message: Message) -> Receipt:
    if not created.sid:
        raise Uncertain("answer", "an answer without the message's id")
    counted = str(created.num_segments or "")
    return Receipt(
        provider_id=str(created.sid),
        code=str(created.status or ""),
        # A messaging service answers before it knows: 0.
        segments=(int(counted) if counted.isdecimal() else 0) or message.segments,
    )
