"""Twilio's requests to us: who signed them, and what they say.

https://www.twilio.com/docs/usage/security#validating-requests
"""

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from twilio.request_validator import RequestValidator
from twilio.rest.api.v2010.account.message import MessageInstance

from scheduler.channels.twilio_sms.codes import consequence
from scheduler.domain.answers.replies import Reply
from scheduler.domain.channels import SMS
from scheduler.domain.provider import Callback, CallbackRequest

#: Query field of the status callback that carries our reference.
REFERENCE_FIELD = "ref"


class _Form(dict[str, list[str]]):
    """Fields in the shape the validator asks repeated ones for."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def is_signed(request: CallbackRequest, auth_token: str) -> bool:
    """Whether the holder of ``auth_token`` made this request, with these very fields.

    The URL is the configured one; Twilio signs it with or without the port, and so does the
    validator. The comparison takes the same time wherever the signatures differ.
    """
    validator = RequestValidator(auth_token)
    signature = _header(request.headers, "X-Twilio-Signature")
    signed: _Form | str = _form(request)
    if "bodySHA256" in parse_qs(urlsplit(request.url).query):
        try:
            signed = request.body.decode("utf-8")
        except UnicodeDecodeError:
            return False
    return bool(validator.validate(request.url, signed, signature))


def read_request(request: CallbackRequest) -> Callback | Reply:
    """What a signed request says; empty fields where it says nothing."""
    fields = dict(request.form) or _json_fields(request.body)
    if "Body" in fields and "From" in fields and "MessageStatus" not in fields:
        return Reply(
            channel=SMS.name,
            provider_id=fields.get("MessageSid") or fields.get("SmsSid", ""),
            sender=fields["From"],
            text=fields["Body"],
            mark=fields.get("OptOutType", ""),
        )
    reference = parse_qs(urlsplit(request.url).query).get(REFERENCE_FIELD, [""])[0]
    return Callback(
        reference=reference,
        provider_id=fields.get("MessageSid") or fields.get("SmsSid", ""),
        status=fields.get("MessageStatus") or fields.get("SmsStatus", ""),
        code=fields.get("ErrorCode", ""),
        consequence=consequence(fields.get("ErrorCode", ""), fields.get("To", "")),
    )


def read_listed(message: MessageInstance) -> Callback | Reply:
    """The same of an entry of Twilio's list, which knows no OptOutType and no reference."""
    provider_id = str(message.sid or "")
    if message.direction == "inbound":
        return Reply(
            channel=SMS.name,
            provider_id=provider_id,
            sender=str(message.from_ or ""),
            text=str(message.body or ""),
        )
    code = "" if message.error_code in (None, "null") else str(message.error_code)
    return Callback(
        reference="",
        provider_id=provider_id,
        status=str(message.status or ""),
        code=code,
        consequence=consequence(code, str(message.to or "")),
        text=str(message.body or ""),
    )


def in_answer(text: str) -> tuple[str, str]:
    """Media type and body of the answer to a reply: TwiML, with words for its sender or none.

    https://www.twilio.com/docs/messaging/twiml
    """
    message = f"<Message>{escape(text)}</Message>" if text else ""
    return "text/xml", f'<?xml version="1.0" encoding="UTF-8"?><Response>{message}</Response>'


def _form(request: CallbackRequest) -> _Form:
    form = _Form()
    for name, value in request.form:
        form.setdefault(name, []).append(value)
    return form


def _header(headers: Mapping[str, str], name: str) -> str:
    for key, value in headers.items():
        if key.lower() == name.lower():
            return value
    return ""


def _json_fields(body: bytes) -> dict[str, str]:
    try:
        fields = json.loads(body)
    except ValueError:
        return {}
    if not isinstance(fields, dict):
        return {}
    return {str(name): str(value) for name, value in fields.items() if value is not None}
