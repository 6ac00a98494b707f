"""Who may do what with shared documents. Reading needs no verdict: `visible_to` decides it."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation import policy as moderation
from community.policy import No, Verdict, Yes
from groups import policy as group_policy
from groups.approval.policy import STAYS, at_once
from groups.documents.models import Collection, Comment, Document, Proposal, Review, State
from groups.models import Group
from groups.pace import awake

OTHER_WAY = _("If you cannot read it as it is, write to staff: “Who answers for this place” names the address.")
NOT_DESCRIBED = _("Posts are approved first in this group, and what a document says of itself cannot wait. Ask a lead.")


def post(member: Member, group: Group) -> Verdict:
    """Share a new document."""
    if not group.is_read_only and not group_policy.lead(member, group):
        return No(_("Leads and staff share documents here. Ask one of them to add yours."))
    return group_policy.lead(member, group) and moderation.at_once(member)


def propose(member: Member, group: Group) -> Verdict:
    """Propose a document to the leads: whoever writes here and cannot add one."""
    if post(member, group):
        return No(_("You can add documents yourself."))
    return group_policy.contribute(member, group)


def answer_proposal(member: Member, proposal: Proposal) -> Verdict:
    """Take it into the library, or say why not: whoever shares documents there."""
    if proposal.answered_at:
        return No(_("Somebody has answered this already."))
    return post(member, proposal.group)


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


def describe(member: Member, document: Document) -> Verdict:
    """Put other words into its title and summary: whoever changes its facts, and whose words are shown at once."""
    return edit(member, document) and at_once(member, document.group, NOT_DESCRIBED)


def arrange(member: Member, document: Document) -> Verdict:
    """Pin it, say what replaces it, remove it."""
    return _frozen() if document.is_hidden else group_policy.lead(member, document.group)


def purge(member: Member, group: Group) -> Verdict:
    """Delete for good what was removed long ago: whoever leads. What may be is the documents’ own to say."""
    return group_policy.lead(member, group)


def ask_format(member: Member, document: Document) -> Verdict:
    """Ask for another format: whoever can see it, unless staff keep them from writing; they have another way to ask."""
    if document.is_hidden:
        return _frozen()
    stopped = moderation.write(member, document.group.stream).why_not
    return No(format_lazy("{} {}", stopped, OTHER_WAY)) if stopped else Yes()


def see_readers(member: Member, document: Document) -> Verdict:
    """Read who opened it and who needs it in another format: its owner and the group’s leads. Staff have no need."""
    if member.pk == document.author_id or group_policy.leads(member, document.group):
        return edit(member, document)
    return No(_("Only its owner and the group’s leads can see this."))


def review_access(member: Member, group: Group) -> Verdict:
    """Read who can see and change what, also in a closed group: its leads and staff."""
    if member.is_staff or group_policy.leads(member, group):
        return Yes()
    return No(_("Only the group’s leads can see this."))


def curate(member: Member, collection: Collection) -> Verdict:
    """Change a collection: whoever leads its group."""
    return post(member, collection.group)


def collect(document: Document) -> Verdict:
    """Put it into a collection, of whichever group one leads."""
    return _frozen() if document.is_hidden else Yes()


def comment_on(member: Member, document: Document) -> Verdict:
    """Say something about a document."""
    return _frozen() if document.is_hidden else group_policy.contribute(member, document.group)


def comment_now(member: Member, document: Document) -> Verdict:
    """Say it at this hour."""
    return comment_on(member, document) and awake(member, document.group)


def edit_comment(member: Member, comment: Comment) -> Verdict:
    """Say it otherwise, take it back or put it back: its author, as long as it is not hidden."""
    if member.pk != comment.author_id:
        return No(_("You can change only what you wrote yourself."))
    if comment.is_hidden:
        return No(_("Staff have hidden this. You can appeal, but not change it."))
    return comment_on(member, comment.document)


def change_comment(member: Member, comment: Comment) -> Verdict:
    """Put other words into it: whoever may, and whose words are shown at once."""
    return edit_comment(member, comment) and at_once(member, comment.document.group, STAYS)


def resolve(member: Member, comment: Comment) -> Verdict:
    """Mark it as settled, or not: its author, the document’s owner, and whoever leads."""
    if comment.is_gone or comment.answered_id:
        return No(_("Only a comment that can be read, and is no answer itself, can be settled."))
    if member.pk in {comment.author_id, comment.document.author_id}:
        return comment_on(member, comment.document)
    return arrange(member, comment.document)


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


def look_into_hidden(member: Member, document: Document) -> Verdict:
    """Open the files of a hidden document, to decide about it. It is written into the ledger."""
    return Yes() if member.is_staff and not document.is_withheld else No(_("This document is hidden."))


def _frozen() -> Verdict:
    return No(_("This document is hidden, so nothing about it can be changed until that is decided anew."))
