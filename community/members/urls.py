"""Addresses of the room. Those of signing in are in `urls_account`."""

from django.urls import path

from community.members import views_about, views_joining, views_keys, views_organisations, views_profile, views_theme

app_name = "members"
urlpatterns = [
    path("about/accessibility/", views_about.accessibility, name="accessibility"),
    path("about/privacy/", views_about.privacy, name="privacy"),
    path("about/rules/", views_about.rules, name="rules"),
    path("account/theme/", views_theme.theme, name="theme"),
    path("account/keys/", views_keys.keys, name="keys"),
    path("account/", views_profile.profile, name="profile"),
    path("account/sessions/", views_profile.sessions, name="sessions"),
    path("account/sessions/end/", views_profile.end_sessions, name="end_sessions"),
    path("people/<slug:handle>/", views_profile.person, name="person"),
    path("people/<slug:handle>/reset-second-step/", views_profile.reset_second_step, name="reset_second_step"),
    path("organisations/", views_organisations.organisations, name="organisations"),
    path("organisations/new/", views_organisations.new_organisation, name="new_organisation"),
    path("organisations/<slug:slug>/", views_organisations.organisation, name="organisation"),
    path("organisations/<slug:slug>/edit/", views_organisations.edit_organisation, name="edit_organisation"),
    path("organisations/<slug:slug>/end/", views_organisations.end_organisation, name="end_organisation"),
    path("organisations/<slug:slug>/reinstate/", views_organisations.reinstate, name="reinstate"),
    path("organisations/<slug:slug>/invite/", views_organisations.invite, name="invite"),
    path("invitations/<int:pk>/revoke/", views_organisations.revoke, name="revoke"),
    path("affiliations/<int:pk>/end/", views_organisations.end_affiliation, name="end_affiliation"),
    path("affiliations/<int:pk>/contact/", views_organisations.contact, name="contact"),
    path("invitation/<str:token>/", views_joining.invitation, name="invitation"),
    path("ask-to-join/asked/", views_joining.asked, name="asked"),
    path("applications/", views_joining.applications, name="applications"),
    path("applications/<int:pk>/", views_joining.application, name="application"),
    path("applications/<int:pk>/decline/", views_joining.decline, name="decline"),
]
