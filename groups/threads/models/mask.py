"""Who wrote what names nobody."""

from __future__ import annotations

from django.db import models

from community.members.models import Member


class MaskQuerySet(models.QuerySet["Mask"]):
    def mine(self, member: Member) -> MaskQuerySet:
        """Those of the member's own posts."""
        return self.filter(member=member.pk)


class Mask(models.Model):
    """Who wrote a post that names nobody. Read by the writer's own pages and deeds, and by staff for a recorded reason.

    `Post.author` is the stand-in, so that no list, page, mail, feed or search can tell by mistake.
    """

    post = models.OneToOneField("Post", models.CASCADE, related_name="mask")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    objects = MaskQuerySet.as_manager()
