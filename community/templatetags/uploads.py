"""What a form that takes files tells its script, as `data-most` and `data-piece`: numbers that the server knows."""

from __future__ import annotations

from django import template
from django.conf import settings

from community.files.models import arriving

register = template.Library()


@register.simple_tag
def file_limit() -> int:
    """The most bytes that one file may have."""
    return settings.FILE_LIMIT


@register.simple_tag
def piece_size() -> int:
    """Larger files go in pieces of so many bytes."""
    return arriving.PIECE
