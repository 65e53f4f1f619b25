"""Sprites from a package: its hash, and names that must not lead astray."""

import base64
import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from zestdesk.diorama.assets import check_integrity, extract_sprites
from zestdesk.errors import UserError


def tarball(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name.replace("__", "/"))
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def test_the_right_hash_passes_and_any_other_does_not() -> None:
    data = b"package"
    right = base64.b64encode(hashlib.sha512(data).digest()).decode()
    check_integrity(data, f"sha512-{right}")
    with pytest.raises(UserError, match=r"is not the one expected .*; check") as caught:
        check_integrity(data + b"!", f"sha512-{right}")
    assert caught.value.place == "package.integrity"
    with pytest.raises(UserError, match="given as sha1; give it as sha512"):
        check_integrity(data, f"sha1-{right}")


def test_only_the_named_sprites_are_written_and_only_in_the_folder(tmp_path: Path) -> None:
    data = tarball(**{"package__assets__aa.webp": b"picture", "package__assets__bb.webp": b"b", "..__evil": b"x"})
    written = extract_sprites(data, ["aa"], tmp_path / "sprites")
    assert [path.name for path in written] == ["aa.webp"]
    assert written[0].read_bytes() == b"picture"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["aa.webp", "sprites"]


def test_a_missing_or_oversized_sprite_is_named(tmp_path: Path) -> None:
    data = tarball(**{"package__assets__aa.webp": bytes(300 * 1024)})
    for sprite in ("aa", "cc"):
        with pytest.raises(UserError, match=f"The package has no sprite {sprite}; check"):
            extract_sprites(data, [sprite], tmp_path)
