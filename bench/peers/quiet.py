"""Less garbage collection, for every server that is measured: without it the slowest hundredth is the collector's."""

import gc


def collect_less_garbage() -> None:
    """What is there after the start stays for ever, so the collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
