"""Addresses outside of any group: of a message, whatever becomes of its room, of writing to somebody,
and of what is unread in all rooms."""

from django.urls import path

from realtime.chat import views_message, views_private, views_unread

app_name = "messages"
urlpatterns = [
    path("messages/<int:pk>/", views_message.lasting, name="message"),
    path("people/<slug:handle>/message/", views_private.write_to, name="person"),
    path("messages/unread/", views_unread.unread, name="unread"),
]
