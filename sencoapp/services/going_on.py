"""How something that takes a while says how far it is, and is asked to stop."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it, and of how many."""

Cancelled = Callable[[], bool]
"""Asked between steps; true means stop, undo, and leave nothing half-done."""
