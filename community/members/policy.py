"""Who may come in at all, who looks after whom, and who may use an invitation."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Invitation, Member, Organisation
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


def run_site(member: Member) -> Verdict:
    """Enter, change and end organisations; answer who asks to join."""
    return Yes() if member.is_staff else No(_("Only staff can do this."))


def look_after(member: Member, organisation: Organisation) -> Verdict:
    """Invite people to an organisation, name its contacts, say when someone leaves it."""
    if member.is_staff or member.affiliations.in_force().filter(organisation=organisation, is_contact=True).exists():
        return Yes()
    return No(_("Only the organisation’s contacts and staff can do this."))


def invite(member: Member, organisation: Organisation) -> Verdict:
    """Invite someone to an organisation."""
    if not Organisation.objects.in_force().filter(pk=organisation.pk).exists():
        return No(_("The organisation’s membership has ended. Nobody can be invited to it."))
    return look_after(member, organisation)


def accept(member: Member | None, invitation: Invitation) -> Verdict:
    """Use an invitation, as the member signed in, or as nobody yet."""
    good = invitation.is_good()
    if good and member is not None and member != Member.objects.at(invitation.email):
        return No(_("This invitation is for another address. Sign out first if that is yours too."))
    return good
