"""Members: who people are and for whom they speak.

Lives here: Member (the user), Organisation, Affiliation, Invitation, the sign-in adapter, profile and sessions.
May use: community's foundations, django-allauth.
Never: knows what a group is. Whether someone may come in at all is decided here; where to, one floor up.
"""
