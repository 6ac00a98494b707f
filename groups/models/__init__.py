"""A group with its people, and the ways in and out. `group` knows nothing of `joining` but its rows."""

from groups.models.choices import LEADING, Hue, Role
from groups.models.group import Group, GroupQuerySet, Membership, MembershipQuerySet
from groups.models.joining import Invite, JoinRequest, Removal

__all__ = [
    "LEADING",
    "Group",
    "GroupQuerySet",
    "Hue",
    "Invite",
    "JoinRequest",
    "Membership",
    "MembershipQuerySet",
    "Removal",
    "Role",
]
