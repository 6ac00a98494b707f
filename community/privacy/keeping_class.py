"""What is said of a class of things that is kept for a time: see `keeping`, which has them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.privacy import due
from community.privacy.due import Rows

Text = str | Promise


class Class(NamedTuple):
    """`days` is what holds unless staff said otherwise; without `least` they cannot, for pages of the site tell it.

    `rows` is what would go after so long, its age being in `field`; `go` lets it go.
    """

    name: str
    title: Text
    days: int
    since: Text
    why: Text
    rows: Callable[[dt.timedelta], Rows]
    field: str
    go: Callable[[Rows, dt.timedelta], object] = lambda rows, _after: due.delete(rows)
    least: int | None = None


UNUSED = _("Nobody needs it any more")
ANSWERED = _("after the answer")
