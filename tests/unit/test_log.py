"""Logs: set up once a process by the command, and again by each command of a test."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from structlog.testing import capture_logs

from scheduler.log import get_logger, set_up_logs


@pytest.fixture(autouse=True)
def as_found() -> Iterator[None]:
    before, handlers, level = structlog.get_config(), logging.root.handlers[:], logging.root.level
    yield
    structlog.configure(**before)
    logging.root.handlers[:], logging.root.level = handlers, level


def test_a_logger_used_before_logs_are_set_up_again_is_still_listened_to() -> None:
    logger = get_logger("scheduler.test")
    set_up_logs("json", StringIO())
    logger.info("first")
    set_up_logs("text", StringIO())

    with capture_logs() as logs:
        logger.info("second", count=2)

    assert logs == [{"event": "second", "count": 2, "log_level": "info"}]


def test_no_address_reaches_a_log() -> None:
    stream = StringIO()
    set_up_logs("json", stream)

    get_logger("scheduler.test").info("sent", to="ana@example.org")

    assert '"event": "sent"' in stream.getvalue()
    assert "ana@example.org" not in stream.getvalue()


def test_a_log_loads_no_rich_and_leaves_it_to_those_who_want_it() -> None:
    code = (
        "import io, sys; from scheduler.log import get_logger, set_up_logs\n"
        "set_up_logs('text', io.StringIO())\n"
        "get_logger('one').info('said')\n"
        "assert 'structlog' in sys.modules and 'rich' not in sys.modules\n"
        "import rich\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
