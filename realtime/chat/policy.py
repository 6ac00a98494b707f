"""Who may do what in a room. Every verdict is a yes, or a no with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import No, Verdict
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
