"""The front door: every address, in one place."""

from django.urls import include, path

from community import views_health

urlpatterns = [
    path("health/", views_health.health, name="health"),
    path("groups/<slug:slug>/threads/", include("groups.threads.urls")),  # first what is asked for most
    path("", include("community.members.urls")),
    path("", include("community.members.urls_account")),
    path("live/", include("realtime.urls")),
    path("groups/", include("groups.urls")),
    path("", include("groups.tags.urls")),
    path("", include("groups.watching.urls")),
    path("", include("groups.approval.urls")),
    path("discussions/", include("groups.threads.urls_all")),
    path("", include("groups.threads.urls_lasting")),
    path("", include("groups.threads.urls_templates")),
    path("groups/<slug:slug>/documents/", include("groups.documents.urls")),
    path("groups/<slug:slug>/live/", include("realtime.chat.urls")),
    path("", include("realtime.chat.urls_lasting")),
    path("search/", include("groups.search.urls")),
    path("drafts/", include("community.drafts.urls")),
    path("needs-you/", include("community.notifications.urls")),
    path("", include("community.moderation.urls")),
    path("", include("community.privacy.urls")),
    path("", include("community.responses.urls")),
    path("", include("groups.home.urls")),
]
handler400 = "community.http.not_understood"
handler403 = "community.http.refused"
handler404 = "community.http.not_found"
handler429 = "community.http.too_many"
