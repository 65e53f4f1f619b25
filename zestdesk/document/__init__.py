"""What the user edits: layers, layout, undo. QtCore and QtGui value types; no widgets, no torch."""
