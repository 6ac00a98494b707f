"""Addresses of the room."""

from django.urls import path

from community.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.tray, name="tray"),
    path("read/", views.read_all, name="read-all"),
    path("unread/", views.unread, name="unread"),
    path("<int:pk>/read/", views.read, name="read"),
]
