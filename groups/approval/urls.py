"""Addresses of the room."""

from django.urls import path

from groups.approval import views, views_pass

app_name = "approval"
urlpatterns = [
    path("desk/approval/", views.queue, name="all"),
    path("approval/<int:pk>/", views.one, name="one"),
    path("approval/<int:pk>/files/<int:file>/", views.file, name="file"),
    path("approval/<int:pk>/pass/", views_pass.pass_on, name="pass"),
    path("approval/passed/<int:pk>/", views_pass.passed, name="passed"),
    path("groups/<slug:slug>/approval/", views.queue, name="group"),
]
