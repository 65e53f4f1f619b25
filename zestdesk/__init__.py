"""ZestDesk: a layout editor for text-to-image generation, steered by ZestGuide."""

__version__ = "0.1.0"
