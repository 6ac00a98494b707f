"""How often: limits for people, and routines that come round. Settings, apart from the others for their length."""

# Tokens per period, per person or address; named where they are asked for (community.limits).
LIMITS = {
    "post": "30/10m",
    "message": "120/1m",
    "pin": "60/5m",
    "room": "30/1h",
    "typing": "60/1m",
    "mention": "240/1m",
    "upload": "60/1h",
    "take-along": "20/1h",
    "report": "20/1h",
    "invite": "100/1d",
    "ask": "20/1h",
    "search": "60/1m",
    "draft": "300/10m",
    "similar": "60/1m",
    "join": "20/1h",
    "remind": "2/1d",
    "follow": "120/1m",
    "check": "60/10m",
    "watch": "120/10m",
    "stop-mail": "60/10m",
    "feed": "120/1h",
    "react": "60/5m",
    "save": "60/5m",
    "feed-address": "20/1h",
}

ROUTINES = {  # task: hours between its runs
    "community.tasks.prune": 24,
    "community.files.tasks.sweep": 24,
    "community.mail.models.forget": 24,
    "community.notifications.models.letters_later": 1 / 12,
    "community.drafts.tasks.forget": 24,
    "community.responses.tasks.forget": 24,
    "groups.threads.tasks.keep_time": 1,
    "groups.documents.tasks.keep_time": 1,
    "realtime.chat.tasks.forget": 24,
}
