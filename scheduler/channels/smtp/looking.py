"""What `reflexe doctor` asks of the relay: a connection, opened as for a sending, and left."""

from typing import Any

from scheduler.channels.smtp.connect import connect, tls_context
from scheduler.channels.smtp.options import Options
from scheduler.domain.doctor.seen import RelaySeen
from scheduler.domain.errors import HandOverError, Temporary


async def look(options: Options) -> RelaySeen:
    try:
        context = None if options.security == "none" else tls_context(options)
        line = await connect(options, context)
    except HandOverError as fault:
        return RelaySeen(fault=fault.detail or fault.code, may_pass=isinstance(fault, Temporary))
    tls: Any = line.transport.get_extra_info("ssl_object")
    seen = RelaySeen(tls=(tls.version() or "") if tls else "", ends=line.certificate_ends)
    await line.quit()
    return seen
