"""Addresses of the room, below /groups/<slug>/live/."""

from django.urls import path

from realtime.chat import views

app_name = "chat"
urlpatterns = [
    path("", views.room, name="room"),
    path("say/", views.say, name="say"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
