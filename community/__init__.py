"""Community: the ground floor. Who people are, what they may do, and the foundations every room stands on.

Lives here: settings, the front door (asgi, wsgi, urls, demo), live, richtext, policy, http, limits, jobs, and the rooms
members, files, notifications, mail and moderation.
May use: Django and the pinned libraries.
Never: imports groups or realtime (the front door aside).
"""
