"""What is kept no longer, kind by kind, and how it goes. Nothing goes that may still have to be decided about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.drafts.models import Draft
from community.drafts.tasks import forget
from community.members.models import Member
from community.moderation.models import (
    Appeal,
    Case,
    DataRequest,
    Decision,
    Exhibit,
    Hold,
    LegalHold,
    Measure,
    Moderatable,
    Note,
    Notice,
    Report,
    in_question,
)
from community.moderation.models.acts import APPEAL, HIDING, HOLD
from community.moderation.models.parts import hold_writers, not_within
from community.order import rows_first
from community.policy import Refused

Rows = models.QuerySet[Any]
SENT: dict[str, Any] = {"words": "", "address": "", "name": "", "email": "", "answer": "", "more": {}}  # from outside
# What people write, and what it is a part of.
WRITTEN = {"threads.post": "thread", "chat.message": "", "documents.comment": "document"}


def older(label: str, field: str, after: dt.timedelta, **also: Any) -> Rows:
    """All of a kind whose `field` lies so far back."""
    rows: Rows = apps.get_model(label)._base_manager.filter(**{f"{field}__lt": timezone.now() - after}, **also)
    return rows


def due_to_go(label: str) -> Rows:
    """What the room says."""
    rows: Rows = apps.get_model(label)._default_manager.due_to_go()
    return rows


def declined(after: dt.timedelta) -> Rows:
    """Texts that were not approved, of people whose things are not kept by law."""
    return older("approval.waiting", "declined_at", after).exclude(author__in=LegalHold.objects.people())


def drafts() -> Rows:
    """The same of drafts."""
    return Draft.objects.forgotten(LegalHold.objects.people())


def forget_drafts() -> None:
    """Nobody goes on with them."""
    forget.call(sorted(LegalHold.objects.people()))


def delete(rows: Rows) -> None:
    """They go, and with them what is nothing without them."""
    rows.delete()


def removed(label: str, after: dt.timedelta) -> Rows:
    """What its writer removed, or staff hid, that long ago and not within the time to appeal, as far as it has words.

    Nor what is a part of something that is held or may still have to be decided about.
    """
    kind, whole = apps.get_model(label), WRITTEN[label]
    before = timezone.now() - after
    rows = kind._base_manager.filter(Q(deleted_at__lt=before) | _long_hidden(after)).exclude(hidden__act=HOLD)
    rows = rows.exclude(pk__in=in_question(str(kind._meta.model_name)))
    if whole:
        held = kind._base_manager.filter(**{f"{whole}__hidden__act": HOLD})
        rows = rows.exclude(**{f"{whole}__in": in_question(whole)}).exclude(pk__in=held.order_by().values("pk"))
    has_words: Any = ~Q(body="")
    if hasattr(kind, "files"):
        files: Any = kind._meta.get_field("files").related_model
        has_words |= Exists(files._base_manager.filter(**{str(kind._meta.model_name): OuterRef("pk")}))
    return rows.filter(has_words).order_by("pk")


def wipe(rows: Rows, after: dt.timedelta) -> None:
    """Each by the room's own deed, asked once more while its row is held: it may be reported or put back meanwhile."""
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic(), rows_first():
            thing = rows.model._default_manager.filter(pk=pk).first()
            if thing is None:
                continue
            hold_writers(thing)
            thing.hold_row()
            if removed(rows.model._meta.label_lower, after).filter(pk=pk).exists():
                thing.wipe()


def taken_back(after: dt.timedelta) -> Rows:
    """Discussions whose writer took them back just after they had begun them, or that staff hid."""
    posts = apps.get_model("threads.post")._base_manager
    rows = apps.get_model("threads.thread")._base_manager.exclude(hidden__act=HOLD)
    rows = rows.filter(Q(withdrawn_at__lt=timezone.now() - after) | _long_hidden(after))
    rows = rows.exclude(pk__in=in_question("thread"))
    rows = rows.exclude(pk__in=posts.filter(pk__in=in_question("post")).values("thread"))
    return rows.filter(Exists(posts.filter(thread=OuterRef("pk")).exclude(body=""))).order_by("pk")


def wipe_whole(rows: Rows, after: dt.timedelta) -> None:
    """With all posts."""
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic(), rows_first():
            thread = rows.model._default_manager.to_show().get(pk=pk)
            hold_writers(thread)
            thread.hold_row()
            if taken_back(after).filter(pk=pk).exists():
                for post in thread.posts.all():
                    post.wipe()
                thread.wipe()


def documents(after: dt.timedelta) -> Rows:
    """What was in the bin for so long, or was hidden by staff."""
    kinds = apps.get_model("documents.document")._default_manager
    removed_ones = kinds.due_to_go(after).order_by().values("pk")
    hidden = kinds.hidden_and_over().filter(_long_hidden(after)).order_by().values("pk")
    rows: Rows = kinds.filter(Q(pk__in=removed_ones) | Q(pk__in=hidden)).order_by("pk")
    return rows


def purge(rows: Rows, after: dt.timedelta) -> None:
    """For good, with all that hangs on them."""
    for document in rows:
        try:
            with transaction.atomic(), rows_first():
                hold_writers(document)
                document.purge(None, after) if document.removed_at else document.wipe()
        except Refused:  # put back, or reported, meanwhile
            continue


def said_in_rooms() -> Rows:
    """What the rooms' own rules keep no longer."""
    rooms = apps.get_model("chat.room")._default_manager.exclude(keep_days=None)
    parts = [room.due_to_go(room.keep_days) for room in rooms]
    none: Rows = apps.get_model("chat.message")._default_manager.none()
    return reduce(or_, parts, none)


def sessions() -> Rows:
    """From where somebody was signed in who is not any more: address and browser."""
    now = timezone.now()
    return UserSession.objects.exclude(
        session_key__in=Session.objects.filter(expire_date__gt=now).values("session_key")
    )


def end_sessions(rows: Rows) -> None:
    """And the ended sessions themselves."""
    rows.delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def cases(after: dt.timedelta) -> Rows:
    """Closed cases with words in them, unless an appeal is possible, or something stands by them."""
    decided = Decision.objects.filter(case=OuterRef("pk"))
    told = Exists(Report.objects.filter(case=OuterRef("pk")).exclude(words="", evidence="", more={}))
    said = Exists(decided.exclude(letter="", thanks="", evidence=""))
    return over(after).filter(told | said).order_by("pk")


def over(after: dt.timedelta) -> Rows:
    """Cases that were closed that long ago, with words or without, and that nothing needs any more."""
    now = timezone.now()
    decided = Decision.objects.filter(case=OuterRef("pk"))
    stands = Measure.objects.in_force().filter(decision__case=OuterRef("pk")).exclude(act__in=HIDING)
    waits = Exists(Appeal.objects.open().filter(decision__case=OuterRef("pk")))
    old = Case.objects.closed().filter(closed_at__lt=min(now - after, now - APPEAL))
    for hidden in _hidden_by_cases():
        old = old.exclude(Exists(hidden))
    old = old.exclude(Exists(stands)).exclude(waits).exclude(Exists(decided.filter(at__gt=now - APPEAL)))
    people = LegalHold.objects.people()
    old = old.exclude(Exists(decided.filter(author__in=people))).exclude(reports__reporter__in=people)
    old = not_within(old, LegalHold.objects.subjects())
    return old.exclude(subject__in=Hold.objects.values("subject"))


def _hidden_by_cases() -> Iterator[Rows]:
    """What is still out of sight by a decision on a case, and could be put back: of each kind that can be hidden."""
    posts = apps.get_model("threads.post")._base_manager.filter(thread=OuterRef("pk")).exclude(body="")
    for kind in filter(_can_be_hidden, apps.get_models()):
        rows: Rows = kind._base_manager.filter(hidden__case=OuterRef("pk"))
        label = kind._meta.label_lower
        if label in WRITTEN:
            rows = rows.exclude(body="")
        yield rows.filter(Exists(posts)) if label == "threads.thread" else rows


@transaction.atomic
def forget_words(rows: Rows) -> None:
    """What was decided, when and by which rule stays, for the figures; who said what does not."""
    gone = _("The reasons given were deleted after their time. What was done, and the rule as it stood then, is below.")
    nobody = Member.objects.nameless()
    for case in rows.select_for_update(of=("self",)):
        Exhibit.objects.filter(report__case=case).forget()
        Report.objects.filter(case=case).update(words="", evidence="", more={}, reporter=nobody)
        Appeal.objects.filter(decision__case=case).update(words="")
        Decision.objects.filter(case=case).update(letter="", thanks="", complaint="", evidence="", reason=gone)
        Note.objects.filter(subject=case.subject, at__lte=case.closed_at).delete()


def answered_notices(after: dt.timedelta) -> Rows:
    """Reports from outside with words in them, or with who sent them, unless their case is still needed."""
    old = Notice.objects.filter(answered_at__lt=timezone.now() - after, sealed=None).exclude(**SENT)
    old = old.exclude(kept_from__in=LegalHold.objects.people())
    return old.filter(Q(case=None) | Q(case__in=over(after).order_by().values("pk")))


@transaction.atomic
def forget_notices(rows: Rows) -> None:
    """That it came, what about, and whether it was answered in time stays, for the figures."""
    Exhibit.objects.filter(notice__in=rows).forget()
    told = list(rows.select_related("case"))
    rows.update(**SENT)
    for notice in told:
        notice.leave_decisions()


def answered_requests(after: dt.timedelta) -> Rows:
    """Requests about personal data with words in them."""
    old = DataRequest.objects.filter(answered_at__lt=timezone.now() - after).exclude(words="", answer="")
    return old.exclude(member__in=LegalHold.objects.people())


def forget_requests(rows: Rows) -> None:
    """That it was asked for, and answered in time, stays for the register."""
    rows.update(words="", answer="")


def forget_said() -> None:
    """Each room lets go of what its rule keeps no longer."""
    for room in apps.get_model("chat.room")._default_manager.exclude(keep_days=None):
        room.forget()


def _can_be_hidden(kind: type[models.Model]) -> bool:
    return issubclass(kind, Moderatable)


def _long_hidden(after: dt.timedelta) -> Q:
    """Hidden so long ago, and no appeal is possible any more."""
    return Q(hidden__at__lt=timezone.now() - max(after, APPEAL))
