"""Addresses of this site, as people paste them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve


def page_at(address: str) -> ResolverMatch | None:
    """The page that an address leads to, whoever may see it; None if it is none of this site's."""
    try:
        parts = urlsplit(address.strip())
        if parts.netloc and parts.netloc != settings.SITE_HOST:
            return None
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    return found if all(value < 2**63 for value in found.kwargs.values() if isinstance(value, int)) else None
