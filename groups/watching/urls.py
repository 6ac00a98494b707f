"""Addresses of the room."""

from django.urls import path

from groups.watching import views, views_stop

app_name = "watching"
urlpatterns = [
    path("account/what-reaches-me/", views.mine, name="mine"),
    path("watch/<str:subject>/", views.level, name="level"),
    path("stop/<str:token>/", views_stop.stop, name="stop"),
]
