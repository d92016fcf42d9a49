"""Structured logs: one JSON object a line, with request id and tenant, and no link that opens a door."""

import logging
import re
from typing import Any

import structlog

# A referee's link is a key; it stands in the path of the first request.
TOKEN = re.compile(r"(/reference/)[^/\s?\"']{16,}")

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


class HideTokens(logging.Filter):
    """Blanks token links in messages and their arguments, whoever logs them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):  # structlog's own lines are dictionaries of known keys
            record.msg = TOKEN.sub(r"\1…", record.getMessage())
            record.args = ()
        return True


def configure(level: str) -> dict[str, Any]:
    """Send structlog through the standard library; returns Django's LOGGING."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": structlog.processors.JSONRenderer(),
                "foreign_pre_chain": SHARED,
            }
        },
        "filters": {"tokens": {"()": HideTokens}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["tokens"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"django.server": {"propagate": True, "handlers": []}},
    }
