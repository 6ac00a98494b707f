"""The settings of the journeys, with a channel layer that loses, doubles, delays and reorders."""

from tests.journeys import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

CHANNEL_LAYERS = {"default": dict(settings.CHANNEL_LAYERS["default"])}
CHANNEL_LAYERS["default"]["BACKEND"] = {
    "channels.layers.InMemoryChannelLayer": "tests.torture.chaos.Memory",
    "channels_redis.pubsub.RedisPubSubChannelLayer": "tests.torture.chaos.Redis",
}[settings.CHANNEL_LAYERS["default"]["BACKEND"]]
