"""Approval: what people send that a lead or staff look at before it is shown.

Lives here: Waiting, which is what was sent and no post yet; Passed, which is what staff got of it for a case; whose
words wait, and why; the queue and its answers.
May use: groups, search, community.
Never: knows what becomes of it. Rooms say how what waited is published (`publish_by`).
"""
