"""A group's templates, under its settings."""

from django.urls import path

from groups.threads import views_templates

app_name = "templates"
urlpatterns = [
    path("groups/<slug:slug>/settings/templates/", views_templates.templates, name="list"),
    path("groups/<slug:slug>/settings/templates/<int:pk>/", views_templates.change, name="change"),
]
