"""The private addresses at which a member's feed reader follows a group, or one of its discussions."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone

from community.members import policy
from community.members.models import Member
from groups.models import Group
from groups.threads.models import Thread

signer = Signer(salt="groups.home.feed", sep=".")


class Feed(NamedTuple):
    """What an address opens now, and for whom: all that is new in the group, or in the one thread."""

    member: Member
    group: Group
    thread: Thread | None


class FeedAddressQuerySet(models.QuerySet["FeedAddress"]):
    def mine(self, member: Member) -> FeedAddressQuerySet:
        return self.filter(member=member)


class FeedAddress(models.Model):
    """A random key for one member and one group. The address is the key, signed: the table alone opens nothing.

    Signed with a thread's number behind it, it opens that thread alone, as long as that is in the group.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = FeedAddressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "group", name="one_feed_address_each")]

    def get_absolute_url(self) -> str:
        return self.url_for(None)

    def url_for(self, thread: Thread | None) -> str:
        """The address of the group's feed, or of that thread's."""
        opens = f"{self.key}.{thread.pk}" if thread else self.key
        return reverse("home:feed", args=[self.group.slug, signer.sign(opens)])

    @classmethod
    def make(cls, member: Member, group: Group) -> FeedAddress:
        """The member's key for the group, made or made anew: all older addresses stop working."""
        fresh = {"key": secrets.token_urlsafe(24), "made_at": timezone.now()}
        return cls.objects.update_or_create(member=member, group=group, defaults=fresh)[0]

    @classmethod
    def opened_by(cls, token: str, slug: str) -> Feed | None:
        """What the token opens now, if anything. It is only a name: access is asked anew each time."""
        try:
            key, _dot, number = signer.unsign(token).partition(".")
        except BadSignature:
            return None
        found = cls.objects.select_related("member", "group").filter(key=key, group__slug=slug).first()
        if found is None or not found.is_in_force():
            return None
        thread = found.thread(int(number)) if number else None
        return None if number and thread is None else Feed(found.member, found.group, thread)

    def is_in_force(self) -> bool:
        """Whether its member may come in, and see the group, now."""
        if not policy.come_in(self.member):
            return False
        return Group.objects.visible_to(self.member).filter(pk=self.group_id).exists()

    def thread(self, pk: int) -> Thread | None:
        """The thread of the group with that number, or the one it went into, if the member may read it."""
        there = Thread.objects.visible_to(self.member).in_sight().filter(group=self.group_id)
        return there.filter(pk=Thread.objects.now_at(self.group.slug, pk) or 0).first()
