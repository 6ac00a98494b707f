"""Signs of adverts in what is sent: enough for a person to look at it first, never for more.

Whoever wrote it loses nothing: it waits, and is shown once approved. Nothing here stops or marks a person.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from community.members.models import Member
from groups import policy as group_policy
from groups.approval.policy import accepted
from groups.approval.twice import is_long, was_sent_elsewhere
from groups.approval.why import Why
from groups.models import Group

NEW = 3  # whoever has fewer posts that stand is new here
WAIT = 3  # seconds for a check outside
LINK = re.compile(r"(?:https?://|www\.)([^\s/)\]>]+)", re.IGNORECASE)

log = logging.getLogger(__name__)
_free = BoundedSemaphore(2)  # calls to the check outside at a time


class Sent(NamedTuple):
    """Words as they were sent, those that stood there `before`, and whether they are to be shown without a name."""

    words: str
    before: str = ""
    is_nameless: bool = False


def doubt(member: Member, group: Group, place: str, sent: Sent) -> Why | None:
    """Why these words, sent for a place, are looked at first; None if nothing speaks for it.

    Where they change what was there `before`, its links are no reason; any that is new to it is counted with them.

    Ask it before any row is held: a check outside takes its time.
    """
    if group_policy.is_trusted(member, group):
        return None
    if was_sent_elsewhere(member, place, sent.words):
        return Why.TWICE
    has_many = _has_many(sent.words, sent.before)
    if not (has_many or settings.OUTSIDE_CHECK) or accepted(member, NEW) >= NEW:
        return None
    if has_many:
        return Why.LINKS
    stays_here = sent.is_nameless or group.is_confidential  # never sent out: it simply waits
    return Why.CHECK if stays_here or _is_doubted_outside(sent.words) else None


def doubt_at_once(member: Member, group: Group, place: str, words: str) -> Why | None:
    """The same of somebody new where nothing can wait, such as a room: no check outside is asked, for it takes time."""
    has_many = _has_many(words)
    if not (has_many or is_long(words)) or group_policy.is_trusted(member, group) or accepted(member, NEW) >= NEW:
        return None
    if has_many:
        return Why.LINKS  # and not sent here: it may go to where it can wait
    return Why.TWICE if was_sent_elsewhere(member, place, words) else None


def _has_many(words: str, before: str = "") -> bool:
    found = links(words)
    return len(found) > settings.NEW_LINKS and bool(Counter(found) - Counter(links(before)))


def links(words: str) -> list[str]:
    """The hosts that a text leads to, this site aside."""
    hosts = (found.lower().rstrip(".,;:!?*_'\"’”") for found in LINK.findall(words))
    return [host for host in hosts if host != settings.SITE_HOST]


def _is_doubted_outside(words: str) -> bool:
    """What the check says that the site has set up. One that fails, or is late, leaves it to a person: it waits.

    So an outage costs leads some minutes, instead of showing adverts to everybody or losing what people wrote. Nobody
    queues for it, and a call that hangs keeps no process from its end.
    """
    answer: Future[bool] = Future()
    try:
        check = import_string(settings.OUTSIDE_CHECK)
        if not _free.acquire(blocking=False):
            raise TimeoutError
        Thread(target=_ask, args=(check, words, answer), name="outside-check", daemon=True).start()
        return answer.result(timeout=WAIT)
    except Exception as wrong:  # not its words: they may be those it was asked about
        log.error(
            "%s gave no answer (%s); what it was asked about waits.", settings.OUTSIDE_CHECK, type(wrong).__name__
        )
        return True


def _ask(check: Callable[[str], object], words: str, answer: Future[bool]) -> None:
    try:
        try:
            is_doubted = bool(check(words))
        finally:
            _free.release()
        answer.set_result(is_doubted)
    except Exception as wrong:
        answer.set_exception(wrong)
