"""Ways in which a member's session or standing ends while pages are open. `cookie` is the key of the session."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.utils import timezone


def sign_out(member, cookie):
    Session.objects.filter(session_key=cookie).delete()


def expire(member, cookie):
    Session.objects.filter(session_key=cookie).update(expire_date=timezone.now() - dt.timedelta(seconds=1))


def change_password(member, cookie):
    member.set_password("quite another one")
    member.save()


def suspend(member, cookie):
    member.suspend(timezone.now() + dt.timedelta(hours=1))


def close_account(member, cookie):
    member.end()


def lose_affiliation(member, cookie):
    member.affiliations.get().end()


def accept_nothing(member, cookie):
    """For two days the member has not accepted the site's texts."""
    type(member).objects.filter(pk=member.pk).update(must_accept_from=timezone.now() - dt.timedelta(days=2))
