"""Whose words wait, and who says whether they are shown. Every no comes with a sentence for the person who asked."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.members.policy import come_in
from community.moderation import beside
from community.moderation import policy as moderation
from community.moderation.models import WatchWord
from community.moderation.models.watch import watched
from community.policy import No, Verdict, Yes
from groups import policy as group_policy
from groups.approval.models import Waiting
from groups.approval.why import Why
from groups.models import EVERY_POST, Group
from groups.search.models import Record

POST = "threads.post"
READ = _("Posts are approved first in this group, and here nothing can wait. You can read; write in a discussion.")
STAYS = _("Posts are approved first here, so an approved one stays as it is. Ask a lead, or write a new one.")


def why_wait(member: Member, group: Group, words: str = "") -> Why | None:
    """Why these words wait for approval in the group; None if they do not. Leads and staff are trusted."""
    if not moderation.at_once(member):
        return Why.PERSON
    first = settings.APPROVE_FIRST if group.approves_first is None else group.approves_first
    held = bool(words) and bool(watched(words, WatchWord.Does.HOLD))
    if not (first or held) or group_policy.is_trusted(member, group):
        return None
    if first >= EVERY_POST:
        return Why.ALL
    if first and accepted(member, first, group) < first:
        return Why.FIRST
    return Why.WORD if held else None


def at_once(member: Member, group: Group, otherwise: Promise = READ) -> Verdict:
    """Write where nothing can wait: in a room, or over words that were approved. `otherwise` says what one can do."""
    why = why_wait(member, group)
    if why is None:
        return Yes()
    if why == Why.PERSON:
        return No(
            _("What you write is approved first for a while, and here nothing can wait. You can read everything.")
        )
    return No(otherwise)


def accepted(member: Member, most: int, group: Group | None = None) -> int:
    """How many posts of theirs stand, with their name, there or anywhere; no more than `most` are counted."""
    found = Record.objects.filter(author=member, thing_model=POST)
    return len((found.filter(group=group) if group else found).values_list("pk")[:most])


def answer(member: Member, waiting: Waiting) -> Verdict:
    """Decline it: whoever leads the group, or staff, also where the group is closed; nobody their own."""
    if waiting.author_id == member.pk:
        return No(_("This is your own. Another lead, or staff, has to look at it."))
    return group_policy.look_after(member, waiting.group) and moderation.at_once(member)


def approve(member: Member, waiting: Waiting) -> Verdict:
    """Show it, where anything can be added still."""
    if waiting.is_with_staff:
        return No(_("It was passed to staff. Once they have decided, it can be shown."))
    return answer(member, waiting) and group_policy.lead(member, waiting.group)


def pass_on(member: Member, waiting: Waiting) -> Verdict:
    """Have staff look into it: whoever may decline it, once."""
    if waiting.is_with_staff:
        return No(_("Staff have it already."))
    return answer(member, waiting)


def publish(waiting: Waiting) -> Verdict:
    """Whether its writer can still write there. If not, why is for nobody but them, such as a decision of staff."""
    if come_in(waiting.author) and group_policy.contribute(waiting.author, waiting.group):
        return Yes()
    return No(_("Its writer cannot write here at the moment. Decline it, or leave it."))


def to_answer(member: Member) -> int:
    """How many wait for an answer of theirs; their own wait for somebody else."""
    return Waiting.objects.visible_to(member).open().exclude(author=member).count()


beside.counted_by(to_answer)
