"""What goes to the terminal or the journal. Addresses, names and texts have no place there."""

from __future__ import annotations

import logging
import traceback
from typing import Any


class WithoutWords(logging.Formatter):
    """Leaves out what an error says: a mail server quotes the address that it refused, a database the row."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - its name in the library
        """The frames and the name of the error, those of its causes first."""
        error: BaseException | None = ei[1]
        told: list[str] = []
        while error is not None:
            name = f"{type(error).__module__}.{type(error).__qualname__}\n"
            told[:0] = [*traceback.format_tb(error.__traceback__), name]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(told).rstrip()


def configuration(level: str) -> dict[str, Any]:
    """For `LOGGING`: all of it through one handler, what the servers of production say of errors too."""
    through_ours = {"handlers": [], "propagate": True}
    line = {"()": WithoutWords, "fmt": "{asctime} {levelname} {name} {message}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            **dict.fromkeys(("django", "gunicorn.error", "uvicorn.error"), through_ours),
            "django.request": {"level": "ERROR"},
        },
    }
