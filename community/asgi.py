"""The whole product in one process (pages, static files, live), or only its live part behind a proxy."""

import os
from wsgiref.headers import Headers

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - after the apps are loaded
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from channels.sessions import CookieMiddleware  # noqa: E402
from django.conf import settings  # noqa: E402
from servestatic import ServeStaticASGI  # noqa: E402

from realtime.routing import websocket_urlpatterns  # noqa: E402


def _for_what_it_says(headers: Headers, path: str, url: str) -> None:
    """A browser takes a static file for what its type says, and does not guess."""
    headers["X-Content-Type-Options"] = "nosniff"


application = ProtocolTypeRouter(
    {
        "http": ServeStaticASGI(
            pages,
            root=str(settings.STATIC_ROOT),
            prefix=settings.STATIC_URL,
            autorefresh=settings.DEBUG,
            add_headers_function=_for_what_it_says,
            immutable_file_test=lambda path, url: True,  # the address changes with the release
        ),
        "websocket": AllowedHostsOriginValidator(CookieMiddleware(URLRouter(websocket_urlpatterns))),
    }
)
