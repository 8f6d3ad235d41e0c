"""Rules about the pictures of the course itself: that an LMS can show them."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Media
from ..rule import Report, check
from ..survey import Survey

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_ENDINGS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg")}


def _kind(media: Media) -> tuple[str, tuple[int, int]]:
    """What a picture is, by its first bytes and its name, and how wide and high a PNG is; nothing where it is neither."""
    try:
        with media.source.open("rb") as file:
            start = file.read(24)
    except OSError:
        return "", (0, 0)
    kind = "PNG" if start.startswith(_PNG) and start[12:16] == b"IHDR" and len(start) == 24 else "JPEG" if start.startswith(_JPEG) else ""
    if not kind or not media.path.lower().endswith(_ENDINGS[kind]):
        return "", (0, 0)
    return kind, (int.from_bytes(start[16:20]), int.from_bytes(start[20:24])) if kind == "PNG" else (0, 0)


@check("T010")
def badge_image(survey: Survey) -> Iterator[Report]:
    """The image of the badge is not a square PNG picture.

    Open Badges want a square PNG or SVG, and Moodle takes no SVG. A picture that is not square would be squeezed.

    Wrong: ``image: media/badge.svg``
    Right: ``image: media/badge.png``, of 300 by 300 pixels
    """
    badge = survey.course.badge
    if badge is not None:
        kind, (width, height) = _kind(badge.image)
        if kind != "PNG":
            yield Report(badge.at("image"), f"{badge.image.path} is not a PNG picture", "save it as a PNG file, with the ending .png")
        elif width != height:
            message = f"{badge.image.path} is {width} wide and {height} high"
            yield Report(badge.at("image"), message, "make it square, such as 300 by 300")


@check("T011")
def course_picture(survey: Survey) -> Iterator[Report]:
    """The picture of the course is neither a PNG nor a JPEG.

    Lists of courses show it small, in every browser and app that an LMS has. Not all of them can show other pictures.

    Wrong: ``picture: media/course.svg``
    Right: ``picture: media/course.png``
    """
    course = survey.course
    if course.picture is not None and not _kind(course.picture)[0]:
        message = f"{course.picture.path} is neither a PNG nor a JPEG picture"
        yield Report(course.at("picture"), message, "save it as one of them, with the ending .png or .jpg")
