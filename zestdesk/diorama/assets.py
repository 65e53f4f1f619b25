"""Fetching the sprites: one npm package, its hash checked, and only the chosen pictures unpacked."""

import base64
import hashlib
import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from zestdesk.diorama.vocabulary import Package, Vocabulary
from zestdesk.errors import UserError
from zestdesk.resources import resource

__all__ = ["check_integrity", "extract_sprites", "fetch_package", "fetch_sprites"]

_LARGEST_SPRITE = 256 * 1024


def check_integrity(data: bytes, integrity: str) -> None:
    """Compare data with a subresource integrity string.

    Args:
        data: the whole file.
        integrity: ``sha512-`` and the base64 of the digest.

    Raises:
        UserError: when they differ, or when the string names another algorithm.
    """
    algorithm, _, expected = integrity.partition("-")
    if algorithm != "sha512":
        raise UserError(
            f"The package's integrity is given as {algorithm or 'nothing'}; give it as sha512.", "package.integrity"
        )
    found = base64.b64encode(hashlib.sha512(data).digest()).decode()
    if found != expected:
        raise UserError(
            f"The package is not the one expected (its sha512 is {found}); check its name, version and integrity "
            "in world.json.",
            "package.integrity",
        )


def fetch_package(package: Package) -> bytes:
    """Return the package's tarball, as ``npm pack`` brings it, after checking its hash.

    Raises:
        UserError: when npm is missing or fails, or when the hash differs.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=600)  # noqa: S603
        except FileNotFoundError as error:
            raise UserError("The sprites come by npm, which is not installed; install Node.js.", "npm") from error
        except subprocess.TimeoutExpired as error:
            raise UserError(
                "The sprites did not come within ten minutes; check the connection and try again.", "npm"
            ) from error
        except subprocess.CalledProcessError as error:
            raise UserError(
                f"{package.name} could not be fetched ({error.stderr.strip()}); check the connection and try again.",
                "npm",
            ) from error
        tarballs = list(Path(folder).glob("*.tgz"))
        if len(tarballs) != 1:
            raise UserError(
                f"There are {len(tarballs)} packages where one was asked for; check its name in world.json.", "npm"
            )
        data = tarballs[0].read_bytes()
    check_integrity(data, package.integrity)
    return data


def extract_sprites(tarball: bytes, sprites: list[str], folder: Path) -> list[Path]:
    """Unpack the named sprites, and nothing else, into a folder.

    Members are looked up by the exact name they must have and their bytes are read, never extracted by the archive's
    own paths, so that no name in it can lead outside ``folder``.

    Args:
        tarball: a gzipped tar file.
        sprites: code points, for example ``"1f408"``.
        folder: where the ``.webp`` files go; made when missing.

    Raises:
        UserError: when a sprite is not in the package, or is no plain file of a sprite's size.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        members = {member.name: member for member in archive.getmembers()}
        for sprite in sprites:
            member = members.get(f"package/assets/{sprite}.webp")
            if member is None or not member.isfile() or member.size > _LARGEST_SPRITE:
                raise UserError(f"The package has no sprite {sprite}; check the object's sprite in world.json.", sprite)
            content = archive.extractfile(member)
            assert content is not None  # noqa: S101 - a plain file always has content
            path = folder / f"{sprite}.webp"
            path.write_bytes(content.read())
            written.append(path)
    return written


def fetch_sprites(vocabulary: Vocabulary, folder: Path | None = None) -> list[Path]:
    """Bring all sprites that the vocabulary names into ``resources/diorama/sprites`` (or ``folder``)."""
    tarball = fetch_package(vocabulary.package)
    folder = folder or resource("diorama", "sprites")
    return extract_sprites(tarball, [thing.sprite for thing in vocabulary.objects], folder)
