"""The ways in that differ from the library's: the form that asks for a code, the one with a password, the way out."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.models import EmailAddress
from allauth.account.views import LoginView
from allauth.account.views import logout as library_logout
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from community.http import public


class SignInForm(LoginForm):
    """The address to send a code to, and whether others use this computer."""

    shared = forms.BooleanField(
        label=_("This is a shared computer"),
        help_text=_("We sign you out after 15 minutes and leave nothing behind"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs.update(autocomplete="username webauthn", placeholder="")
        self.fields["login"].initial = self.request.session.get("invited")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        cleaned["remember"] = not cleaned.get("shared")
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Remember the computer until the person is in, which may be two steps from here."""
        request.session["shared"] = self.cleaned_data["shared"]
        if self.user is not None:  # the code about to be sent confirms this row
            EmailAddress.objects.get_or_create(user=self.user, email=self.user.email, defaults={"primary": True})
        answer: HttpResponse = super().login(request, redirect_url)
        return answer


class PasswordForm(SignInForm):
    """With a password instead of a code."""

    def _setup_password_field(self) -> None:
        """The library leaves the field out where new accounts have no password."""
        self.fields["password"].widget.attrs["placeholder"] = ""


class PasswordView(LoginView):
    """Sign in with a password."""

    template_name = "account/login_password.html"

    def get_form_class(self) -> type[PasswordForm]:
        return PasswordForm


password = public(PasswordView.as_view())


@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """A GET asks, a POST signs out; the browser is told to forget all it kept of this site."""
    response: HttpResponse = library_logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public
def app_picture(request: HttpRequest) -> HttpResponse:
    """The key of the authenticator app being set up, to scan. As a file: pages here carry no data: pictures."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not request.user.is_authenticated or not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    response = HttpResponse(picture, content_type="image/svg+xml")
    add_never_cache_headers(response)
    return response
