"""How long is kept what comes of running the site: letters, invitations, what was answered, cases. See `keeping`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from community.privacy import due
from community.privacy.due import Rows, older
from community.privacy.keeping_class import ANSWERED, UNUSED, Class


def _answered(label: str) -> Callable[[dt.timedelta], Rows]:
    return lambda after: older(label, "answered_at", after)


OFFICE = (
    Class(
        "letters",
        _("That a letter was sent, and to whom"),
        30,
        _("after it was written; its text goes when it is delivered"),
        _("To answer “did it go out?”"),
        lambda after: older("mail.letter", "at", after),
        "at",
        least=7,
    ),
    Class(
        "invitations",
        _("Invitations to the site that nobody took up"),
        90,
        _("after they were sent"),
        UNUSED,
        lambda after: older("members.invitation", "sent_at", after, accepted_at=None),
        "sent_at",
        least=30,
    ),
    Class(
        "invites",
        _("Invitations to groups that nobody took up"),
        90,
        _("after they were sent"),
        UNUSED,
        lambda after: older("groups.invite", "at", after),
        "at",
        least=30,
    ),
    Class(
        "applications",
        _("Who asked to join the site"),
        365,
        ANSWERED,
        _("To answer the same person the same way"),
        _answered("members.application"),
        "answered_at",
        least=90,
    ),
    Class(
        "requests",
        _("Who asked to join a group"),
        365,
        ANSWERED,
        _("To answer the same person the same way"),
        _answered("groups.joinrequest"),
        "answered_at",
        least=90,
    ),
    Class(
        "notices",
        _("The words of reports from outside, and who sent them"),
        365,
        ANSWERED,
        _("Complaints about the answer; that there was one, and in time, stays for the figures"),
        due.answered_notices,
        "answered_at",
        lambda rows, _after: due.forget_notices(rows),
        183,
    ),
    Class(
        "cases",
        _("The words of closed cases: reports, evidence, letters, reasons, notes"),
        6 * 365,
        _("after the case was closed, the time to appeal is over, and nothing stands by it"),
        _("Records for the regulator (Online Safety Act 2023, section 23) and for legal claims; the figures stay"),
        due.cases,
        "closed_at",
        lambda rows, _after: due.forget_words(rows),
        365,
    ),
    Class(
        "data",
        _("The words of requests about personal data"),
        3 * 365,
        ANSWERED,
        _("To show that it was answered (UK GDPR, Article 5 (2)); that it was stays"),
        due.answered_requests,
        "answered_at",
        lambda rows, _after: due.forget_requests(rows),
        365,
    ),
)
