"""What waited and was passed to staff: a copy of it as it was sent, which no one changes, for a case to be about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from community import live
from community.files.models import AttachedFile
from community.members.models import Member
from community.moderation.models import Moderatable, in_question
from community.moderation.models.acts import APPEAL, HOLD
from groups import text
from groups.models import Group

if TYPE_CHECKING:
    from groups.approval.models import Waiting


class PassedQuerySet(models.QuerySet["Passed"]):
    def visible_to(self, member: Member) -> PassedQuerySet:
        """Staff who see the group; nobody once it is held. Its writer has what they sent."""
        if not (member.is_authenticated and member.is_staff):
            return self.none()
        return self.filter(group__in=Group.objects.visible_to(member)).exclude(hidden__act=HOLD)

    def to_show(self) -> PassedQuerySet:
        return self.select_related("group", "author", "sent_by", "hidden").prefetch_related("files__stored")

    def due_to_go(self) -> PassedQuerySet:
        """Those about which nothing may have to be decided any more: the time to appeal is over, too."""
        return self.filter(at__lt=timezone.now() - APPEAL).exclude(pk__in=in_question("passed"))


class Passed(Moderatable):
    """It stays when its writer takes back what waits, or sends other words. Hidden, that is out of sight as well.

    `author` is the name that it came under, `sent_by` whose it is.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    beside = models.TextField(blank=True, help_text="What would be shown beside its text")
    at = models.DateTimeField(default=timezone.now)

    objects = PassedQuerySet.as_manager()

    class Meta:
        verbose_name = _("text sent for approval")

    def __str__(self) -> str:
        return str(_("Sent to %(group)s, not shown") % {"group": self.group})

    def get_absolute_url(self) -> str:
        return reverse("approval:passed", args=[self.pk])

    @classmethod
    def copy(cls, waiting: Waiting) -> Passed:
        """As it was sent, with its files."""
        passed = cls.objects.create(
            group=waiting.group,
            author=waiting.shown_author,
            sent_by=waiting.author,
            title=waiting.title[:200],
            body=waiting.body,
            beside="\n".join(f"{name}: {said}" for name, said in waiting.beside),
            at=waiting.sent_at,
        )
        for held in waiting.files.all():
            passed.files.create(stored=held.stored, alt=held.alt[:300])
        return passed

    @property
    def writer(self) -> Member:
        return self.sent_by

    @classmethod
    def written_by(cls, member: Member) -> Q:
        return Q(sent_by=member)

    @property
    def evidence(self) -> str:
        files = "\n".join(f"[{file.stored.name}] {file.alt}".strip() for file in self.files.all())
        return "\n\n".join(filter(None, [self.title, self.body, self.beside, files]))

    @property
    def html(self) -> SafeString:
        """As it would have been shown."""
        return text.written(self.body, self.group).html

    @property
    def is_gone(self) -> bool:
        """It was never shown, so there is nothing that its writer could be asked to edit."""
        return True

    @property
    def stands_in(self) -> Group:
        return self.group

    def shown_anew(self) -> None:
        """What waits is gone from its writer's pages, or there again."""
        live.own_changed(self.sent_by)


class PassedFile(AttachedFile):
    """A file that came with it: kept, and its writer’s to send all the same once it may be shown."""

    is_evidence = True

    passed = models.ForeignKey(Passed, models.CASCADE, related_name="files")
