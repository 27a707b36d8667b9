"""Make slides of the lessons, to be shown without a kernel and without a network."""
