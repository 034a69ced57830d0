"""No log: a world's news is what it tells itself."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def hushed() -> Iterator[None]:
    """Nothing of the program is logged meanwhile."""
    before = structlog.get_config()
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)
        logging.disable(logging.NOTSET)
