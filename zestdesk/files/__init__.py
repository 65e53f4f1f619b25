"""What is on disk. Everything that is read is hostile until checked; no widgets, no torch."""
