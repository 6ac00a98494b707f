"""A working group, who is in it and in which role, and who asks to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Affiliation, Member, affiliation_in_force
from community.policy import Refused

if TYPE_CHECKING:
    import datetime as dt


class Hue(models.TextChoices):
    """The eight identity colours of the design tokens."""

    AMBER = "amber", _("Amber")
    PLUM = "plum", _("Plum")
    TEAL = "teal", _("Teal")
    VIOLET = "violet", _("Violet")
    SLATE = "slate", _("Slate")
    BRICK = "brick", _("Brick")
    MOSS = "moss", _("Moss")
    SEA = "sea", _("Sea")


class Role(models.TextChoices):
    LEAD = "lead", _("Lead")
    CO_LEAD = "co-lead", _("Co-lead")
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")


LEADING = (Role.LEAD, Role.CO_LEAD)


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, member: Member) -> GroupQuerySet:
        """Groups whose inside the member may read now. The one access rule: every other `visible_to` asks this one."""
        mine = Q(pk__in=Membership.objects.in_force().filter(member=member.pk).values("group"))
        if member.is_authenticated and member.is_staff:
            return self.open_to(member).filter(mine | Q(is_confidential=False))
        return self.open_to(member).filter(
            mine | Q(visibility=Group.Visibility.OPEN) | Q(joining=Group.Joining.AUTOMATIC)
        )

    def listed_to(self, member: Member) -> GroupQuerySet:
        """Groups whose name and purpose the member may know, so as to ask to join."""
        return self.open_to(member).filter(
            ~Q(visibility=Group.Visibility.HIDDEN) | Q(pk__in=self.visible_to(member).values("pk"))
        )

    def open_to(self, member: Member) -> GroupQuerySet:
        """All groups for a member with standing, none for anybody else: one query, whatever is filtered next."""
        if not member.is_authenticated or not member.is_active or member.is_suspended:
            return self.none()
        return self.filter(Exists(Affiliation.objects.in_force().filter(member=member)))

    def joined_by(self, member: Member) -> GroupQuerySet:
        """The groups a member belongs to, for menus and the home page."""
        mine = Membership.objects.in_force().filter(member=member).values("group")
        return self.visible_to(member).filter(Q(pk__in=mine) | Q(joining=Group.Joining.AUTOMATIC))

    def to_show(self) -> GroupQuerySet:
        return self


@live.streamable
class Group(models.Model):
    """A working group. Everything particular about it is a setting here, never code."""

    class Kind(models.TextChoices):
        STANDING = "standing", _("Standing group")
        TASK = "task", _("Task and finish")
        NETWORK = "network", _("Network")
        ANNOUNCEMENT = "announcement", _("Announcements")
        PRIVATE = "private", _("Private")

    class Visibility(models.TextChoices):
        HIDDEN = "hidden", _("Only its people know it exists")
        LISTED = "listed", _("All members see its name and purpose")
        OPEN = "open", _("All members may read it")

    class Joining(models.TextChoices):
        OPEN = "open", _("Open to members")
        REQUEST = "request", _("On request")
        INVITE = "invite", _("By invitation")
        AUTOMATIC = "automatic", _("Everyone belongs")

    class Watch(models.TextChoices):
        EVERYTHING = "everything", _("Everything")
        MINE = "mine", _("Replies and mentions")
        MENTIONS = "mentions", _("Mentions")
        NOTHING = "nothing", _("Nothing")

    class MailPrivacy(models.TextChoices):
        FULL = "full", _("May carry full text")
        SUMMARY = "summary", _("Summary only")
        LINK = "link", _("Link only")

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    mark = models.CharField(_("mark"), max_length=3, help_text=_("Up to three letters"))
    purpose = models.CharField(_("purpose"), max_length=300)
    welcome = models.TextField(_("start here"), blank=True, max_length=2000)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.STANDING)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.LISTED)
    joining = models.CharField(_("joining"), max_length=10, choices=Joining, default=Joining.REQUEST)
    seats = models.PositiveSmallIntegerField(_("seats per organisation"), null=True, blank=True)
    watch = models.CharField(_("default watch level"), max_length=12, choices=Watch, default=Watch.MINE)
    mail_privacy = models.CharField(_("e-mail"), max_length=8, choices=MailPrivacy, default=MailPrivacy.SUMMARY)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    hue = models.CharField(_("colour"), max_length=8, choices=Hue, default=Hue.SLATE)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("groups:home", args=[self.slug])

    @property
    def is_read_only(self) -> bool:
        """Archived, or a task-and-finish group past its day: all may be read, nothing added."""
        return self.archived_at is not None or (self.ends_on is not None and self.ends_on < timezone.localdate())

    def role_of(self, member: Member) -> Role | None:
        """The member's role here today, if any. Everyone is a member of a group that is for everyone."""
        roles = self.memberships.in_force().filter(member=member).values_list("role", flat=True)
        found = min(roles, key=Role.values.index, default=None)
        if found is None and self.joining == self.Joining.AUTOMATIC and member.has_standing():
            return Role.MEMBER
        return Role(found) if found else None

    def leads(self) -> models.QuerySet[Membership]:
        """Leads and co-leads in force, leads first."""
        return self.memberships.in_force().filter(role__in=LEADING).order_by(F("role").desc(), "joined_at")

    def has_seat_for(self, affiliation: Affiliation) -> bool:
        """Whether the organisation has a free seat, where seats are counted."""
        if self.seats is None:
            return True
        taken = self.memberships.in_force().filter(affiliation__organisation=affiliation.organisation_id)
        return taken.exclude(member=affiliation.member_id).count() < self.seats

    @transaction.atomic
    def admit(self, affiliation: Affiliation, role: str = Role.MEMBER, until: dt.date | None = None) -> Membership:
        """The person joins, for that organisation, in that role; whoever is in already changes to it."""
        had_lead = self._lock_and_count_leads() > 0
        membership, _created = self.memberships.update_or_create(
            member_id=affiliation.member_id, defaults={"affiliation": affiliation, "role": role, "ends_on": until}
        )
        JoinRequest.objects.filter(group=self, member_id=affiliation.member_id).delete()
        self._keep_a_lead(had_one=had_lead)
        live.recheck(affiliation.member)
        return membership

    @transaction.atomic
    def remove(self, member: Member) -> None:
        """The member leaves or is removed: pages, sockets, downloads, search and feeds close at once."""
        had_lead = self._lock_and_count_leads() > 0
        self.memberships.filter(member=member).delete()
        self._keep_a_lead(had_one=had_lead)
        live.recheck(member)

    @transaction.atomic
    def archive(self) -> None:
        """Read-only from now on."""
        self.archived_at = timezone.now()
        self.save(update_fields=["archived_at"])
        live.publish(self, "refresh")

    def _lock_and_count_leads(self) -> int:
        Group.objects.select_for_update().get(pk=self.pk)
        return self.leads().count()

    def _keep_a_lead(self, *, had_one: bool) -> None:
        if had_one and not self.leads().exists():
            raise Refused(_("A group needs at least one lead. Make someone else a lead first."))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> MembershipQuerySet:
        """Memberships that count today: not ended, resting on an affiliation in force."""
        not_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
        return self.filter(not_ended & affiliation_in_force("affiliation__"), member__is_active=True)


class Membership(models.Model):
    """A person's place in a group, held for one of their organisations. It is in force only while that tie is."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    affiliation = models.ForeignKey(Affiliation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("group", "member", name="one_place_in_a_group"),
            models.CheckConstraint(
                condition=~Q(role=Role.OBSERVER) | Q(ends_on__isnull=False), name="observers_have_an_end_date"
            ),
        ]


class JoinRequest(models.Model):
    """Someone asks to join, for one of their organisations, and says why. Answered with a reason."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="join_requests")
    member = models.ForeignKey(Member, models.CASCADE, related_name="join_requests")
    affiliation = models.ForeignKey(Affiliation, models.CASCADE)
    note = models.CharField(_("why you would like to join"), max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("group", "member", name="one_request_to_join")]
