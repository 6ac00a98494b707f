"""Who may do what in a room. Every verdict is a yes, or a no with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import No, Verdict
from community.responses.policy import open_to_responses
from groups import place
from groups import policy as group_policy
from realtime.chat.models import Message, Room


def say(member: Member, room: Room) -> Verdict:
    """Say something."""
    return group_policy.contribute(member, room.group)


def edit(member: Member, message: Message) -> Verdict:
    """Change the words of a message."""
    if message.author_id != member.pk:
        return No(_("Only its author can change a message."))
    if message.is_hidden:
        return No(_("Staff hid this message. You were told why and how to appeal; until then it stays as it is."))
    if message.deleted_at is not None:
        return No(_("This message was removed. Write a new one."))
    return group_policy.contribute(member, message.room.group)


def remove(member: Member, message: Message) -> Verdict:
    """Take a message back: its author, and whoever leads the group."""
    if message.author_id == member.pk:
        return edit(member, message)
    if message.is_gone:
        return No(_("This message is gone already."))
    if group_policy.leads(member, message.room.group):
        return group_policy.lead(member, message.room.group)
    return No(_("Only its author and the group’s leads can remove a message."))


def take_up(member: Member, room: Room) -> Verdict:
    """Carry what was said into a discussion of the group."""
    return group_policy.contribute(member, room.group)


def pin(member: Member, message: Message) -> Verdict:
    """Keep a message at hand for everyone, or let it go."""
    if message.is_gone:
        return No(_("This message is gone already."))
    return group_policy.lead(member, message.room.group)


def react(member: Member, message: Message, say: str) -> Verdict:
    """Say one of the group's few words of a message."""
    if message.author_id == member.pk:
        return No(_("This is your own message: reactions are for others to give."))
    if message.is_gone:
        return No(_("This message cannot be read at the moment, so nobody can react to it."))
    if say not in message.room.group.reactions:
        return No(_("The leads of this group have chosen other reactions."))
    return group_policy.contribute(member, message.room.group)


open_to_responses(Message, react, lambda member, message: place.kept(member, message.room.group))
