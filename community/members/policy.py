"""Whether a member may come in at all. Asked by every page and every connection."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import No, Verdict, Yes


def come_in(member: Member) -> Verdict:
    """Standing, and for staff a second factor: half-way states open no page but the one that leads out of them."""
    if not member.is_active:
        return No(_("This account is closed."))
    if member.is_suspended:
        return No(_("Your account is suspended for now. You were sent the reasons and how to appeal."))
    if not member.has_standing():
        return No(_("You have no current organisation here. Ask your organisation’s contact to add you again."))
    if member.is_staff and not member.has_second_factor():
        return No(_("Staff need a second step at sign-in. Set one up to go on."))
    return Yes()
