"""The private address at which a member's feed reader follows a group."""

from __future__ import annotations

import secrets

from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone

from community.members import policy
from community.members.models import Member
from groups.models import Group

signer = Signer(salt="groups.home.feed", sep=".")


class FeedAddressQuerySet(models.QuerySet["FeedAddress"]):
    def mine(self, member: Member) -> FeedAddressQuerySet:
        return self.filter(member=member)


class FeedAddress(models.Model):
    """A random key for one member and one group. The address is the key, signed: the table alone opens nothing."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = FeedAddressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "group", name="one_feed_address_each")]

    def get_absolute_url(self) -> str:
        return reverse("home:feed", args=[self.group.slug, signer.sign(self.key)])

    @classmethod
    def make(cls, member: Member, group: Group) -> FeedAddress:
        """The member's address for the group, made or made anew: an older one stops working."""
        fresh = {"key": secrets.token_urlsafe(24), "made_at": timezone.now()}
        return cls.objects.update_or_create(member=member, group=group, defaults=fresh)[0]

    @classmethod
    def opened_by(cls, token: str, slug: str) -> FeedAddress | None:
        """Whose feed of which group the token opens now. It is only a name: access is asked anew each time."""
        try:
            key = signer.unsign(token)
        except BadSignature:
            return None
        found = cls.objects.select_related("member", "group").filter(key=key, group__slug=slug).first()
        return found if found and found.is_in_force() else None

    def is_in_force(self) -> bool:
        """Whether its member may come in, and see the group, now."""
        if not policy.come_in(self.member):
            return False
        return Group.objects.visible_to(self.member).filter(pk=self.group_id).exists()
