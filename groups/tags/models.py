"""A tag of a group, or one that all groups share; and the nations whose discussions a member does not want to see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.members.models.organisations import Nation
from community.policy import Refused
from groups.models import Group

LONGEST = 40
MOST = 100  # tags of one group: a list that can be looked through


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, member: Member) -> TagQuerySet:
        """Shared tags, and those of the groups whose inside the member may read."""
        return self.filter(Q(group=None) | Q(group__in=Group.objects.visible_to(member)))

    def known_in(self, group: Group | None) -> TagQuerySet:
        """A group's own and the shared ones; of no group, the shared ones."""
        return self.filter(Q(group=None) | Q(group=group)) if group else self.filter(group=None)

    def offered_in(self, group: Group) -> TagQuerySet:
        """What a discussion of the group may be given now: nations last."""
        return self.known_in(group).filter(retired_at=None).order_by("nation", Lower("name"))

    def nations(self) -> TagQuerySet:
        """The marks that say "for this nation only"."""
        return self.filter(group=None).exclude(nation="").order_by("name")

    def muted_by(self, member: Member) -> TagQuerySet:
        """The nations whose discussions stay out of the member's lists."""
        return self.nations().filter(mutes__member=member.pk)


class Tag(models.Model):
    """A word that things are sorted by. Its `slug` stands in addresses; with a `nation`, members can mute it.

    Retired, it stays on what carries it and is offered no more.
    """

    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="tags")
    name = models.CharField(_("name"), max_length=LONGEST)
    slug = models.SlugField(max_length=LONGEST, editable=False)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint("group", "slug", name="one_tag_a_word_in_a_group"),
            models.UniqueConstraint(F("slug"), condition=Q(group=None), name="one_shared_tag_a_word"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is looked after."""
        return reverse("tags:group", args=[self.group.slug]) if self.group else reverse("tags:shared")

    @classmethod
    @transaction.atomic
    def add(cls, by: Member, group: Group | None, name: str) -> Tag:
        """A new word: a lead's for the group, staff's for all groups."""
        tag = cls(group=group)
        tag._lock_words()
        if cls.objects.filter(group=group).count() >= MOST:
            raise Refused(_("There are %(most)s tags already. Retire and reuse some first.") % {"most": MOST})
        tag._take_name(name)
        tag.save(force_insert=True)
        tag._record(by, "add-tag")
        return tag

    @transaction.atomic
    def rename(self, by: Member, name: str) -> None:
        """Another word for the same things. Renaming never joins two tags: that could not be taken apart again."""
        self._lock_words()
        self._take_name(name)
        self.save(update_fields=["name", "slug"])
        self._record(by, "rename-tag")
        live.renamed()

    @transaction.atomic
    def retire(self, by: Member) -> None:
        """Offered no more; what carries it keeps it."""
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at"])
        self._record(by, "retire-tag")

    @transaction.atomic
    def bring_back(self, by: Member) -> None:
        """Offered again."""
        self.retired_at = None
        self.save(update_fields=["retired_at"])
        self._record(by, "bring-back-tag")

    def _lock_words(self) -> None:
        """Two who add the same word come one after the other."""
        if self.group:
            self.group.lock()
        else:
            list(Tag.objects.select_for_update().filter(group=None).order_by("pk")[:1])

    def _take_name(self, name: str) -> None:
        self.name, self.slug = " ".join(name.split()).lstrip("#"), slugify(name)[:LONGEST].strip("-")
        if not self.slug:
            raise Refused(_("A tag needs at least one letter or figure."))
        others = Tag.objects.exclude(pk=self.pk).filter(slug=self.slug)
        taken = others.known_in(self.group).first() if self.group else others.filter(group=None).first()
        if taken is None:
            return
        if self.pk:
            raise Refused(
                _(
                    "There is a tag “%(name)s” already, and two tags cannot be joined by renaming: nobody could take "
                    "them apart again. Retire one of them, and mark its discussions with the other."
                )
                % {"name": taken.name}
            )
        raise Refused(_("There is a tag “%(name)s” already.") % {"name": taken.name})

    def _record(self, by: Member, act: str) -> None:
        ledger.record(by, act, self.group.stream if self.group else "tags", tag=self.pk, name=self.name)


class Mute(models.Model):
    """The member does not want to see what is marked for that nation only."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="mutes")

    class Meta:
        constraints = [models.UniqueConstraint("member", "tag", name="muted_once")]

    @classmethod
    @transaction.atomic
    def choose(cls, member: Member, tags: Iterable[Tag]) -> None:
        """From now on these nations, and no others."""
        chosen = list(tags)
        cls.objects.filter(member=member).exclude(tag__in=chosen).delete()
        Mute.objects.bulk_create([Mute(member=member, tag=tag) for tag in chosen], ignore_conflicts=True)
