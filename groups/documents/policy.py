"""Who may do what with shared documents. Reading needs no verdict: `visible_to` decides it."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import No, Verdict, Yes
from groups import policy as group_policy
from groups.documents.models import Document
from groups.models import Group


def post(member: Member, group: Group) -> Verdict:
    """Share a new document."""
    if not group.is_read_only and not group_policy.lead(member, group):
        return No(_("Leads and staff share documents here. Ask one of them to add yours."))
    return group_policy.lead(member, group)


def add_version(member: Member, document: Document) -> Verdict:
    """Put a newer version in place of the current one."""
    verdict = hold(member, document)
    if verdict and document.is_held_from(member):
        return No(_("%(name)s works on the next version now.") % {"name": document.held_by})
    return verdict


def hold(member: Member, document: Document) -> Verdict:
    """Keep the next version to oneself while working on it, or let go of it, also for somebody else."""
    return _frozen() if document.is_hidden else post(member, document.group)


def edit(member: Member, document: Document) -> Verdict:
    """Change its title, summary and other facts: its owner while they may write here, and whoever leads."""
    if document.is_hidden:
        return _frozen()
    if member.pk == document.author_id and group_policy.contribute(member, document.group):
        return Yes()
    return group_policy.lead(member, document.group)


def arrange(member: Member, document: Document) -> Verdict:
    """Pin it, say what replaces it, remove it."""
    return _frozen() if document.is_hidden else group_policy.lead(member, document.group)


def look_into_hidden(member: Member) -> Verdict:
    """Open the files of a hidden document, to decide about it. It is written into the ledger."""
    return Yes() if member.is_staff else No(_("This document is hidden."))


def _frozen() -> Verdict:
    return No(_("This document is hidden, so nothing about it can be changed until that is decided anew."))
