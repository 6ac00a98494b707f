"""Letters of the desk: made ready for staff to change, and sent without a word of what they are about.

Mail leaves the house, and passes screens that others see. It says that staff decided, and where to read what and why:
the reasons themselves are read here, through a link that opens without signing in, for who is suspended must read too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from community import mail
from community.mail.models import Letter, Words, worded_again_by
from community.moderation.models.acts import HIDING, SECOND_THOUGHTS, UNTOLD, Act
from community.notifications.models import Notification

if TYPE_CHECKING:
    from community.members.models import Member
    from community.moderation.models import Appeal, Decision, Moderatable

worded_again_by("decision", "community.moderation.tasks.decision_again")


def to_author(thing: Moderatable, act: str, undoes: Decision | None = None) -> str:
    """The letter to whoever made the thing. What was wrong, the effect and how to appeal are added below it.

    So is until when: that is counted from the decision, and the letter is made ready before.
    """
    if act in UNTOLD:
        return ""
    author: Member = thing.author  # type: ignore[attr-defined]
    dear = _("Dear member,") if author.is_nameless else _("Dear %(name)s,") % {"name": author.name}
    words = {
        Act.EDIT: _("We have looked at your %(kind)s and ask you to change it by the time given below."),
        Act.WARN: _("We have looked at your %(kind)s. It breaks our rules, and we ask you not to do this again."),
        Act.HIDE: _("We have hidden your %(kind)s."),
        Act.REMOVE: _("We have removed your %(kind)s."),
        Act.SLOW: _("Because of your %(kind)s we have slowed what it is in: each can write once in 15 minutes."),
        Act.MOVE: _("Because of your %(kind)s we have moved the discussion to another group."),
        Act.LOCK: _("Because of your %(kind)s we have closed the discussion."),
        Act.VET: _(
            "Because of your %(kind)s what you write is approved before it is shown, until the time given below."
        ),
        Act.RESTRICT: _("Because of your %(kind)s you cannot write in this group until the time given below."),
        Act.SILENCE: _("Because of your %(kind)s you cannot write here until the time given below."),
        Act.SUSPEND: _("Because of your %(kind)s your account is suspended until the time given below."),
        Act.END: _("Because of your %(kind)s we have ended your account."),
        Act.RESTORE: _("We have looked at your %(kind)s again and restored it. We are sorry for the trouble."),
    }[Act(act)]
    if undoes and undoes.leaves_hidden:
        words = _("We have taken a decision about your %(kind)s back. Another one stands, so it stays out of sight.")
    return f"{dear}\n\n{words % {'kind': thing.kind_name}}"


def to_reporters(act: str) -> str:
    """The letter to whoever reported it. It says nothing about the author."""
    if act in UNTOLD:
        return _("Thank you for telling us. We looked at it and found that it keeps to the rules, so it stays.")
    if act in HIDING:
        return _("Thank you for telling us. We have taken it out of sight and told its author why.")
    return _("Thank you for telling us. We looked at it and have done something about it.")


def send_decision(decision: Decision, link: str) -> None:
    """To the author, whatever letters they wish for: they have a right to know.

    It leaves a minute later, so that what was a slip and is undone in that minute is not written about at all.
    """
    if decision.was_slip_of is None:
        Letter.write_later("decision", decision_in_words(decision, link), {"decision": decision.pk}, SECOND_THOUGHTS)
    told = Notification.objects.filter(member=decision.author, thing_id=decision.pk)
    told.filter(thing_model=decision._meta.label_lower).update(mailed_at=timezone.now())


def decision_in_words(decision: Decision, link: str) -> Words:
    to = decision.author
    return Words(to.email, {"decision": decision, "link": link}, to.language)


def send_heard(appeal: Appeal, to: Member, link: str) -> None:
    """To whoever appealed."""
    _send(to, "appeal_heard", {"appeal": appeal, "link": link})
    told = Notification.objects.filter(member=to, thing_id=appeal.pk, thing_model=appeal._meta.label_lower)
    told.update(mailed_at=timezone.now())


def _send(to: Member, template: str, context: dict[str, Any]) -> None:
    mail.send(to.email, template, context, to.language)
