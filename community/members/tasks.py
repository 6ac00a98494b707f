"""What happens by itself: members are told in time what they will have to accept."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from community import mail
from community.jobs import task
from community.members.models import Member, SiteText

AHEAD = dt.timedelta(days=7)  # time to read, and to ask about it, before it is asked


@task()
@transaction.atomic
def tell_of_texts() -> None:
    """What has to be accepted some days from now is told to each who has not accepted it yet, once."""
    now = timezone.now()
    soon = SiteText.objects.asked().filter(told_at=None, accept_from__gt=now, accept_from__lte=now + AHEAD)
    told = {text.pk for text in soon.select_for_update()}
    if not told:
        return
    SiteText.objects.filter(pk__in=told).update(told_at=now)
    for pk in Member.objects.with_standing().filter(must_accept_from__gt=now).values_list("pk", flat=True):
        tell_member_of_texts.enqueue(pk, sorted(told))


@task()
def tell_member_of_texts(pk: int, told: list[int]) -> None:
    """One letter about all that waits for them: where one cannot be written, the others go all the same."""
    for member in Member.objects.with_standing().filter(pk=pk, must_accept_from__gt=timezone.now()):
        waiting = SiteText.waiting_for(member)
        if {*told} & {text.pk for each in waiting for text in each.newer}:
            context = {"member": member, "waiting": waiting, "day": member.must_accept_from}
            mail.send(member.email, "texts_change", context, member.language)
