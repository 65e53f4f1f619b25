"""``zestdesk fetch``: says how large a model is, asks, and brings it here."""

import io

import huggingface_hub
import pytest
import typer
from rich.console import Console

from tests.hub_server import COMMIT, serving
from tests.tiny_model import build_tiny_model
from zestdesk.errors import UserError
from zestdesk.fetch import fetch
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.hub import Hub

NAME = "owner/tiny"


@pytest.fixture
def hub(tmp_path, monkeypatch):
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    with serving(build_tiny_model(tmp_path / "model")) as server:
        yield Hub(server.endpoint, pause=0)
    huggingface_hub.close_session()


def said(hub, **options):
    text = io.StringIO()
    fetch(NAME, hub=hub, console=Console(file=text, width=200), **options)
    return text.getvalue()


def test_a_model_is_fetched_once(hub):
    first = said(hub, yes=True)
    assert "GB to fetch" in first
    assert COMMIT in first
    assert open_checkpoint(NAME).revision == COMMIT
    assert "to fetch" not in said(hub)


@pytest.mark.parametrize("answer", [False, typer.Abort()])
def test_nothing_is_fetched_unasked(hub, monkeypatch, answer):
    def confirm(_question, **_options):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(typer, "confirm", confirm)
    with pytest.raises(UserError, match="Nothing was fetched"):
        said(hub)
    with pytest.raises(UserError, match="not on this machine yet"):
        open_checkpoint(NAME)
