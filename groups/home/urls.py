"""Addresses of the room."""

from django.urls import path

from groups.home import views, views_feed, views_me

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("me.css", views_me.me, name="me"),
    path("groups/<slug:slug>/", views.group, name="group"),
    path("groups/<slug:slug>/feed/", views_feed.address, name="feed-address"),
    path("groups/<slug:slug>/threads/<int:pk>/feed/", views_feed.thread_address, name="thread-feed-address"),
    path("groups/<slug:slug>/feed/<str:token>/", views_feed.feed, name="feed"),
]
