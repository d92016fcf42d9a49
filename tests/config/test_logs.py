"""What must not stand in a log."""

import io
import json
import logging

import structlog

from config import logs


def test_a_referees_link_is_blanked_and_the_line_is_json():
    made = logs.configure("INFO")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = dict(made["formatters"]["json"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    handler.addFilter(logs.HideTokens())
    logger = logging.getLogger("test.tokens")
    logger.addHandler(handler)
    structlog.contextvars.bind_contextvars(tenant="emat")
    logger.error("Not Found: %s", "/emat/reference/ZUTABIOrcHAFdehR6YNuRwG2Y2M/letter/")
    line = json.loads(stream.getvalue())
    assert line["event"] == "Not Found: /emat/reference/…/letter/"
    assert line["tenant"] == "emat"
    structlog.contextvars.clear_contextvars()


def test_a_traceback_is_a_text_in_the_line():
    made = logs.configure("INFO")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = dict(made["formatters"]["json"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    logger = logging.getLogger("test.tracebacks")
    logger.addHandler(handler)
    try:
        1 / 0  # noqa: B018  # to fail
    except ZeroDivisionError:
        logger.exception("It broke")
    assert "ZeroDivisionError: division by zero" in json.loads(stream.getvalue())["exception"]
