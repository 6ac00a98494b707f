"""Two addresses for the tests, as a room would have them: send a file, and get one of your own."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from community.files.checks import BadFile
from community.files.models import StoredFile
from community.files.serve import serve
from community.http import MemberRequest, members_only
from community.urls import urlpatterns as pages


@members_only
def send(request: MemberRequest) -> HttpResponse:
    try:
        stored = StoredFile.objects.keep(request.FILES["file"], request.user, images_only="images_only" in request.POST)
    except BadFile as bad:
        return HttpResponse(str(bad), status=422)
    return JsonResponse({"pk": stored.pk, "name": stored.name, "kind": stored.kind})


@members_only
def get(request: MemberRequest, pk: int) -> HttpResponseBase:
    stored = get_object_or_404(StoredFile, owner=request.user, pk=pk)
    return serve(request, stored, inline="inline" in request.GET)


@members_only
def stumble(request: MemberRequest) -> HttpResponse:
    with transaction.atomic():
        StoredFile.objects.keep(request.FILES["file"], request.user)
        raise RuntimeError("something else in the deed fails")


urlpatterns = [path("send/", send), path("stumble/", stumble), path("get/<int:pk>/", get), *pages]
handler403 = "community.http.refused"
handler404 = "community.http.not_found"
