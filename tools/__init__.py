"""What builds and measures the course: execute lessons, draw images/, read the notebooks, count lines and tokens."""
