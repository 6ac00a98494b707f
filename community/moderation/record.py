"""The record for the regulator: which measure meets which duty, since when, and what the site's own rows say of it.

The wording is research, not legal advice. Nobody and nothing is named; of what is sealed there is not even a number.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.members.models import Member, Provider, SiteText
from community.models import Entry
from community.moderation.evidence import Table
from community.moderation.models import Appeal, Case, Decision, Keeper, Notice, Report
from community.moderation.models.duty import Duty
from community.moderation.models.kinds import Kind

YEAR = dt.timedelta(days=365)


def table() -> Table:
    """All of it, a row for each duty."""
    columns = [_("Sign"), _("What is asked"), _("Where"), _("How it is met"), _("Since"), _("Now")]
    columns += [_("Looked at again by"), _("When")]
    rows = [
        [duty.code, duty.asked, duty.source, duty.met, _day(duty.since), now, duty.reviewer, _day(duty.review_on)]
        for duty, now in lines()
    ]
    return Table(_("Duties and measures. The wording is research, not legal advice"), columns, rows)


def lines() -> list[tuple[Duty, str]]:
    """Each duty, with what the site's own rows say of it now."""
    return [(duty, NOW[duty.shows]() if duty.shows in NOW else "") for duty in Duty.objects.all()]


def _provider() -> str:
    found = Provider.current()
    if found is None:
        return _("Nobody is named yet.")
    return f"{found.accountable}, {_day(found.since)}, {found.minute}".strip(", ")


def _reports() -> str:
    said = {
        "members": Report.objects.filter(_last("at")).count(),
        "outside": Notice.objects.filter(_last("at")).count(),
    }
    return _("In 12 months %(members)s reports by members and %(outside)s without an account.") % said


def _illegal() -> str:
    found: Counter[str] = Counter()
    for rows in (Report.objects, Notice.objects):
        told = rows.filter(_last("at"), kind=Kind.ILLEGAL).exclude(illegal=None).values_list("illegal__name", flat=True)
        found.update(told)
    kinds = ", ".join(f"{name}: {n}" for name, n in found.most_common())
    return _("Illegal content reported in 12 months, by kind: %(kinds)s.") % {"kinds": kinds or "–"}


def _clocks() -> str:
    return _in_time(_last("closed_at"), _last("answered_at"))


def _intimate() -> str:
    is_intimate = Q(kind=Kind.INTIMATE)
    return _in_time(_last("closed_at") & is_intimate, _last("answered_at") & is_intimate)


def _in_time(cases: Q, notices: Q) -> str:
    """Cases and reports from outside."""
    closed, answered = Case.objects.filter(cases), Notice.objects.filter(notices)
    in_time = closed.filter(closed_at__lte=F("due_at")).count() + answered.filter(answered_at__lte=F("due_at")).count()
    said = {"all": closed.count() + answered.count(), "in_time": in_time}
    return _("In 12 months %(all)s decided, %(in_time)s of them in time.") % said


def _staff() -> str:
    return _("%(n)s moderators can come in today, each with a second step.") % {
        "n": sum(each.has_second_factor() for each in Member.objects.with_standing().filter(is_staff=True))
    }


def _appeals() -> str:
    heard = Appeal.objects.filter(_last("heard_at"))
    said = {
        "all": Appeal.objects.filter(_last("at")).count(),
        "heard": heard.count(),
        "other": heard.exclude(heard_by=F("decision__by")).count(),
        "upheld": heard.filter(is_upheld=True).count(),
    }
    words = _("In 12 months %(all)s lodged, %(heard)s heard, %(other)s of them by another person, %(upheld)s upheld.")
    return words % said


def _texts() -> str:
    versions = [f"{text} {text.number}" for text in SiteText.all_in_force()]
    waiting = Member.objects.with_standing().filter(must_accept_from__lte=timezone.now()).count()
    return _("In force: %(texts)s. Asked and not accepted yet: %(n)s people.") % {
        "texts": ", ".join(versions),
        "n": waiting,
    }


def _keepers() -> str:
    parts = [str(each) for each in Keeper.in_office()]
    return _("In office: %(parts)s.") % {"parts": ", ".join(parts)} if parts else _("Nobody is in office.")


def _ledger() -> str:
    return _("%(n)s rows. They are checked on demand.") % {"n": Entry.objects.count()}


def _reasons() -> str:
    made = Decision.objects.filter(_last("at"), ~Q(act="hold"))
    said = {"all": made.count(), "with": made.exclude(reason="").count()}
    return _("In 12 months %(all)s decisions, %(with)s with reasons.") % said


def _last(field: str) -> Q:
    return Q(**{f"{field}__gt": timezone.now() - YEAR})


def _day(day: dt.date | None) -> str:
    return date_format(day, "j F Y") if day else "–"


NOW: dict[str, Callable[[], str]] = {
    Duty.Shows.PROVIDER: _provider,
    Duty.Shows.REPORTS: _reports,
    Duty.Shows.ILLEGAL: _illegal,
    Duty.Shows.CLOCKS: _clocks,
    Duty.Shows.INTIMATE: _intimate,
    Duty.Shows.STAFF: _staff,
    Duty.Shows.APPEALS: _appeals,
    Duty.Shows.TEXTS: _texts,
    Duty.Shows.KEEPERS: _keepers,
    Duty.Shows.LEDGER: _ledger,
    Duty.Shows.REASONS: _reasons,
}
