"""How one signs in to the demo: one password for everyone, and for staff an authenticator that everyone can read."""

from __future__ import annotations

import time

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from community.members.models import Member

PASSWORD = "practice-mutes-on-monday"  # noqa: S105 - printed for whoever starts the demo
SECRET = "ENSEMBLEDEMOONLYNEVERREALAAAAAAA"  # noqa: S105 - as public as the password
SHOWN = {
    "brass-peri": "member of two organisations",
    "ivc-chair": "lead of a group",
    "duty-moderator": "staff, with a code",
    "strings-peri": "outsider: in no group yet",
}


def open_accounts(members: list[Member]) -> None:
    """Everyone may sign in: the password is hashed once, the addresses are verified, staff have their second step."""
    hashed = make_password(PASSWORD)
    for member in members:
        member.password = hashed
        if member.is_staff:
            TOTP.activate(member, SECRET)
    Member.objects.bulk_update(members, ["password"])
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in members
    )


def code() -> str:
    """The six figures that staff are asked for now."""
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // app_settings.TOTP_PERIOD)))


def table() -> str:
    """The sign-ins, for the terminal."""
    rows = [
        f"  {member.email:<42} {SHOWN[member.handle]}"
        for member in sorted(Member.objects.filter(handle__in=SHOWN), key=lambda each: list(SHOWN).index(each.handle))
    ]
    return "\n".join(
        [
            f"Sign in at {settings.SITE_URL}{reverse('account_login_password')} as",
            *rows,
            f"  password for everyone: {PASSWORD}",
            f"  code for staff now:    {code()}   (a fresh one: python manage.py demo --code)",
            f"  or put this key into an authenticator app: {SECRET}",
        ]
    )
