"""A text that discussions of a group can start from, kept by its leads."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member
from community.policy import Refused
from groups.links import quoted
from groups.links.models import MayQuote
from groups.models import Group
from groups.threads.starters import Wording, starters

LONGEST = 4000
LONGEST_NAME = 40
MOST = 20  # of one group: more would be searched, not chosen


class TemplateConflict(Refused):
    """Somebody changed it meanwhile; nothing was written."""


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, member: Member) -> TemplateQuerySet:
        """Those of the groups whose inside the member may read."""
        return self.filter(group__in=Group.objects.visible_to(member))

    def offered_in(self, group: Group) -> Sequence[Template | Wording]:
        """What a discussion of the group can start from: its own, or what every group has until it has any."""
        own = list(self.filter(group=group))
        return [each for each in own if not each.retired_at] if own else starters()


class Template(MayQuote, models.Model):
    """Words to begin with. Retired, it is offered no more and can be brought back."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="templates")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    kind = models.CharField(max_length=20, blank=True, help_text="The kind of thread it suits, if one")
    body = models.TextField(max_length=LONGEST)
    place = models.PositiveSmallIntegerField(default=0, help_text="Where it stands among those of its group")
    edition = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint("group", Lower("name"), name="one_template_a_name_in_a_group")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is looked after."""
        return reverse("templates:change", args=[self.group.slug, self.pk])

    @property
    def key(self) -> str:
        """What stands in an address for it."""
        return str(self.pk)

    @classmethod
    @transaction.atomic
    def add(cls, by: Member, group: Group, wording: Wording) -> Template:
        """A lead adds one, below the others."""
        group.lock()
        last = cls.objects.filter(group=group).last()
        if cls.objects.filter(group=group).count() >= MOST:
            raise Refused(_("There are %(most)s templates already. Change one of them instead.") % {"most": MOST})
        template = cls(group=group, place=last.place + 1 if last else 1)
        template._take(wording)
        template.save(force_insert=True)
        quoted.settle(template)
        template._record(by, "add-template")
        return template

    @classmethod
    @transaction.atomic
    def adopt(cls, by: Member, group: Group) -> None:
        """The group makes those that every group has its own. One that has its own already keeps those."""
        group.lock()
        if not cls.objects.filter(group=group).exists():
            for wording in starters():
                cls.add(by, group, wording)

    @transaction.atomic
    def change(self, by: Member, wording: Wording, edition: int) -> None:
        """Other words, by a lead who has read that edition."""
        self._lock()
        if edition != self.edition:
            raise TemplateConflict(
                _("Somebody changed this template meanwhile. Compare the two texts; saving again replaces theirs.")
            )
        self._take(wording)
        self.edition += 1
        self.save()
        quoted.settle(self)
        self._record(by, "change-template")

    @transaction.atomic
    def move_up(self, by: Member) -> None:
        """Offered before the one that was before it."""
        self._lock()
        row = list(Template.objects.filter(group=self.group))
        now = row.index(self)
        if now == 0:
            return
        row[now - 1], row[now] = row[now], row[now - 1]
        for place, each in enumerate(row, 1):
            each.place = place
        Template.objects.bulk_update(row, ["place"])
        self._record(by, "move-template")

    @transaction.atomic
    def retire(self, by: Member) -> None:
        """Offered no more."""
        self._lock()
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at"])
        self._record(by, "retire-template")

    @transaction.atomic
    def bring_back(self, by: Member) -> None:
        """Offered again."""
        self._lock()
        self.retired_at = None
        self.save(update_fields=["retired_at"])
        self._record(by, "bring-back-template")

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back: no edition, for nobody wrote it."""
        self.body = body
        self.save(update_fields=["body"])

    def _lock(self) -> None:
        """The group's row is held: what two leads do to its templates happens one after the other."""
        self.group.lock()
        self.refresh_from_db(fields=["name", "kind", "body", "place", "edition", "retired_at"])

    def _take(self, wording: Wording) -> None:
        others = Template.objects.filter(group=self.group).exclude(pk=self.pk)
        taken = others.annotate(word=Lower("name")).filter(word=Lower(models.Value(wording.name))).first()
        if taken:
            raise Refused(_("There is a template “%(name)s” already.") % {"name": taken.name})
        self.name, self.kind, self.body = wording.name, wording.kind, wording.body

    def _record(self, by: Member, act: str) -> None:
        ledger.record(by, act, self.group.stream, template=self.pk, name=self.name)
