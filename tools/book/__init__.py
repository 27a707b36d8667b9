"""Make a book of the lessons, to be read without a kernel and without a network."""
