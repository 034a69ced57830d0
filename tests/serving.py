"""A web application on a real port, as uvicorn serves it in the daemon."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from tests.parts.certificates import Certificates
from tests.parts.processes import wait_until


@contextmanager
def serving(
    application: ASGIApp, certificates: Certificates | None = None, port: int = 0
) -> Iterator[str]:
    """Serve on a free port of the loopback, or this one, in a thread of its own; gives the
    address. With ``certificates`` it takes TLS itself."""
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        ws="none",
        lifespan="off",
        ssl_certfile=certificates.certificate if certificates else None,
        ssl_keyfile=certificates.key if certificates else None,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started, "the web server is ready")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http{'s' if certificates else ''}://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
