"""Addresses of the room."""

from django.urls import path

from groups.home import views_me

app_name = "home"
urlpatterns = [
    path("me.css", views_me.me, name="me"),
]
