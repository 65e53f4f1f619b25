"""The window: canvas, panels, theme. Knows document, files and session; never torch."""
