"""Who may come in at all, who looks after whom, and who may use an invitation."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Invitation, Member, Organisation
from community.policy import No, Verdict, Yes

FINISH = dt.timedelta(days=1)  # for what somebody had open when they had to accept the texts
MOST_AT_A_DISTANCE = 200  # each is a rule or two of one's own style sheet


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


def finish(must_accept_from: dt.datetime | None) -> Verdict:
    """Go on with what was open when the texts had to be accepted: write it to its end, hear what happens meanwhile."""
    if must_accept_from is None or timezone.now() < must_accept_from + FINISH:
        return Yes()
    return No(_("Our terms or rules have changed. Copy your text, then read and accept them to go on."))


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


def keep_away(member: Member, other: Member) -> Verdict:
    """Mute or block somebody. Staff act for everybody here, and have to reach everybody."""
    if member.pk == other.pk:
        return No(_("This is you."))
    if other.is_staff:
        return No(_("Staff cannot be muted: what they do here they do for everybody. You can report what they write."))
    if member.distances.exclude(other=other).count() >= MOST_AT_A_DISTANCE:
        return No(_("These are very many people. Hear some of them again first, or tell staff what happens."))
    return Yes()
