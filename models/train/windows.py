"""Text as the filter sees it, and the windows it is judged in.

Both must equal the Java side (`dev.newel.filter.text.NormalizedText`, `dev.newel.filter.model.TextWindows`):
golden vectors written by `export.py` are compared by a Java test.
"""

import re
import unicodedata

BUDGET = 192  # half tokens in a window
PIECE = 64  # half tokens in a sentence, at most
RUN = 60  # characters of one word taken at once
SPACES = 8  # white space that is as long as half a token

_ATOM = re.compile(r"[A-Za-z0-9]{1,%d}|[\t\n\x0b\x0c\r ]{1,%d}|." % (RUN, SPACES), re.S)
_SPACE = "\t\n\x0b\x0c\r "


def normalize(text):
    """NFKC of each code point by itself, invisible ones dropped (an approximation that is enough for training)."""
    if text.isascii():
        return text
    out = []
    for c in text:
        if ord(c) < 128:
            out.append(c)
        elif unicodedata.category(c) == "Cf" or 0xFE00 <= ord(c) <= 0xFE0F or ord(c) == 0x34F:
            continue
        else:
            out.append(unicodedata.normalize("NFKC", c))
    return "".join(out)


def is_cjk(p):
    """Characters that the tokenizer takes one by one, and kana and hangul, which it nearly does."""
    return (
        0x4E00 <= p <= 0x9FFF or 0x3400 <= p <= 0x4DBF or 0x20000 <= p <= 0x2FA1F
        or 0xF900 <= p <= 0xFAFF or 0x3040 <= p <= 0x30FF or 0xAC00 <= p <= 0xD7AF
    )


def _cost(atom):
    c = atom[0]
    if c in _SPACE:
        return 1 if len(atom) == SPACES else 0
    p = ord(c)
    if p < 128:
        return 2 * ((len(atom) + 5) // 6)
    return 2 if is_cjk(p) else 1


def _pieces(text):
    """(start, end, cost) of sentences; longer ones are cut."""
    start = 0
    cost = 0
    for m in _ATOM.finditer(text):
        a = m.group()
        c = _cost(a)
        if cost + c > PIECE and m.start() > start:
            yield start, m.start(), cost
            start, cost = m.start(), 0
        cost += c
        end = m.end()
        stop = a[-1] == "\n" or a in "。！？" or (
            a in ".!?" and end < len(text) and text[end] in _SPACE
        )
        if stop:
            yield start, end, cost
            start, cost = end, 0
    if start < len(text):
        yield start, len(text), cost


def windows(text):
    """(start, end) of the windows of a text: as many sentences as fit; the last one is the first of the next."""
    out = []
    begin = end = None
    total = 0
    last = None  # (start, cost) of the last sentence taken
    count = 0
    for s, e, c in _pieces(text):
        if begin is None:
            begin, end, total, last, count = s, e, c, (s, c), 1
        elif total + c <= BUDGET:
            end, total, last, count = e, total + c, (s, c), count + 1
        else:
            out.append((begin, end))
            begin = last[0] if count > 1 else s
            total = (last[1] if count > 1 else 0) + c
            end, last, count = e, (s, c), (2 if count > 1 else 1)
    if begin is not None:
        out.append((begin, end))
    return out
