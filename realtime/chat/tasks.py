"""What is done for rooms while nobody waits for it."""

from __future__ import annotations

from django.apps import apps
from django.db import transaction

from community.jobs import task


@task()
def turn(pk: int) -> None:
    """A room opens or closes at this moment: whoever looks at it or at the list of rooms sees it."""
    for room in apps.get_model("chat.Room")._default_manager.select_related("group").filter(pk=pk):
        with transaction.atomic():
            room.shown_anew()


@task()
def index_again(pk: int) -> None:
    """A room has another name: what was said in it is found under that."""
    messages = apps.get_model("chat.Message")._default_manager.in_sight().to_show().filter(room=pk)
    for message in messages.iterator(chunk_size=200):
        message.index()
