"""Addresses of the room, below /groups/<slug>/live/."""

from django.urls import path

from realtime.chat import views, views_message, views_taking_up

app_name = "chat"
urlpatterns = [
    path("", views.room, name="room"),
    path("say/", views.say, name="say"),
    path("read/", views.read, name="read"),
    path("typing/", views.typing, name="typing"),
    path("select/", views_taking_up.select, name="select"),
    path("take-up/", views_taking_up.take_up, name="take-up"),
    path("<int:pk>/edit/", views_message.edit, name="edit"),
    path("<int:pk>/remove/", views_message.remove, name="remove"),
    path("<int:pk>/pin/", views_message.pin, name="pin"),
]
