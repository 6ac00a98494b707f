"""Home, the lobby: what needs a member, what is new in each group, a group's own page, its private feed.

Lives here: pages that look into several rooms at once, and the addresses of feeds.
May use: every other room of groups, and community.
Never: is imported by another room; shows what `visible_to` does not give.
"""
