"""Addresses of signing in: those of the library that we use, and no other of it."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as work
from django.urls import include, path

from community.members import sign_in, views_joining

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/password/", sign_in.password, name="account_login_password"),
    path("sign-in/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("ask-to-join/", views_joining.ask, name="account_signup"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/address/", account.email, name="account_email"),
    path("account/address/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/password/forgotten/", account.password_reset, name="account_reset_password"),
    path(
        "account/password/forgotten/code/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path("account/password/forgotten/new/", account.complete_password_reset, name="account_complete_password_reset"),
    path(
        "account/password/forgotten/done/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("account/second-step/", second_step.index, name="mfa_index"),
    path("account/second-step/again/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-step/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/second-step/app/picture/", sign_in.app_picture, name="account_totp_picture"),
    path("account/second-step/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-step/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-step/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/second-step/recovery/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("account/second-step/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("account/second-step/passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("account/second-step/passkeys/again/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/second-step/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/second-step/passkeys/<int:pk>/name/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/employer/", work.connections, name="socialaccount_connections"),
    path("account/employer/not-known/", work.signup, name="socialaccount_signup"),
    path("account/employer/cancelled/", work.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/employer/error/", work.login_error, name="socialaccount_login_error"),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
