"""Who may have a copy made of what is held about somebody, and who may erase them."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.members.policy import run_site
from community.models import Entry
from community.policy import No, Verdict, Yes


def copy(by: Member, member: Member) -> Verdict:
    """Staff answer what a person asks for; the stand-in for whoever gave no name is nobody."""
    if member.is_nameless:
        return No(_("This stands for everybody who gave no name."))
    return run_site(by)


def erase(by: Member, member: Member) -> Verdict:
    """Staff, but neither a colleague nor that stand-in, nor a group's only lead."""
    verdict = copy(by, member)
    if not verdict:
        return verdict
    if member.is_staff:
        return No(_("They are staff. Somebody who runs the server has to take that from them first."))
    if apps.get_model("privacy.erasing")._default_manager.filter(member=member).exists():
        return No(_("They are being erased already."))
    if Entry.objects.filter(act="erase", subject=member.subject, details__way="remove").exists():
        return No(_("They are erased, and what they wrote is removed: nothing is left to do."))
    if _is_only_lead(member):
        return No(_("A group would be without a lead. Make somebody else its lead first."))
    return Yes()


def _is_only_lead(member: Member) -> bool:
    leading = apps.get_model("groups.membership")._default_manager.leading()
    return any(
        not leading.filter(group=group).exclude(member=member).exists()
        for group in leading.filter(member=member).order_by().values_list("group", flat=True)
    )
