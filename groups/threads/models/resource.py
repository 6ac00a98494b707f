"""A resource: a discussion about a shared thing, known by its name alone."""

from __future__ import annotations

from typing import Any

from django.db import models

from community import things
from community.members.models import Member
from groups.threads.models.life import Life


class Resource(Life):
    """`linked_model` and `linked_id` name what it is about ("documents.document", 12), as `community.things` does."""

    linked_model = models.CharField(max_length=80, blank=True, editable=False)
    linked_id = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    def linked_to(self, member: Member) -> Any:
        """What it is about, if the member may see that; None for everybody else, and where nothing is linked."""
        if not self.linked_id:
            return None
        name = (self.linked_model, self.linked_id)
        return things.seen_by(member, [name]).get(name)
