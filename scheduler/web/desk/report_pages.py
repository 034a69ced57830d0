"""Reports that came back by mail and that nothing proves: one form decides each.

The only page of the desk that changes anything. Its form bears a proof that it is ours: a page
elsewhere can neither read it nor make it.
"""

import hmac
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.domain.people import mask_email
from scheduler.web.desk.access import from_elsewhere
from scheduler.web.desk.pages import Desk
from scheduler.web.limits import read_form

#: What a form may say.
DECISIONS = ("bounced", "noted")
#: On the page at once, the oldest first.
MOST_SHOWN = 100
#: Letters of a name that the audit log keeps.
LONGEST_NAME = 80


class ReportPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._key = secrets.token_bytes(32)

    async def listing(self, request: Request) -> Response:
        return self._desk.page(
            request,
            "reports",
            reports=(await self._desk.current().bounces.open_reports())[:MOST_SHOWN],
            mask=mask_email,
            proof=self._proof,
            zone=self._desk.zone(),
        )

    async def decide(self, request: Request) -> Response:
        """Once: a second form on the same report finds it closed."""
        number = int(request.path_params["report"])
        form = await read_form(request)
        by = " ".join(form.get("by", "").split())[:LONGEST_NAME]
        ours = hmac.compare_digest(form.get("proof", "").encode(), self._proof(number).encode())
        if from_elsewhere(request) or not ours:
            raise HTTPException(403)
        if form.get("decision") not in DECISIONS or not by:
            raise HTTPException(400)
        app = self._desk.current()
        await app.bounces.close_report(number, form["decision"], by, app.clock())
        return RedirectResponse("/reports", 303)

    def _proof(self, number: int) -> str:
        return hmac.digest(self._key, str(number).encode(), "sha256").hex()
