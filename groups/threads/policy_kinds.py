"""Who may do what that only some kinds of discussions have, or only some time of their life."""

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import No, Verdict, Yes
from groups import policy as group_policy
from groups.approval.policy import at_once
from groups.threads.models import Post, Section, Thread
from groups.threads.models.consultation import COMMENTED

NO_SECTION = _("Posts are approved first in this group, and a section cannot wait. Write it as a reply, or ask a lead.")


def look_after(member: Member, thread: Thread) -> Verdict:
    """Set when it opens, when it closes, what its sections say: whoever started it, leads and staff."""
    if thread.writer == member:
        return group_policy.contribute(member, thread.group)
    if group_policy.lead(member, thread.group):
        return Yes()
    return No(_("Only who started this discussion and the group’s leads can do this."))


def open_early(member: Member, thread: Thread) -> Verdict:
    """Change when it opens, or open it now."""
    if not thread.is_waiting:
        return No(_("This discussion is open already. People have seen it."))
    return look_after(member, thread)


def consult(member: Member, thread: Thread) -> Verdict:
    """Set the deadline and the sections."""
    if thread.kind != Thread.Kind.CONSULTATION:
        return No(_("Only a consultation has a deadline and sections."))
    return look_after(member, thread)


def add_section(member: Member, thread: Thread) -> Verdict:
    """Write one more section: whoever sets them, and whose words are shown at once."""
    return consult(member, thread) and at_once(member, thread.group, NO_SECTION)


def change_section(member: Member, section: Section) -> Verdict:
    """Change what a section says, as long as nobody has commented on it."""
    verdict = add_section(member, section.thread)
    return No(COMMENTED) if verdict and section.is_commented else verdict


def choose_answer(member: Member, thread: Thread) -> Verdict:
    """Say which post is the answer, or that none is."""
    if thread.kind != Thread.Kind.QUESTION:
        return No(_("Only a question has an answer."))
    if look_after(member, thread):
        return Yes()
    return No(_("Only who asked and the group’s leads choose the answer."))


def accept(member: Member, post: Post) -> Verdict:
    """Choose this post as the answer."""
    verdict = choose_answer(member, post.thread)
    if verdict and post.number == 1:
        return No(_("This is the question itself. Choose one of the replies."))
    if verdict and not post.is_in_sight:
        return No(_("This post can no longer be read. Choose another one."))
    return verdict


def acknowledge(member: Member, thread: Thread) -> Verdict:
    """Say that one has read it. Observers too, and in a closed group: nothing is written for others."""
    if not thread.asks or thread.is_hidden or thread.is_waiting:
        return No(_("Nobody is asked to acknowledge this."))
    if not thread.asked().filter(pk=member.pk).exists():
        return No(_("You are not among those who are asked."))
    return Yes()


def see_acknowledgements(member: Member, thread: Thread) -> Verdict:
    """Who has acknowledged and who has not, and remind those who have not."""
    if not thread.asks:
        return No(_("Nobody is asked to acknowledge this."))
    return group_policy.lead(member, thread.group)
