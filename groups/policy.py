"""Who may do what in a group. Every verdict is a yes, or a no with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Affiliation, Member
from community.policy import No, Verdict, Yes
from groups.models import LEADING, Group, Role


def leads(member: Member, group: Group) -> bool:
    """Whether the member leads or co-leads the group."""
    return group.role_of(member) in LEADING


def contribute(member: Member, group: Group) -> Verdict:
    """Write into the group at all: posts, messages, proposals."""
    if group.is_read_only:
        return No(_("This group is closed. You can read everything, but nothing can be added."))
    role = group.role_of(member)
    if role == Role.OBSERVER:
        return No(_("You are an observer here: you can read everything, but not write."))
    if role is None:
        return No(_("Join this group to take part."))
    return Yes()


def lead(member: Member, group: Group) -> Verdict:
    """Do what leads do: settings, people, pins, shared documents. Staff may help out in groups open to them."""
    if group.is_read_only:
        return No(_("This group is closed. Nothing can be changed."))
    if leads(member, group) or member.is_staff:
        return Yes()
    return No(_("Only the group’s leads can do this."))


def start(member: Member, group: Group) -> Verdict:
    """Start a discussion."""
    if group.kind == Group.Kind.ANNOUNCEMENT and not (leads(member, group) or member.is_staff):
        return No(_("Only leads and staff post here. You can reply."))
    return contribute(member, group)


def manage_people(member: Member, group: Group) -> Verdict:
    """Admit, change roles, remove."""
    return lead(member, group)


def ask_to_join(member: Member, group: Group, affiliation: Affiliation | None) -> Verdict:
    """Join, or ask to, for one of one's organisations."""
    if group.role_of(member) is not None:
        return No(_("You are in this group already."))
    if group.is_read_only:
        return No(_("This group is closed."))
    if group.joining == Group.Joining.INVITE:
        return No(_("This group is by invitation. Ask one of its leads."))
    if affiliation is None:
        return No(_("Choose the organisation you would join for."))
    if not group.has_seat_for(affiliation):
        return No(_("Your organisation’s seats in this group are taken. Ask a colleague or a lead."))
    return Yes()
