"""Who may do what in a thread. Every verdict is a yes, or a no with a sentence for the person who asked."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation import policy as moderation
from community.policy import No, Verdict, Yes
from community.responses.policy import open_to_responses
from groups import place
from groups import policy as group_policy
from groups.approval.policy import STAYS, at_once
from groups.models import Group
from groups.pace import awake, once_in
from groups.threads.models import Post, Thread

JUST_NOW = dt.timedelta(minutes=2)  # letters about a new discussion wait for a minute

start = group_policy.start
contribute = group_policy.contribute


def announce(member: Member, group: Group) -> Verdict:
    """Start an announcement."""
    if group_policy.lead(member, group):
        return Yes()
    return No(_("Only leads and staff make announcements. Choose discussion or question."))


def reply(member: Member, thread: Thread) -> Verdict:
    """Add a post."""
    if thread.why_shut:
        return No(thread.why_shut)
    return group_policy.contribute(member, thread.group)


def pace(member: Member, thread: Thread) -> Verdict:
    """Reply at this hour, and so soon after one's last post there."""
    verdict = awake(member, thread.group)
    if not (verdict and thread.slow) or group_policy.is_trusted(member, thread.group):
        return verdict
    return once_in(thread.slow, thread.last_by(member))


def edit(member: Member, post: Post) -> Verdict:
    """Its own author changes a post, or takes it back."""
    if post.writer != member:
        return No(_("Only its author can change a post."))
    if post.is_hidden:
        return No(_("Staff hid this post. You were told why and how to appeal; until then it stays as it is."))
    return group_policy.contribute(member, post.thread.group)


def change(member: Member, post: Post) -> Verdict:
    """Write other words into it: whoever may edit it, and whose words are shown at once."""
    return edit(member, post) and at_once(member, post.thread.group, STAYS)


def take_back(member: Member, post: Post) -> Verdict:
    """Undo what was just sent, to write it anew: a reply, or a discussion that nobody has replied to."""
    if post.number == 1 and post.thread.last_number > 1:
        return No(_("Somebody has replied meanwhile. You can still change your post, or remove its text."))
    if post.number == 1 and timezone.now() - post.posted_at > JUST_NOW:
        return No(_("This discussion began a while ago. People have heard of it; you can change or remove its text."))
    return edit(member, post)


def tidy(member: Member, thread: Thread) -> Verdict:
    """Close, reopen, pin, archive."""
    return group_policy.lead(member, thread.group)


def put_words(member: Member, thread: Thread) -> Verdict:
    """Write what names it or stands above it: whoever tidies, and whose words are shown at once."""
    return tidy(member, thread) and moderation.at_once(member)


def mark(member: Member, post: Post, mark: str) -> Verdict:
    """Mark a post as a decision or as a note of who moderates, or ("") as neither any more."""
    verdict = tidy(member, post.thread)
    if not (verdict and mark):
        return verdict
    if mark not in Post.Mark.values:
        return No(_("A post can be marked as a decision or as a moderator note."))
    if not post.is_in_sight:
        return No(_("This post can no longer be read. Choose another one."))
    if mark == Post.Mark.NOTE and post.author != member:
        return No(_("A moderator note is a post of your own, with your name. Write it, then mark it."))
    return verdict


def tag(member: Member, thread: Thread) -> Verdict:
    """Choose its tags: whoever started it, and the group's leads."""
    if thread.writer == member:
        return group_policy.contribute(member, thread.group)
    return tidy(member, thread)


def prepare(member: Member, group: Group) -> Verdict:
    """Look after the templates that discussions start from."""
    return group_policy.lead(member, group) and moderation.at_once(member)


def move(member: Member, thread: Thread, group: Group, reason: str = "") -> Verdict:
    """Move a thread to another group: whoever leads both, or staff."""
    for each in (thread.group, group):
        verdict = group_policy.lead(member, each)
        if not verdict:
            return verdict
    if thread.group.is_confidential and not member.is_staff:
        return No(_("This group is confidential. Only staff can move a discussion out of it, with a reason."))
    if thread.group.is_confidential and not reason.strip():
        return No(_("This group is confidential. Give a reason for moving the discussion out of it."))
    return Yes() if member.is_staff else group_policy.contribute(member, group)


def reveal(member: Member, post: Post) -> Verdict:
    """Look up who wrote a post that names nobody."""
    if not member.is_staff:
        return No(_("Only staff on duty can look up who wrote this, with a reason that is recorded."))
    return No(_("This post cannot be read at the moment.")) if post.is_withheld else Yes()


def react(member: Member, post: Post, say: str) -> Verdict:
    """Say one of the group's few words of a post."""
    if post.writer == member:
        return No(_("This is your own post: reactions are for others to give."))
    if not post.is_in_sight:
        return No(_("This post cannot be read at the moment, so nobody can react to it."))
    if say not in post.thread.group.reactions:
        return No(_("The leads of this group have chosen other reactions."))
    return group_policy.contribute(member, post.thread.group)


open_to_responses(Post, react, lambda member, post: place.kept(member, post.thread.group))
open_to_responses(Thread)
