"""The site’s own settings. A dozen people do here within minutes what they do in weeks: no limits in their way."""

from community import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

LIMITS = dict.fromkeys(settings.LIMITS, "1000000/1s")
