"""The site's own settings without limits: one member speaks for everybody."""

from community import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})
LIMITS = dict.fromkeys(settings.LIMITS, "1000000/1s")
