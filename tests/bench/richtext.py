"""How dear is the dearest text? Run: python -m tests.bench.richtext [--pairs]"""

import sys
import time

from community.richtext import MAX_LENGTH, Mention, render
from tests.hostile_texts import families, pairs

PLAIN = (
    ("Thank you all for coming on Tuesday; the notes of the meeting are below, with what we agreed. " * 5) + "\n\n"
) * 60


def cost(text: str, times: int = 3) -> tuple[float, bool]:
    """CPU milliseconds of one render, the least of a few, and whether it was shown as written."""
    spent, as_written = [], False
    for _ in range(times):
        begun = time.process_time()
        as_written = render(text, everybody).as_written
        spent.append(time.process_time() - begun)
    return min(spent) * 1000, as_written


def everybody(handles: set[str]) -> dict[str, Mention]:
    return {handle: Mention(1, handle, "/people/1") for handle in handles}


def main() -> None:
    texts = families() | (pairs() if "--pairs" in sys.argv else {})
    cost(PLAIN[:MAX_LENGTH])
    plain, _ = cost(PLAIN[:MAX_LENGTH])
    found = sorted(((*cost(text), name) for name, text in texts.items()), reverse=True)
    print(f"a plain post of {MAX_LENGTH:,} characters: {plain:.1f} ms")
    for ms, as_written, name in found[:25]:
        print(f"{ms:7.1f} ms  {ms / plain:5.1f} x plain  {'as written' if as_written else 'formatted '}  {name}")


if __name__ == "__main__":
    main()
