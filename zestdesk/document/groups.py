"""Groups of layers, one level deep: where layers may stand, and what becomes of the order when they are moved.

Each layer carries its :class:`~zestdesk.document.layers.Group`. In a *sound* sequence the layers of a group follow one
another and carry equal values; :class:`~zestdesk.document.layout.LayoutState` takes no other. The functions here take
layers uppermost first and return all of them in a sound order; give that to
:class:`~zestdesk.document.commands.ArrangeLayers`. Layers from elsewhere (a clipboard, a foreign file) become sound by
:func:`sound_layers`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zestdesk.document.layers import Group, Layer, new_layer_id

__all__ = [
    "first_stray",
    "fitted",
    "fresh_copies",
    "grouped",
    "groups_of",
    "members",
    "moved",
    "sound_layers",
    "stepped",
    "taken",
    "to_edge",
    "whole_groups",
]


def first_stray(layers: Iterable[Layer]) -> int | None:
    """Return the index of the first layer that makes a sequence unsound, or None when there is none.

    Such a layer stands apart from its group, or says something else about it than the layers above.
    """
    seen: dict[str, Group] = {}
    above: Group | None = None
    for index, layer in enumerate(layers):
        group = layer.group
        if group is not None and group.id in seen and (above is None or above != group):
            return index
        if group is not None:
            seen[group.id] = group
        above = group
    return None


def sound_layers(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Return the layers in a sound order: each group gathered where its uppermost layer stands.

    For layers from elsewhere, a clipboard say: what the uppermost layer says about the group holds for all of it.
    Layers that are sound already stay as they are. New ids are :func:`fresh_copies`' business.
    """
    blocks: dict[str, list[Layer]] = {}
    for layer in layers:
        if layer.group is None:
            blocks[f"layer {layer.id}"] = [layer]
        else:
            block = blocks.setdefault(f"group {layer.group.id}", [])
            block.append(_in(layer, block[0].group if block else layer.group))
    return tuple(layer for block in blocks.values() for layer in block)


def fresh_copies(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Return the layers, made sound, with ids that no layout has; groups become new groups of the same name."""
    groups: dict[str, Group] = {}
    copies = []
    for layer in sound_layers(layers):
        group = layer.group
        if group is not None:
            group = groups.setdefault(group.id, replace(group, id=new_layer_id()))
        copies.append(replace(layer, id=new_layer_id(), group=group))
    return tuple(copies)


def taken(layers: Iterable[Layer], ids: Collection[str]) -> tuple[Layer, ...]:
    """Return the layers with these ids as they leave for a clipboard: groups come along only as a whole."""
    layers = tuple(layers)
    whole = {group.id for group in whole_groups(layers, ids)}
    return tuple(
        layer if layer.group is not None and layer.group.id in whole else _in(layer, None)
        for layer in layers
        if layer.id in ids
    )


def members(layers: Iterable[Layer], group_id: str) -> tuple[Layer, ...]:
    """Return the layers of a group."""
    return tuple(layer for layer in layers if layer.group is not None and layer.group.id == group_id)


def groups_of(layers: Iterable[Layer]) -> tuple[Group, ...]:
    """Return the groups, in the order of their uppermost layers."""
    return tuple({layer.group.id: layer.group for layer in layers if layer.group is not None}.values())


def whole_groups(layers: Iterable[Layer], ids: Collection[str]) -> tuple[Group, ...]:
    """Return the groups all of whose layers are among ``ids``, in order."""
    layers = tuple(layers)
    partly = {layer.group.id for layer in layers if layer.group is not None and layer.id not in ids}
    return tuple(group for group in groups_of(layers) if group.id not in partly)


def fitted(layers: Sequence[Layer], index: int, layer: Layer) -> Layer:
    """Return the layer with the group that it has to have to stand at ``index`` among ``layers``.

    Between two layers of a group it joins them; a group that stands elsewhere it leaves. It is returned as it is
    wherever that makes a sound sequence.
    """
    above = layers[index - 1].group if index > 0 else None
    below = layers[index].group if index < len(layers) else None
    if above is not None and below is not None and above.id == below.id:
        return _in(layer, above)
    if layer.group is None:
        return layer
    for near in (above, below):
        if near is not None and near.id == layer.group.id:
            return _in(layer, near)
    return _in(layer, None) if members(layers, layer.group.id) else layer


def moved(layers: Sequence[Layer], ids: Collection[str], index: int, group: Group | None) -> tuple[Layer, ...]:
    """Move layers, as when they are dropped into a gap.

    Args:
        layers: all of them.
        ids: which to move; they keep their order.
        index: of the layer above which they are dropped, before anything was moved; ``len(layers)`` for the end. A
            gap outside the group stands for that end of the group which is nearer.
        group: into which they are dropped, or None to leave theirs; what is moved as a whole group stays one.
    """
    whole = {each.id for each in whole_groups(layers, ids)} if group is None else set()
    own = [at for at, layer in enumerate(layers) if layer.group is not None and group and layer.group.id == group.id]
    if own:
        index = min(max(index, own[0]), own[-1] + 1)
    going = [
        layer if layer.group is not None and layer.group.id in whole else _in(layer, group)
        for layer in layers
        if layer.id in ids
    ]
    above = [layer for layer in layers[:index] if layer.id not in ids]
    below = [layer for layer in layers[index:] if layer.id not in ids]
    # A gap within a group that they are not to join: they go above all of it.
    while group is None and above and below and above[-1].group is not None and _same_group(above[-1], below[0]):
        below.insert(0, above.pop())
    return sound_layers((*above, *going, *below))


def grouped(layers: Sequence[Layer], ids: Collection[str], group: Group) -> tuple[Layer, ...]:
    """Gather layers to a group where the uppermost of them stands; groups that they leave altogether vanish.

    Out of the midst of another group they go above it, since groups do not nest.
    """
    first = next(index for index, layer in enumerate(layers) if layer.id in ids)
    above = [layer for layer in layers[:first] if layer.id not in ids]
    below = [layer for layer in layers[first:] if layer.id not in ids]
    while above and below and above[-1].group is not None and _same_group(above[-1], below[0]):
        below.insert(0, above.pop())
    return (*above, *(_in(layer, group) for layer in layers if layer.id in ids), *below)


def to_edge(layers: Sequence[Layer], ids: Collection[str], *, bottom: bool) -> tuple[Layer, ...]:
    """Move layers above or beneath all others; whole groups stay groups, single layers leave theirs."""
    return moved(layers, ids, len(layers) if bottom else 0, None)


def stepped(
    layers: Sequence[Layer], ids: Collection[str], *, down: bool, folded: Collection[str] = ()
) -> tuple[Layer, ...]:
    """Move layers by one place up or down, past what is not moved; at the ends they stop.

    A layer next to a group enters it and at a group's edge leaves it; a whole group goes past layers and groups.

    Args:
        layers: all of them.
        ids: which to move.
        down: downwards.
        folded: ids of groups that layers go past without entering.
    """
    tokens = list(_tokens(layers, ids, folded))
    if down:
        tokens.reverse()
    near, far = ("open", "close") if down else ("close", "open")  # edges of a group that is in the way
    for start in range(1, len(tokens)):
        token = tokens[start]
        if not token.chosen or tokens[start - 1].chosen:
            continue
        at = start - 1
        if token.kind == "block" and tokens[at].kind == near:
            at = max(index for index in range(start) if tokens[index].kind == far)
            if any(each.chosen for each in tokens[at:start]):
                continue
        tokens.insert(at, tokens.pop(start))
    if down:
        tokens.reverse()
    return tuple(_layers_of(tokens))


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of an order: a layer, a group that stays one piece, or a group's upper or lower edge."""

    kind: str  # "layer", "block", "open", "close"
    layers: tuple[Layer, ...] = ()
    group: Group | None = None
    chosen: bool = False


def _tokens(layers: Sequence[Layer], ids: Collection[str], folded: Collection[str]) -> Iterator[_Token]:
    whole = {group.id for group in whole_groups(layers, ids)}
    partly = {layer.group.id for layer in layers if layer.group is not None and layer.id in ids} - whole
    index = 0
    while index < len(layers):
        group = layers[index].group
        if group is None:
            yield _Token("layer", (layers[index],), chosen=layers[index].id in ids)
            index += 1
            continue
        own = members(layers, group.id)
        index += len(own)
        if group.id in whole or (group.id in folded and group.id not in partly):
            yield _Token("block", own, chosen=group.id in whole)
        else:
            yield _Token("open", group=group)
            yield from (_Token("layer", (layer,), chosen=layer.id in ids) for layer in own)
            yield _Token("close")


def _layers_of(tokens: Iterable[_Token]) -> Iterator[Layer]:
    group: Group | None = None
    for token in tokens:
        if token.kind == "block":
            yield from token.layers
        elif token.kind == "layer":
            yield _in(token.layers[0], group)
        else:
            group = token.group


def _same_group(first: Layer, second: Layer) -> bool:
    return first.group is not None and second.group is not None and first.group.id == second.group.id


def _in(layer: Layer, group: Group | None) -> Layer:
    return layer if layer.group == group else replace(layer, group=group)
