"""Addresses that last: of a post or a thread wherever it is moved, whatever becomes of its title and group."""

from django.urls import path

from groups.threads import views

app_name = "posts"
urlpatterns = [
    path("posts/<int:pk>/", views.lasting_post, name="post"),
    path("posts/<int:pk>/<slug:deed>/", views.lasting_deed, name="deed"),
    path("threads/<int:pk>/", views.lasting_thread, name="thread"),
]
