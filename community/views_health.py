"""Whether this process can do its work: for proxies, containers and monitors. Says nothing about anybody."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.http import public


@require_safe
@never_cache
@public
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the cache keeps; 503 naming what does not."""
    ailing = [name for name, works in (("database", _database), ("cache", _cache)) if not _try(works)]
    return JsonResponse({"ailing": ailing}, status=503 if ailing else 200)


def _try(works: Callable[[], bool]) -> bool:
    try:
        return works()
    except Exception:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _cache() -> bool:
    cache.set("health", "well", 5)
    return bool(cache.get("health") == "well")
