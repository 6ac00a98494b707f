"""The one socket address (neutral words: filters block "chat"); any other is refused without a word."""

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path, re_path

from realtime.consumers import LiveConsumer


class Nowhere(AsyncWebsocketConsumer):
    """An address that leads nowhere. Without it, every stranger's guess would be an error in our log."""

    channel_layer_alias = "none"

    async def connect(self) -> None:
        await self.close()


websocket_urlpatterns = [path("live/socket/", LiveConsumer.as_asgi()), re_path(r"", Nowhere.as_asgi())]
