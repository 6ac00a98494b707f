"""Who may do what in a group. Every verdict is a yes, or a no with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Affiliation, Member
from community.moderation import policy as moderation
from community.policy import No, Verdict, Yes
from groups.models import LEADING, Group, Invite, JoinRequest, Role


def leads(member: Member, group: Group) -> bool:
    """Whether the member leads or co-leads the group."""
    return group.role_of(member) in LEADING


def is_trusted(member: Member, group: Group) -> bool:
    """Whether the member answers for what is shown in the group: whoever leads it, and staff."""
    return member.is_staff or leads(member, group)


def contribute(member: Member, group: Group) -> Verdict:
    """Write into the group at all: posts, messages, proposals."""
    if group.is_read_only:
        return No(_("This group is closed. You can read everything, but nothing can be added."))
    silenced = moderation.write(member, group.stream)
    if not silenced:
        return silenced
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
    return look_after(member, group)


def start(member: Member, group: Group) -> Verdict:
    """Start a discussion."""
    if group.kind == Group.Kind.ANNOUNCEMENT and not (leads(member, group) or member.is_staff):
        return No(_("Only leads and staff post here. You can reply."))
    return contribute(member, group)


def create(member: Member) -> Verdict:
    """Set up a new group."""
    return Yes() if member.is_staff else No(_("Only staff can set up a group. Tell them what you need."))


def change(member: Member, group: Group) -> Verdict:
    """Its settings: leads some of them, staff all, also of a closed group, for there they open it again."""
    return Yes() if member.is_staff else lead(member, group)


def archive(member: Member) -> Verdict:
    """Close a group for good, or open it again."""
    return Yes() if member.is_staff else No(_("Only staff can archive a group. Ask them."))


def manage_people(member: Member, group: Group) -> Verdict:
    """Admit, invite, change roles."""
    return lead(member, group)


def remove(member: Member, group: Group) -> Verdict:
    """Take someone out. Also out of a closed group: it is still read."""
    return look_after(member, group)


def leave(member: Member, group: Group) -> Verdict:
    """Leave: anybody, any time, except a group that everyone belongs to. (The last lead hears it from the deed.)"""
    if group.role_of(member) is None:
        return No(_("You are not in this group."))
    if group.joining == Group.Joining.AUTOMATIC:
        return No(_("Everyone belongs to this group. You can set it to send you nothing."))
    return Yes()


def ask_to_join(member: Member, group: Group, affiliation: Affiliation | None) -> Verdict:
    """Join, or ask to, for one of one's organisations."""
    if group.role_of(member) is not None:
        return No(_("You are in this group already."))
    if group.is_read_only:
        return No(_("This group is closed."))
    if group.joining == Group.Joining.INVITE:
        return No(_("This group is by invitation. Ask one of its leads."))
    if group.has_been_asked_by(member):
        return No(_("You have asked to join. The leads have not answered yet."))
    silenced = moderation.write(member, group.stream)
    if not silenced and group.must_ask(member):
        return silenced
    return _sit(group, affiliation)


def accept(member: Member, invite: Invite, affiliation: Affiliation | None) -> Verdict:
    """Take up an invitation."""
    if invite.group.role_of(member) is not None:
        return No(_("You are in this group already."))
    if invite.group.is_read_only:
        return No(_("This group is closed."))
    return _sit(invite.group, affiliation)


def answer(member: Member, asked: JoinRequest) -> Verdict:
    """Admit or decline someone who asked."""
    if asked.answered_at:
        return No(_("Someone has answered already."))
    return manage_people(member, asked.group)


def admit(member: Member, asked: JoinRequest) -> Verdict:
    """Say yes to someone who asked."""
    verdict = answer(member, asked)
    if not verdict:
        return verdict
    if not asked.member.affiliations.in_force().filter(pk=asked.affiliation_id).exists():
        return No(_("This person has left the organisation they asked for. Decline, and they can ask again."))
    return _sit(asked.group, asked.affiliation)


def look_after(member: Member, group: Group) -> Verdict:
    """Tidy up what is there, also in a closed group."""
    if member.is_staff or leads(member, group):
        return moderation.write(member, group.stream)
    return No(_("Only the group’s leads can do this."))


def _sit(group: Group, affiliation: Affiliation | None) -> Verdict:
    if affiliation is None:
        return No(_("Choose the organisation to join for."))
    if not group.has_seat_for(affiliation):
        return No(
            _("The seats of %(organisation)s in this group are taken. Ask a colleague or a lead.")
            % {"organisation": affiliation.organisation}
        )
    return Yes()
