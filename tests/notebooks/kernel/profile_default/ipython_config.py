"""No history file: several kernels share this profile while the lessons are tested."""

c.HistoryManager.enabled = False  # noqa: F821
