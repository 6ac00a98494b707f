"""Addresses of the room."""

from django.urls import path

from community.members import views_about, views_theme

app_name = "members"
urlpatterns = [
    path("about/accessibility/", views_about.accessibility, name="accessibility"),
    path("about/privacy/", views_about.privacy, name="privacy"),
    path("about/rules/", views_about.rules, name="rules"),
    path("account/theme/", views_theme.theme, name="theme"),
]
