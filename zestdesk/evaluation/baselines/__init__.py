"""Rival methods from the literature, each in its own file, over one shared denoising loop."""
