"""Who looks after tags. Every verdict is a yes, or a no with a sentence for the person who asked."""

from community.members import policy as member_policy
from community.members.models import Member
from community.policy import Verdict
from groups import policy as group_policy
from groups.models import Group


def look_after(member: Member, group: Group | None) -> Verdict:
    """Add, rename, retire: a group's leads its own tags, staff the shared ones."""
    return group_policy.lead(member, group) if group else member_policy.run_site(member)
