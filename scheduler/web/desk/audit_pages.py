"""« Journal des actes »: who did what, when; never an address."""

from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.words.audit import phrase, subject
from scheduler.web.desk.pages import Desk

#: Acts on the page at first, and at most.
_SOME, _MOST = 100, 2000


class AuditPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        asked = request.query_params.get("number", "")
        known = asked.isascii() and asked.isdecimal() and len(asked) < 6
        wanted = min(max(int(asked), _SOME), _MOST) if known else _SOME
        app = self._desk.current()
        labels = {one.name: one.label for one in app.configuration.audiences}
        entries = await app.hand.audit_entries(wanted + 1)
        return self._desk.page(
            request,
            "audit",
            entries=[
                (one, phrase(one.act.act), subject(one.act.subject, labels))
                for one in entries[:wanted]
            ],
            more=min(wanted * 2, _MOST) if len(entries) > wanted and wanted < _MOST else 0,
            zone=self._desk.zone(),
        )
