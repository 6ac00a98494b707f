"""Addresses of the floor itself: catching up."""

from django.urls import path

from realtime import views

app_name = "realtime"
urlpatterns = [path("events/", views.events, name="events")]
