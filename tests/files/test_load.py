"""What a file is, is told by what is in it."""

import json
from pathlib import Path

import pytest

from zestdesk.errors import UserError
from zestdesk.files.layout_json import layout_to_dict
from zestdesk.files.load import load_document
from zestdesk.files.png import save_picture
from zestdesk.files.project import Project, save_project


def test_the_name_does_not_matter(tmp_path: Path, project: Project) -> None:
    path = tmp_path / "something"
    save_project(path, project)
    assert len(load_document(path).runs) == 1
    path.write_text(json.dumps(layout_to_dict(project.state)))
    assert load_document(path).state == project.state
    save_picture(path, project.runs[0])
    assert load_document(path).state == project.state


@pytest.mark.parametrize("data", [b"", b" \n", b"hello", b"\x00\x01\x02", b"PK", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_document_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zest"
    path.write_bytes(data)
    with pytest.raises(UserError, match=r"^a\.zest: "):
        load_document(path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^a\.zest: There is no file"):
        load_document(tmp_path / "a.zest")
    with pytest.raises(UserError, match="not an ordinary file"):
        load_document(tmp_path)
