"""The demo: a believable community. Part of the front door: sees all, imported by none."""
