"""Everything that shows or asks: figures, explorers, exercises, source. Imports the core, never the other way."""
