"""Addresses that last: of a message, whatever becomes of its room."""

from django.urls import path

from realtime.chat import views_message

app_name = "messages"
urlpatterns = [path("messages/<int:pk>/", views_message.lasting, name="message")]
