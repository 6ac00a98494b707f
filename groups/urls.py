"""Addresses of the room. A group's own page is `home:group`, in the lobby above."""

from django.urls import path

from groups import views, views_people, views_ways_in

app_name = "groups"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("new/", views.create, name="create"),
    path("removals/<int:pk>/", views_people.removal, name="removal"),
    path("<slug:slug>/settings/", views.settings, name="settings"),
    path("<slug:slug>/archive/", views.archive, name="archive"),
    path("<slug:slug>/people/", views_people.people, name="people"),
    path("<slug:slug>/people/invite/", views_people.invite, name="invite"),
    path("<slug:slug>/people/<int:pk>/", views_people.place, name="place"),
    path("<slug:slug>/people/<int:pk>/remove/", views_people.remove, name="remove"),
    path("<slug:slug>/join/", views_ways_in.join, name="join"),
    path("<slug:slug>/leave/", views_ways_in.leave, name="leave"),
    path("<slug:slug>/invited/", views_ways_in.invited, name="invited"),
    path("<slug:slug>/requests/<int:pk>/", views_people.answer, name="request"),
]
