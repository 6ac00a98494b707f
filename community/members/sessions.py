"""Sessions: on a shared computer they end after 15 quiet minutes, enforced by the server, and with the browser.

The settings' SESSION_ENGINE is this module, and its middleware counts what a person does there.
"""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

IDLE = 15 * 60


class SessionStore(DatabaseStore):
    """`shared` in a session shortens its life; being stored in the database, it ends whatever the browser says."""

    def _validate_session_key(self, key: str | None) -> bool:
        """Only a key such as we make is looked up; PostgreSQL would stumble over a NUL in it."""
        return key is not None and key.isascii() and key.isalnum() and len(key) >= 8

    def get_session_cookie_age(self) -> int:
        return IDLE if self.get("shared") else super().get_session_cookie_age()


class SharedComputerMiddleware(MiddlewareMixin):
    """Each page asked for on a shared computer begins the 15 minutes again; what the page does by itself does not."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.session.get("shared") and not request.path.startswith("/live/"):
            request.session.modified = True
        return response
