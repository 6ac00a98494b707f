"""What runs in a process of its own, with little time and memory: opens files, whose readers are easy prey.

Lives here: pictures drawn anew, archives looked into, texts read out, and the look for what must not be shared.
May use: the standard library, Pillow, defusedxml and pypdf.
Never: knows the product, its database or its secrets; says what stands in a file where only where it stands is asked.
"""


class Refused(Exception):
    """One word for why; the product has the sentence."""
