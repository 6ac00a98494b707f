"""Draws a picture anew, so that nothing but its pixels is kept."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

from community.files.alone import Refused

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2400


def picture(came: Path, made: Path) -> dict[str, Any]:
    """Draw the first frame anew: upright, in sRGB, at most 2400 pixels, with nothing beside the pixels."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(came, formats=["PNG", "JPEG", "GIF", "WEBP"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused("pixels")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            kept = {"JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP"}.get(image.format or "", "PNG")
            mode = "RGBA" if image.has_transparency_data and kept != "JPEG" else "RGB"
            drawn = image.convert(mode)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("pixels") from bomb
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = ImageOps.exif_transpose(_in_srgb(drawn))
    bare = Image.frombytes(mode, drawn.size, drawn.tobytes())  # metadata cannot follow bare pixels
    bare.save(made, kept, **({} if kept == "PNG" else {"quality": 85}))
    return {"kind": f"image/{kept.lower()}", "width": bare.width, "height": bare.height}


def _in_srgb(image: Any) -> Any:
    """Phones photograph in wider colour spaces; without their profile the colours would look dull."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ImageCms.profileToProfile(image, found, ImageCms.createProfile("sRGB"), inPlace=True)
    except (ImageCms.PyCMSError, OSError, ValueError):
        pass  # a profile that does not fit is dropped like the rest of the metadata
    return image
