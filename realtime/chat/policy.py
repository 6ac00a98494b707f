"""Who may do what in a room. Every verdict is a yes, or a no with a sentence for the person who asked."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.members.models import Distance, Member
from community.moderation import policy as moderation
from community.policy import No, Verdict, Yes
from community.responses.policy import open_to_responses
from groups import policy as group_policy
from groups.approval.policy import at_once
from groups.models import Group
from groups.pace import awake, once_in
from realtime.chat.models import Message, Room


def arrange(member: Member, group: Group) -> Verdict:
    """Add rooms, name them, give them hours and a rule for how long messages are kept, archive them."""
    return group_policy.lead(member, group)


def write(member: Member, room: Room) -> Verdict:
    """Take part: say something, or react to it."""
    if room.group.is_read_only:
        return group_policy.contribute(member, room.group)
    if room.why_shut:
        return No(room.why_shut)
    if not room.is_shared:
        return _take_part(member, room)
    if room.kind == Room.Kind.NEWS and not (member.is_staff or group_policy.leads(member, room.group)):
        return No(_("Only leads and staff write here. You can read and react."))
    return group_policy.contribute(member, room.group)


def say(member: Member, room: Room) -> Verdict:
    """Say something, or change what one said: whose words are shown at once. To leads and staff anybody may write."""
    verdict = write(member, room)
    if not verdict or room.kind in {Room.Kind.LEADS, Room.Kind.STAFF}:
        return verdict
    if not room.is_shared:
        return moderation.at_once(member)
    return at_once(member, room.group) and awake(member, room.group)


def pace(member: Member, room: Room) -> Verdict:
    """Say something so soon after one's last message there."""
    if not (room.slow and room.is_shared) or group_policy.is_trusted(member, room.group):
        return Yes()
    last = room.messages.filter(author=member).order_by("-number").values_list("at", flat=True).first()
    return once_in(room.slow, last)


def close(member: Member, room: Room) -> Verdict:
    """Close a room of the whole group into a discussion that sums it up."""
    if room.is_default or not room.is_shared:
        return No(_("Only rooms that leads have added can be closed. Select messages of this one instead."))
    return arrange(member, room.group)


def ask(member: Member, group: Group, kind: str) -> Verdict:
    """Have a room of one's own with the leads, or with staff."""
    if group.is_read_only:
        return group_policy.contribute(member, group)
    if kind == Room.Kind.LEADS and group_policy.leads(member, group):
        return No(_("You lead this group yourself."))
    if kind == Room.Kind.LEADS and not group.leads().exists():
        return No(_("Nobody leads this group at the moment. Message staff instead."))
    if kind == Room.Kind.STAFF and member.is_staff:
        return No(_("You are staff yourself."))
    return Yes() if kind == Room.Kind.STAFF else moderation.write(member, group.stream)


def _take_part(member: Member, room: Room) -> Verdict:
    """Write in a private room: whoever sees it. What was open a moment ago may be so no more."""
    if not Room.objects.visible_to(member).filter(pk=room.pk).exists():
        return No(_("You are not part of this conversation any more."))
    if room.kind != Room.Kind.STAFF:  # staff are there for everybody, also to be asked about a decision
        verdict = moderation.write(member, room.group.stream)
        if not verdict:
            return verdict
    return _still_two(member, room) if room.kind == Room.Kind.PAIR else Yes()


def write_to(member: Member, other: Member) -> Verdict:
    """Write to one other: where the site allows it, and neither has blocked the other, who is not told of it."""
    if not settings.ONE_TO_ONE:
        return No(_("Messages between two people are switched off here. Write to the leads of a group, or to staff."))
    if member.pk == other.pk:
        return No(_("This is you."))
    both = Member.objects.with_standing().filter(pk__in=[member.pk, other.pk])
    if both.count() < 2:
        return No(_("%(name)s cannot be reached here any more.") % {"name": other})
    if member.pk in Distance.kept_from(other, ["block"]):
        return No(
            _("You have blocked %(name)s. Hear them again first: “Muted and blocked”, in your account.")
            % {"name": other}
        )
    if other.pk in Distance.kept_from(member, ["block"]):
        return No(_("%(name)s takes no messages here. Write to the leads of a group, or to staff.") % {"name": other})
    return Yes()


def _still_two(member: Member, room: Room) -> Verdict:
    left = set(room.read_marks.filter(has_left=True).values_list("member", flat=True))
    other = room.other_than(member)
    if member.pk in left:
        return No(_("You left this conversation. Come back to it to write."))
    if other.pk in left:
        return No(_("%(name)s left this conversation. You can read it.") % {"name": other})
    return write_to(member, other)


def edit(member: Member, message: Message) -> Verdict:
    """Its author changes a message, or takes it back."""
    if message.author_id != member.pk:
        return No(_("Only its author can change a message."))
    if message.is_hidden:
        return No(_("This message was hidden. You were told why and how to appeal; until then it stays as it is."))
    if message.deleted_at is not None:
        return No(_("This message was removed. Write a new one."))
    return write(member, message.room)


def change(member: Member, message: Message) -> Verdict:
    """Put other words into it: whoever may say something there."""
    return edit(member, message) and say(member, message.room)


def remove(member: Member, message: Message) -> Verdict:
    """Take a message back: its author, and whoever leads the group."""
    if message.author_id == member.pk:
        return edit(member, message)
    if message.is_gone:
        return No(_("This message is gone already."))
    if message.room.is_shared and group_policy.leads(member, message.room.group):
        return group_policy.lead(member, message.room.group)
    return No(_("Only its author and the group’s leads can remove a message."))


def take_up(member: Member, room: Room) -> Verdict:
    """Carry what was said into a discussion of the group."""
    if not room.is_shared:
        return No(_("What was said here is for a few. Write it anew where all may read it."))
    return group_policy.contribute(member, room.group) and at_once(member, room.group)


def pin(member: Member, message: Message) -> Verdict:
    """Keep a message at hand for everyone, or let it go."""
    if message.is_gone:
        return No(_("This message is gone already."))
    if not message.room.is_shared:
        return No(_("Messages are pinned in rooms of the whole group only."))
    if message.room.archived_at:
        return No(message.room.why_shut)
    return group_policy.lead(member, message.room.group)


def react(member: Member, message: Message, say: str) -> Verdict:
    """Say one of the group's few words of a message."""
    if message.author_id == member.pk:
        return No(_("This is your own message: reactions are for others to give."))
    if message.is_gone:
        return No(_("This message cannot be read at the moment, so nobody can react to it."))
    if say not in message.room.group.reactions:
        return No(_("The leads of this group have chosen other reactions."))
    if message.room.kind == Room.Kind.NEWS and not message.room.why_shut:
        return group_policy.contribute(member, message.room.group)
    return write(member, message.room)


open_to_responses(Message, react, lambda member, message: message.room.held(member))
