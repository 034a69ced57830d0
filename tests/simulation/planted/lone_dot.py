"""After a 354 that nobody is to get, the text is ended by its dot alone, and the line is kept."""

from collections.abc import Callable
from typing import Any

from scheduler.channels.smtp.replies import Reply
from scheduler.channels.smtp.transaction import Carrier


def plant(put: Callable[[Any, str, Any], None]) -> None:
    hear = Carrier._hear_data

    def hear_data(carrier: Carrier, reply: Reply) -> None:
        parcel = carrier._offered
        if parcel is None or parcel.error is None or reply.code != 354:
            hear(carrier, reply)
            return

        def refused(_reply: Reply) -> None:
            carrier._refuse(parcel)

        carrier._line.say(b".\r\n", refused)

    put(Carrier, "_hear_data", hear_data)
