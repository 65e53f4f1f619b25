"""What a hidden or locked group means for its layers, and that everybody asks for both by the same two functions."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from tests.document.test_groups import G, rectangle
from zestdesk.document.checks import advice, require_sound
from zestdesk.document.layers import is_locked, is_visible
from zestdesk.document.layout import LayoutState
from zestdesk.document.masks import layer_masks
from zestdesk.errors import UserError

PACKAGE = Path(__file__).parent.parent.parent / "zestdesk"
MAY_LOOK = {
    "document/layers.py",  # where the functions are
    "document/merge.py",  # copies what the layers say
    "ui/editable.py",  # says whether layer or group is locked or hidden
    "ui/layer_commands.py",  # changes what they say
    "ui/layer_delegate.py",  # shows what each says
    "ui/layer_words.py",  # likewise
    "ui/layers_panel.py",  # changes what they say
}


def test_a_hidden_group_hides_its_layers_from_masks_checks_and_advice() -> None:
    hidden = replace(G, visible=False)
    state = LayoutState(canvas=(40, 40), layers=(rectangle("", hidden), rectangle("b")), prompt="b")
    assert not is_visible(state.layers[0])
    assert [layer.id for layer, _ in layer_masks(state, (8, 8))] == ["b"]
    require_sound(state)  # the nameless layer is hidden, and covers nothing
    assert advice(state) == ()
    with pytest.raises(UserError, match="label"):
        require_sound(replace(state, layers=(rectangle("", G), state.layers[1])))


def test_a_locked_group_locks_its_layers() -> None:
    locked = replace(G, locked=True)
    assert is_locked(rectangle("a", locked))
    assert is_locked(replace(rectangle("a"), locked=True))
    assert not is_locked(rectangle("a", G))
    assert not is_visible(replace(rectangle("a", G), visible=False))


def test_nobody_else_looks_at_the_layers_own_words() -> None:
    looking = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"visible", "locked"} and isinstance(node.ctx, ast.Load)
    }
    assert looking - MAY_LOOK == set()
