"""Addresses of the room. Those of signing in are in `urls_account`."""

from django.urls import path

from community.members import (
    views_about,
    views_distance,
    views_joining,
    views_keys,
    views_organisations,
    views_profile,
    views_provider,
    views_texts,
    views_theme,
)
from community.members.models import SiteText

app_name = "members"
urlpatterns = [
    path("about/accessibility/", views_about.accessibility, name="accessibility"),
    *(path(f"about/{kind}/", views_texts.text, {"kind": kind}, name=kind) for kind in SiteText.Kind.values),
    path("about/contact/", views_provider.provider, name="provider"),
    path("about/contact/edit/", views_provider.edit_provider, name="edit-provider"),
    path("about/accept/", views_texts.accept, name="accept"),
    path("about/texts/", views_texts.texts, name="texts"),
    path("about/texts/<slug:kind>/", views_texts.write_text, name="write-text"),
    path("about/texts/<slug:kind>/publish/", views_texts.publish_text, name="publish-text"),
    path("about/texts/<slug:kind>/not-accepted/", views_texts.not_accepted, name="not-accepted"),
    path("about/<slug:kind>/versions/", views_texts.versions, name="text-versions"),
    path("about/<slug:kind>/versions/<int:number>/", views_texts.version, name="text-version"),
    path("account/theme/", views_theme.theme, name="theme"),
    path("account/keys/", views_keys.keys, name="keys"),
    path("account/distance/", views_distance.distances, name="distances"),
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
