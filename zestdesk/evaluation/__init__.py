"""Measuring whether labels appear where their layers are: layouts, segmenter, metrics, report."""
