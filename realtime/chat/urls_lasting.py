"""Addresses outside of any group: of a message, whatever becomes of its room, and of what is unread in all rooms."""

from django.urls import path

from realtime.chat import views_message, views_unread

app_name = "messages"
urlpatterns = [
    path("messages/<int:pk>/", views_message.lasting, name="message"),
    path("messages/unread/", views_unread.unread, name="unread"),
]
