"""What is done for documents while nobody waits for it."""

from __future__ import annotations

import contextlib
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, Manager, Q

from community import live
from community.files.exact import KINDS, can_draw, is_able
from community.files.models import MOST_TIMEOUTS, Contents, Rendition
from community.jobs import task, waiting
from community.policy import Refused

MOST = 200  # files read in one go of what was left over
MOST_DRAWN = 20  # of those drawn in an hour: each may take minutes


@task()
def read(pk: int) -> None:
    """Read what is written in a version, so that it is found by its words and shown on its page."""
    for version in apps.get_model("documents.Version")._default_manager.filter(pk=pk):
        if version.file:
            Contents.read(version.file)
            with contextlib.suppress(Refused):  # removed meanwhile: put back, it is found by its words
                version.document.text_read(version)
            if can_draw(version.file.kind):
                draw.enqueue(version.pk)


@task(priority=-10)
def draw(pk: int) -> None:
    """Draw an Office file as it is laid out, where this machine can. All other work goes first."""
    for version in apps.get_model("documents.Version")._default_manager.filter(pk=pk, file__isnull=False):
        if version.file and can_draw(version.file.kind) and Rendition.draw(version.file).blob:
            with transaction.atomic():
                live.publish(version.document, "refresh")


@task()
def keep_time() -> None:
    """Each hour: remind reviewers and owners, count what is used, and read what was not read yet."""
    versions = apps.get_model("documents.Version")._default_manager
    _remind()
    apps.get_model("documents.Document")._default_manager.count_use()
    unread = versions.filter(file__isnull=False, file__contents=None).order_by("-pk")
    for pk in unread.values_list("pk", flat=True)[:MOST]:
        read.enqueue(pk)
    if is_able():
        _draw_what_is_left(versions)


def _draw_what_is_left(versions: Manager[Any]) -> None:
    """The latest few that can be seen, as far as the queue is not full of them."""
    queued = waiting(draw.module_path)
    current = versions.filter(pk=F("document__current"), document__removed_at=None, document__hidden=None)
    again = Q(file__rendition__blob="", file__rendition__timeouts__range=(1, MOST_TIMEOUTS - 1))
    undrawn = current.filter(Q(file__rendition=None) | again, file__contents__state="read", file__kind__in=KINDS)
    left = undrawn.exclude(pk__in=queued).order_by("-pk").values_list("pk", flat=True)
    for pk in left[: max(0, MOST_DRAWN - len(queued))]:
        draw.enqueue(pk)


def _remind() -> None:
    reviews = apps.get_model("documents.Review")._default_manager.under_way()
    for review in reviews.filter(document__hidden=None, document__removed_at=None).select_related("document"):
        review.remind()
    apps.get_model("documents.Document")._default_manager.remind_owners()
