"""The canvas: the view, the scene with its items, and the tools."""
