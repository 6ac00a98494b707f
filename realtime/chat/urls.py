"""Addresses of the rooms, below /groups/<slug>/live/: the default room's own, and beside it those of the others."""

from django.urls import path

from realtime.chat import views, views_message, views_private, views_rooms, views_taking_up

app_name = "chat"
urlpatterns = [
    path("", views.room, name="room"),
    path("say/", views.say, name="say"),
    path("read/", views.read, name="read"),
    path("typing/", views.typing, name="typing"),
    path("files/", views_message.upload, name="upload"),
    path("select/", views_taking_up.select, name="select"),
    path("take-up/", views_taking_up.take_up, name="take-up"),
    path("append/", views_taking_up.append, name="append"),
    path("<int:pk>/edit/", views_message.edit, name="edit"),
    path("<int:pk>/files/<int:file>/", views_message.file, name="file"),
    path("<int:pk>/remove/", views_message.remove, name="remove"),
    path("<int:pk>/pin/", views_message.pin, name="pin"),
    path("rooms/", views_rooms.rooms, name="rooms"),
    path("rooms/new/", views_rooms.new, name="new"),
    path("rooms/<int:room>/", views.room, name="other"),
    path("rooms/<int:room>/say/", views.say, name="say-other"),
    path("rooms/<int:room>/read/", views.read, name="read-other"),
    path("rooms/<int:room>/typing/", views.typing, name="typing-other"),
    path("rooms/<int:room>/files/", views_message.upload, name="upload-other"),
    path("rooms/<int:room>/select/", views_taking_up.select, name="select-other"),
    path("rooms/<int:room>/take-up/", views_taking_up.take_up, name="take-up-other"),
    path("rooms/<int:room>/append/", views_taking_up.append, name="append-other"),
    path("rooms/<int:room>/close/", views_taking_up.close, name="close"),
    path("rooms/<int:room>/settings/", views_rooms.settings, name="settings"),
    path("rooms/<int:room>/own/", views_private.own, name="own"),
    path("rooms/<int:room>/archive/", views_rooms.archive, name="archive"),
    path("ask/<str:whom>/", views_private.ask, name="ask"),
]
