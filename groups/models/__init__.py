"""A group with its people, and the ways in and out. `group` knows nothing of `joining` but its rows."""

from groups.models.choices import LEADING, Hue, Role
from groups.models.group import Group, GroupQuerySet
from groups.models.joining import Invite, JoinRequest, Removal
from groups.models.membership import Membership, MembershipQuerySet

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
