"""Who may report, and who may decide about what."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.models import Decision, Moderatable
from community.policy import No, Verdict, Yes


def desk(member: Member) -> Verdict:
    """Work at the moderation desk."""
    return Yes() if member.is_staff else No(_("The desk is for staff."))


def report(member: Member, thing: Moderatable) -> Verdict:
    """Report a thing one can see."""
    if thing.writer == member:
        return No(_("This is your own. You can edit or remove it where it stands."))
    if thing.is_hidden:
        return No(_("Staff have hidden this already."))
    return Yes()


def decide(member: Member, thing: Moderatable, act: str) -> Verdict:
    """Decide about a thing: never about one's own, and only what changes something."""
    if not member.is_staff:
        return desk(member)
    if thing.writer == member:
        return No(_("You wrote this yourself. A colleague has to decide."))
    if act == Decision.Act.HIDE and thing.is_hidden:
        return No(_("Somebody has hidden this already. Load the page again to see their reasons."))
    if act == Decision.Act.RESTORE and not thing.is_hidden:
        return No(_("This is not hidden. Load the page again to see what happened."))
    return Yes()
