"""Cases whose pages hold more than those of an ordinary one: complaints to be answered, and files under seal."""

import datetime as dt

from django.utils import timezone

from community.moderation.models import Act, Exhibit, Notice, Ruling, SealedCase, Worry
from community.moderation.models.told import ASKED, NO, YES
from community.privacy import retention
from tests import make as rows


def told_in_full(group, stored, people):
    """Returns their addresses by name. `stored`: the file that comes with a report."""
    lead, member, other, staff = people
    thread = rows.thread(group, member, "What is said of us")
    voice = other.affiliations.get()
    asked, answered, worse = (thread.reply(voice, f"They pay nobody, {year}.") for year in (2024, 2025, 2026))
    complaint = {name: f"What I say of it, number {n}" for n, name in enumerate(ASKED["defamation"])}
    complaint |= {"unknown": YES, "pass_name": YES, "pass_email": NO}
    for post in (asked, answered):
        post.report(lead, kind="defamation", words="It is not true.").tell_more(post.subject, None, complaint)
    until = timezone.now() + dt.timedelta(days=5)
    decided = answered.decide(staff, Ruling(Act.EDIT, "Change it, or answer what is said of it.", "2.1", until))
    worse.report(lead, kind="rules", words="It shows more.", shown=[Exhibit(title="seen.png", stored=stored)])
    sealed = SealedCase.take(Worry("worry", "I heard more.", member), worse)
    retention.keep()  # the first time it only says what would go
    return {
        "asking to edit": f"/desk/{asked.subject}/decide/?act=edit&rule=2.1",
        "a statement with a complaint": decided.get_absolute_url(),
        "an intimate picture": Notice.take("intimate", "It is me.").more_url,
        "sealed with a file": sealed.case.get_absolute_url(),
    }
