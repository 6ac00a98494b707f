"""Addresses of the floor itself: the stream over plain HTTP, the connection check."""

from django.urls import path

from realtime import views, views_check

app_name = "realtime"
urlpatterns = [
    path("stream/", views.stream, name="stream"),
    path("events/", views.events, name="events"),
    path("check/", views_check.check, name="check"),
    path("check/stream/", views_check.check_stream, name="check_stream"),
    path("check/events/", views_check.check_events, name="check_events"),
]
