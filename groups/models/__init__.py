"""A group with its people, and the ways in and out. `group` knows nothing of `joining` but its rows."""

from groups.models.choices import EVERY_POST, LEADING, Hue, Role
from groups.models.front import Front
from groups.models.group import Group, GroupQuerySet
from groups.models.joining import Invite, JoinRequest, Removal
from groups.models.membership import Membership, MembershipQuerySet

__all__ = [
    "EVERY_POST",
    "LEADING",
    "Front",
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
