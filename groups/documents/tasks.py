"""What is done for documents while nobody waits for it."""

from __future__ import annotations

from django.apps import apps

from community.files.models import Contents
from community.jobs import task

MOST = 200  # files read in one go of what was left over


@task()
def read(pk: int) -> None:
    """Read what is written in a version, so that it is found by its words and shown on its page."""
    for version in apps.get_model("documents.Version")._default_manager.filter(pk=pk):
        if version.file:
            Contents.read(version.file)
            version.document.text_read(version)


@task()
def keep_time() -> None:
    """Each hour: remind reviewers and owners, and read what was not read yet."""
    versions = apps.get_model("documents.Version")._default_manager
    _remind()
    unread = versions.filter(file__isnull=False, file__contents=None).order_by("-pk")
    for pk in unread.values_list("pk", flat=True)[:MOST]:
        read.enqueue(pk)


def _remind() -> None:
    reviews = apps.get_model("documents.Review")._default_manager.under_way()
    for review in reviews.filter(document__hidden=None, document__removed_at=None).select_related("document"):
        review.remind()
    apps.get_model("documents.Document")._default_manager.remind_owners()
