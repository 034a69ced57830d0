"""The page where the holder of a link chooses what they receive."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.bootstrap import App
from scheduler.domain.channels import channel_label
from scheduler.domain.consent.preferences import EASY_TO_READ, Asked, Choices, Holder
from scheduler.flow.people import preferences
from scheduler.web.limits import even_time, read_form
from scheduler.web.public.languages import ALL, texts_in
from scheduler.web.public.rendering import Pages


class ChoicePages:
    """GET changes nothing. A POST changes what its page changed, and leads back to the page.

    The token is the authority, as on the page behind it: no cookie, no login.
    """

    def __init__(self, current: Callable[[], App], pages: Pages) -> None:
        self._current = current
        self._pages = pages

    async def choices(self, request: Request) -> Response:
        """The same page for an e-mail's token and for a short link's."""
        if request.method == "POST":
            return await self._change(request)
        app = self._current()
        source = app.preferences
        holder = await preferences.holder_of(
            request.path_params["token"], app.ledger.tokens, source
        )
        if holder is None:
            return self._unknown(request)
        return self._page(request, holder, await preferences.choices_of(holder, source))

    async def _change(self, request: Request) -> Response:
        form = await read_form(request)
        app = self._current()
        source, now = app.preferences, app.clock()
        async with even_time():
            holder = await preferences.holder_of(
                request.path_params["token"], app.ledger.tokens, source
            )
            if holder is None:
                return self._unknown(request)
            match form.get("act"):
                case "stop":
                    done = "stopped"
                    await preferences.stop_everything(holder, source, now)
                case "back":
                    done = "back"
                    await preferences.come_back(holder, source, now)
                case _:
                    done = "saved"
                    languages = [texts.language for texts in ALL]
                    await preferences.save(holder, source, _asked(form), languages, now)
        # A reload then shows the page again and sends nothing.
        return RedirectResponse(_back_to_page(request, form, done), 303)

    def _page(self, request: Request, holder: Holder, choices: Choices) -> Response:
        texts = texts_in(request.query_params.get("lang"), choices.language)
        languages = [(one.language, one.language_name) for one in ALL]
        if choices.language not in dict(languages):
            languages.append((choices.language, choices.language.upper()))
        return self._pages.page(
            request,
            "choices",
            texts,
            holder=holder,
            channels=sorted(choices.channels, key=lambda channel: channel != holder.channel),
            group=lambda channel: _words(texts.choices.groups, texts.choices.other_group, channel),
            note=lambda channel: _words(texts.choices.notes, texts.choices.other_note, channel),
            ticks=choices.ticks,
            language=choices.language,
            languages=[] if holder.contact is None else languages,
            easy_to_read=EASY_TO_READ,
            done=request.query_params.get("done", ""),
            switch=True,
        )

    def _unknown(self, request: Request) -> Response:
        return self._pages.notice(request, lambda texts: texts.unknown_link, 404)


def _words(own: Mapping[str, str], others: str, channel: str) -> str:
    """Of a channel; of one that a file added, the sentence that has a place for its name."""
    return own.get(channel) or others.format(channel=channel_label(channel))


def _asked(form: Mapping[str, str]) -> Asked:
    language = form.get("shown-language", "")
    return Asked(
        shown=frozenset(form.get("shown", "").split()),
        ticked=frozenset(form),
        shown_language=language,
        language=form.get("language", language),
    )


def _back_to_page(request: Request, form: Mapping[str, str], done: str) -> str:
    """Without a host: none in a request is believed."""
    query = {"done": done}
    chosen = form.get("language", "") != form.get("shown-language", "")
    if (language := request.query_params.get("lang")) and not chosen:
        query["lang"] = language
    return f"?{urlencode(query)}"
