"""What the sign-in library asks us: our words, our letters, our doors."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import live, mail
from community.http import too_many
from community.members.models import Member


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only; letters are ours; whoever signs out loses every open page of it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password is not right."),
        "incorrect_code": _("That is not the code. Look at the newest letter, or ask for another code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only pages of this very site, whatever other hosts it answers to."""
        request = context.request
        return bool(
            url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
        )

    def login(self, request: HttpRequest, user: Member) -> None:
        """The session ends with the browser if this is a shared computer, by whichever way in."""
        is_shared = bool(request.session.get("shared") or request.POST.get("shared"))
        super().login(request, user)
        request.session["shared"] = is_shared
        request.session.set_expiry(0 if is_shared else None)

    def logout(self, request: HttpRequest) -> None:
        member = request.user
        super().logout(request)
        if isinstance(member, Member):
            live.recheck(member)

    def set_password(self, user: Member, password: str) -> None:
        """A new password ends every other session and what it had open."""
        super().set_password(user, password)
        live.recheck(user)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """No code goes to an address that is another member's: it cannot be taken over, nor found out about."""
        address = emailconfirmation.email_address
        if Member.objects.at(address.email) in {None, address.user}:
            super().send_confirmation_mail(request, emailconfirmation, signup)
        else:
            mail.send(address.email, "account_already_exists", {})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mail.send(email, template_prefix.rpartition("/")[2], context)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever signed in a moment ago is not asked again."""
        records = get_authentication_records(context.request, context.request.user)
        is_fresh = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_fresh and bool(super().is_reauthentication_required(app=app, **more))

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Too many tries are answered as such, by status and Retry-After, wherever they are counted."""
        if code in {"too_many_login_attempts", "rate_limited"}:
            raise ImmediateHttpResponse(too_many(context.request))
        error: ValidationError = super().validation_error(code, *args)
        return error


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step. Staff keep one always."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Staff need a second step. Set up another one first, then remove this one."),
        "incorrect_code": _("That is not the code. The app shows a new one every 30 seconds."),
    }

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def generate_authenticator_name(self, user: Member, type: str) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1} if count else gettext("Passkey")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return not authenticator.user.is_staff or others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


class WorkAccountAdapter(DefaultSocialAccountAdapter):
    """A work account opens an account that exists; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
