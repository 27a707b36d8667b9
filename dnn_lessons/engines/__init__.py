"""Other ways to run the same training step, to the same numbers: lesson 15. Training knows none of them."""
