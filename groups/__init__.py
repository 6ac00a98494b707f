"""Groups: the first floor. A group and everything that belongs to one.

Lives here: Group, Membership and JoinRequest with their policy, and a room for each thing a group owns.
May use: community.
Never: imports realtime; rooms never import each other, except that all may use groups.search.
"""
