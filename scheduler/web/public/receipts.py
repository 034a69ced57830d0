"""Where providers tell what became of a message, and what its readers answer."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App, identity_of
from scheduler.domain.answers.replies import Reply
from scheduler.domain.provider import CallbackRequest, Provider
from scheduler.flow.answers.inbound import note_callback, note_reply
from scheduler.web.limits import read_body

#: Twilio sends about forty.
MOST_FIELDS = 200


class Receipts:
    """Each provider checks its own requests; one that isn't the provider's is refused (403)."""

    def __init__(
        self,
        current: Callable[[], App],
        providers: Callable[[], Mapping[str, Provider]],
    ) -> None:
        self._current = current
        self._providers = providers

    async def take(self, request: Request) -> Response:
        name = request.path_params["provider"]
        provider = self._providers().get(name)
        if provider is None:
            raise HTTPException(404)
        app = self._current()
        public_url = app.links.public_url
        said = provider.parse(await as_value(request, public_url))
        if said is None:
            return Response(status_code=403)
        if isinstance(said, Reply):
            return await self._reply(provider, said, app)
        await note_callback(said, provider.events, app.ledger.tokens, app.ledger, app.clock())
        return Response(status_code=204)

    async def _reply(self, provider: Provider, reply: Reply, app: App) -> Response:
        identity = identity_of(app.configuration.settings)
        answer = await note_reply(reply, app.replies, identity, app.clock())
        media_type, body = provider.in_answer(answer)
        return Response(body, media_type=media_type)


async def as_value(request: Request, public_url: str) -> CallbackRequest:
    """The request as providers sign it: at our configured address, with its fields untouched.

    Raises HTTPException: 400 for fields too many to be a provider's, and as ``read_body`` does.
    """
    body = await read_body(request)
    query = request.url.query
    form: list[tuple[str, str]] = []
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        try:
            form = parse_qsl(
                body.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS
            )
        except ValueError:
            raise HTTPException(400) from None
    return CallbackRequest(
        url=f"{public_url}{request.url.path}" + (f"?{query}" if query else ""),
        headers=dict(request.headers),
        form=form,
        body=body,
    )
