"""The garbage collector rests while the program loads: all that is made then stays, and looking through it costs a tenth of the start."""

import gc


def rest() -> None:
    """Called before anything of Qt is imported."""
    gc.disable()


def resume() -> None:
    """Called when the first window is there. What was made until then is not looked at again."""
    gc.freeze()
    gc.enable()
