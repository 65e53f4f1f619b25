"""The bundled model: its toy world, how scenes and captions are made from it, and its training. No Qt."""
