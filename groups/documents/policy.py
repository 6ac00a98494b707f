"""Who may do what with shared documents. Reading needs no verdict: `visible_to` decides it."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import No, Verdict, Yes
from groups import policy as group_policy
from groups.documents.models import Collection, Document, Review, State
from groups.models import Group


def post(member: Member, group: Group) -> Verdict:
    """Share a new document."""
    if not group.is_read_only and not group_policy.lead(member, group):
        return No(_("Leads and staff share documents here. Ask one of them to add yours."))
    return group_policy.lead(member, group)


def add_version(member: Member, document: Document) -> Verdict:
    """Put a newer version in place of the current one."""
    if document.is_archived:
        return No(_("This document is archived. Put it back into use first."))
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


def curate(member: Member, collection: Collection) -> Verdict:
    """Change a collection: whoever leads its group."""
    return post(member, collection.group)


def collect(document: Document) -> Verdict:
    """Put it into a collection, of whichever group one leads."""
    return _frozen() if document.is_hidden else Yes()


def declare(member: Member, document: Document, state: str) -> Verdict:
    """Say that it is a draft, in use, or archived: its owner and whoever leads; archiving is for leads."""
    if document.state == State.REVIEW:
        return No(_("It is in review. Take the review back first."))
    if document.is_agreed and state != State.ARCHIVED:
        return No(_("It is agreed and locked. Add a new version to change it."))
    is_for_leads = state == State.ARCHIVED or document.is_archived
    return arrange(member, document) if is_for_leads else edit(member, document)


def ask_review(member: Member, document: Document) -> Verdict:
    """Put the current version before reviewers, and end that again: its owner and whoever leads."""
    if document.is_agreed:
        return No(_("This version is agreed already. Add a new one first."))
    if document.is_archived:
        return No(_("This document is archived. Put it back into use first."))
    return edit(member, document)


def answer_review(member: Member, review: Review) -> Verdict:
    """Approve it or ask for changes: whoever is asked, as long as it is under way."""
    if review.ended_at is not None:
        return No(_("This review has ended. Look at the document again."))
    if not review.reviewers.filter(member=member, said="").exists():
        return No(_("Only those who are asked, and have not answered yet, can answer."))
    return _frozen() if review.document.is_hidden else group_policy.contribute(member, review.document.group)


def look_into_hidden(member: Member) -> Verdict:
    """Open the files of a hidden document, to decide about it. It is written into the ledger."""
    return Yes() if member.is_staff else No(_("This document is hidden."))


def _frozen() -> Verdict:
    return No(_("This document is hidden, so nothing about it can be changed until that is decided anew."))
