"""Open whatever holds a layout, by what is in the file and not by its name."""

from pathlib import Path

from zestdesk.errors import UserError
from zestdesk.files.atomic import require_file
from zestdesk.files.images import PNG_SIGNATURE
from zestdesk.files.layout_json import read_layout
from zestdesk.files.png import read_picture_settings
from zestdesk.files.project import Project, open_project

__all__ = ["load_document"]


def load_document(path: Path) -> Project:
    """Return the project in a ``.zest``, or one made of a layout JSON or of a picture that ZestDesk exported.

    Raises:
        UserError: it is none of these, damaged, or not there.
    """
    require_file(path)
    try:
        with path.open("rb") as stream:
            start = stream.read(len(PNG_SIGNATURE))
    except OSError as error:
        raise UserError("The file could not be read ({reason}).", path.name, reason=error.strerror or error) from error
    if start.startswith(b"PK"):
        return open_project(path)
    if start == PNG_SIGNATURE:
        return Project(state=read_picture_settings(path))
    if not start.strip():
        raise UserError("The file is empty; name a .zest project or a layout JSON.", path.name)
    return Project(state=read_layout(path))
