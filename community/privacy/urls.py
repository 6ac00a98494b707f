"""Addresses about personal data."""

from django.urls import path

from community.privacy import views, views_retention

app_name = "privacy"
urlpatterns = [
    path("account/data/", views.mine, name="mine"),
    path("account/data/copy/", views.take, name="take"),
    path("account/data/ask/", views.ask, name="ask"),
    path("people/<slug:handle>/data/", views.of_person, name="of_person"),
    path("people/<slug:handle>/erase/", views.erase_person, name="erase"),
    path("how-long/", views_retention.periods, name="periods"),
    path("figures/retention/", views_retention.retained, name="retention"),
    path("figures/retention/<slug:name>/", views_retention.period, name="period"),
]
