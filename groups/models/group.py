"""A working group."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Affiliation, Member
from community.notifications.models import notify
from community.policy import Refused
from groups.models import choices
from groups.models.choices import LEADING, Hue, Role
from groups.models.membership import Membership
from groups.models.welcoming import Welcoming

if TYPE_CHECKING:
    from typing import Any


ONE_DAY = dt.timedelta(days=1)


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, member: Member) -> GroupQuerySet:
        """Groups whose inside the member may read now. The one access rule: every other `visible_to` asks this one."""
        mine = Q(pk__in=Membership.objects.places_of(member))
        inside = mine | Q(visibility=Group.Visibility.OPEN) | Q(joining=Group.Joining.AUTOMATIC)
        if member.is_authenticated and member.is_staff:
            inside |= Q(is_confidential=False)
        return self.open_to(member).filter(inside)

    def listed_to(self, member: Member) -> GroupQuerySet:
        """Groups whose name and purpose the member may know, so as to ask to join."""
        return self.open_to(member).filter(
            ~Q(visibility=Group.Visibility.HIDDEN) | Q(pk__in=self.visible_to(member).values("pk"))
        )

    def with_leads(self) -> GroupQuerySet:
        """Each with its `shown_leads`."""
        leads = Membership.objects.leading().select_related("member")
        return self.prefetch_related(models.Prefetch("memberships", leads, to_attr="shown_leads"))

    def open_to(self, member: Member) -> GroupQuerySet:
        """All groups for a member with standing, none for anybody else: one query, whatever is filtered next."""
        if not member.is_authenticated or not member.is_active or member.is_suspended:
            return self.none()
        if member.known is not None:
            return self if member.ties() else self.none()
        return self.filter(Exists(Affiliation.objects.in_force().filter(member=member)))

    def joined_by(self, member: Member) -> GroupQuerySet:
        """The groups a member belongs to, for menus and the home page."""
        mine = Q(pk__in=Membership.objects.places_of(member))
        return self.visible_to(member).filter(mine | Q(joining=Group.Joining.AUTOMATIC))

    def led_by(self, member: Member) -> GroupQuerySet:
        """The groups a member leads or co-leads now."""
        return self.open_to(member).filter(pk__in=Membership.objects.places_of(member, LEADING))


@live.streamable
class Group(Welcoming, models.Model):
    """A working group. Everything particular about it is a setting here, never code."""

    Kind = choices.Kind
    Visibility = choices.Visibility
    Joining = choices.Joining
    Watch = choices.Watch
    MailPrivacy = choices.MailPrivacy

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    mark = models.CharField(_("mark"), max_length=3, help_text=_("Up to three letters"))
    purpose = models.CharField(_("purpose"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.STANDING)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.LISTED)
    joining = models.CharField(_("joining"), max_length=10, choices=Joining, default=Joining.REQUEST)
    seats = models.PositiveSmallIntegerField(_("seats per organisation"), null=True, blank=True)
    watch = models.CharField(_("default watch level"), max_length=12, choices=Watch, default=Watch.MINE)
    mail_privacy = models.CharField(_("e-mail"), max_length=8, choices=MailPrivacy, default=MailPrivacy.SUMMARY)
    allows_masked = models.BooleanField(
        _("posts without a name"),
        default=False,
        help_text=_("Whoever writes may choose to. Only staff can look up who it was, with a reason that is recorded."),
    )
    refuses_pupil_data = models.BooleanField(
        _("no data about single pupils"),
        default=False,
        help_text=_("Files that look like it are refused. Otherwise whoever shares one is asked to look again."),
    )
    approves_first = models.PositiveSmallIntegerField(
        _("posts approved before they are shown"),
        null=True,
        blank=True,
        choices=choices.Approval,
        help_text=_("Until then only whoever wrote them sees them. The live room can be read, but not written in."),
    )
    quiet_from = models.TimeField(
        _("quiet hours begin"),
        null=True,
        blank=True,
        help_text=_("In UK time, every day. Until they end, only leads and staff write; all can read and draft."),
    )
    quiet_until = models.TimeField(_("quiet hours end"), null=True, blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    front_hidden = models.BooleanField(default=False, editable=False, help_text="See `front`")
    reactions = models.JSONField(_("reactions"), default=choices.every_say, blank=True)
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
        return reverse("home:group", args=[self.slug])

    @property
    def stream(self) -> str:
        """The name by which pages follow it and the ledger speaks of it: "group-3"."""
        return live.stream_of(self)

    @property
    def is_read_only(self) -> bool:
        """Archived, or a task-and-finish group past its day: all may be read, nothing added."""
        return self.archived_at is not None or (self.ends_on is not None and self.ends_on < timezone.localdate())

    @property
    def front_subject(self) -> str:
        """The name by which reports speak of what it says of itself: "front-3"."""
        return f"front-{self.pk}"

    @property
    def shown_purpose(self) -> str:
        return gettext("Hidden by staff") if self.front_hidden else self.purpose

    def quiet_end(self, now: dt.datetime) -> dt.datetime | None:
        """When its quiet hours end, in the site's own time; None if `now` is outside of them."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        here = timezone.localtime(now, timezone.get_default_timezone())
        is_over_midnight = self.quiet_from > self.quiet_until
        late, early = here.time() >= self.quiet_from, here.time() < self.quiet_until
        if not ((late or early) if is_over_midnight else (late and early)):
            return None
        day = here.date() + ONE_DAY if is_over_midnight and late else here.date()
        return timezone.make_aware(dt.datetime.combine(day, self.quiet_until), timezone.get_default_timezone())

    def role_of(self, member: Member) -> Role | None:
        """The member's role here today, if any. Everyone is a member of a group that is for everyone."""
        found = Membership.objects.roles_of(member).get(self.pk)
        if found is None and self.joining == self.Joining.AUTOMATIC and member.has_standing():
            return Role.MEMBER
        return Role(found) if found else None

    def leads(self) -> models.QuerySet[Membership]:
        """Leads and co-leads in force, leads first."""
        return self.memberships.leading()

    def has_seat_for(self, affiliation: Affiliation) -> bool:
        """Whether the organisation has a free seat, where seats are counted. Whoever sits keeps their seat."""
        if self.seats is None:
            return True
        taken = self.memberships.in_force().filter(affiliation__organisation=affiliation.organisation_id)
        return taken.count() < self.seats or taken.filter(member=affiliation.member_id).exists()

    def must_ask(self, member: Member) -> bool:
        """Whether a lead decides if the member may join: by the group's rule, or because they were removed before."""
        return self.joining == self.Joining.REQUEST or self.removals.filter(member=member, what="").exists()

    def has_been_asked_by(self, member: Member) -> bool:
        """Whether the member's wish to join waits for an answer."""
        return self.join_requests.waiting().filter(member=member).exists()

    @transaction.atomic
    def begin(self, by: Member, lead: Affiliation) -> None:
        """Staff set it up, with its first lead."""
        self.save(force_insert=True)
        self.settle_welcome()
        ledger.record(by, "create-group", self.stream)
        live.renamed()
        self.admit(lead, Role.LEAD, by=by)

    @transaction.atomic
    def ask(self, affiliation: Affiliation, note: str = "") -> None:
        """The person asks to join, for that organisation. The leads are told; asking twice is asking once."""
        request, is_new = self.join_requests.get_or_create(
            member=affiliation.member, answered_at=None, defaults={"affiliation": affiliation, "note": note}
        )
        if is_new:
            notify(Member.objects.filter(pk__in=self.leads().values("member")), "asked", request)

    @transaction.atomic
    def invite(self, by: Member, email: str, shown_as: str, place: dict[str, Any]) -> None:
        """A lead asks the person with that address into a `place` (role, ends_on). They are told; they decide."""
        invite, _created = self.invites.update_or_create(
            email=email.lower(), defaults={"shown_as": shown_as, "by": by, "at": timezone.now(), **place}
        )
        ledger.record(by, "invite-member", self.stream, invite=invite.pk, role=invite.role)
        notify(Member.objects.filter(email__iexact=email), "invited", invite)

    @transaction.atomic
    def admit(
        self, affiliation: Affiliation, role: str = Role.MEMBER, until: dt.date | None = None, by: Member | None = None
    ) -> Membership:
        """The person joins for that organisation, in that role, or changes to it. `by`: the lead or staff who did."""
        had_lead = self.lock(member := affiliation.member)
        if not self.has_seat_for(affiliation):
            raise Refused(_("That organisation’s seats in this group are taken."))
        membership, is_new = self.memberships.update_or_create(
            member=member, defaults={"affiliation": affiliation, "role": role, "ends_on": until}
        )
        self._keep_a_lead(had_one=had_lead)
        answer = {"answered_at": timezone.now(), "answered_by": by, "is_admitted": True}
        self.join_requests.filter(member=member, answered_at=None).update(**answer)
        self.invites.filter(email__iexact=member.email).delete()
        if by is not None:
            act = "admit-member" if is_new else "change-role"
            ledger.record(by, act, self.stream, member=member.pk, role=str(role))
        self._people_changed(member)
        return membership

    @transaction.atomic
    def remove(self, member: Member, by: Member | None = None, reason: str = "") -> None:
        """The member leaves, or a lead or staff removes them: pages, sockets, downloads, search, feeds close at once.

        No invitation to them, or from them, outlives it.
        """
        had_lead = self.lock(member)
        self.memberships.filter(member=member).delete()
        self._keep_a_lead(had_one=had_lead)
        self.invites.filter(Q(email__iexact=member.email) | Q(by=member)).delete()
        if by is not None and by.pk != member.pk:
            notify([member], "removed", self.removals.create(member=member, by=by, reason=reason))
            ledger.record(by, "remove-member", self.stream, reason, member=member.pk)
        self._people_changed(member)

    @transaction.atomic
    def change(self, by: Member, settings: dict[str, Any]) -> None:
        """A lead or staff sets some of its settings. Whoever may see less of it now sees less at once."""
        self.hold_quoted(settings.get("welcome", ""))
        now = Group.objects.select_for_update(no_key=True).get(pk=self.pk)
        if now.front_hidden and any(getattr(now, name) != settings[name] for name in choices.SAID & settings.keys()):
            raise Refused(
                _("Staff have hidden what the group says of itself. Until that is decided, it stays as it is.")
            )
        for name, value in settings.items():
            setattr(self, name, value)
        self.save(update_fields=[*settings])
        self.settle_welcome()
        ledger.record(by, "change-group", self.stream, settings=sorted(settings))
        live.publish(self, "refresh")
        live.renamed()
        if {"visibility", "joining", "is_confidential"} & settings.keys():
            live.recheck_everyone()

    @transaction.atomic
    def archive(self, by: Member | None = None) -> None:
        """Read-only from now on."""
        self._set_archived(timezone.now(), by, "archive-group")

    @transaction.atomic
    def reopen(self, by: Member | None = None) -> None:
        """Out of the archive: people may write again."""
        self._set_archived(None, by, "reopen-group")

    def lock(self, member: Member | None = None) -> bool:
        """Hold the place of the `member` it is about, first as in `place.kept`; then the row. Says if it has a lead."""
        list(self.memberships.select_for_update().filter(member=member).values_list("pk"))
        Group.objects.select_for_update(no_key=True).get(pk=self.pk)  # what is written here meanwhile points to it
        return self.leads().exists()

    def _set_archived(self, at: dt.datetime | None, by: Member | None, act: str) -> None:
        self.archived_at = at
        self.save(update_fields=["archived_at"])
        ledger.record(by, act, self.stream)
        live.publish(self, "refresh")

    def _keep_a_lead(self, *, had_one: bool) -> None:
        if had_one and not self.leads().exists():
            raise Refused(_("A group needs at least one lead. Make someone else a lead first."))

    def _people_changed(self, member: Member) -> None:
        live.publish(self, "refresh", "people")
        live.recheck(member)
