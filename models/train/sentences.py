"""Sentences as `dev.newel.filter.model.Sentences` cuts them, for the detector of content."""

MAX_LENGTH, LOOK_BEHIND, MAX_GAP = 240, 160, 32
_SPACE = set("\t\n\x0b\x0c\r ")


def _stop(c, gap):
    return c in "。！？" or (gap and c in ".!?")


def begins_at(t, at):
    if t[at] in _SPACE:
        return False
    b = at - 1
    while b >= 0 and at - b <= MAX_GAP and t[b] in _SPACE:
        if t[b] == "\n":
            return True
        b -= 1
    if b < 0:
        return True
    gap = b < at - 1
    if _stop(t[b], gap):
        return True
    if not gap or (ord(t[at]) * 31 + (ord(t[at + 1]) if at + 1 < len(t) else 0)) & 3:
        return False
    if b < LOOK_BEHIND - MAX_GAP:
        return False
    return not any(t[i] == "\n" or _stop(t[i], i < b and t[i + 1] in _SPACE) for i in range(b, b - (LOOK_BEHIND - MAX_GAP), -1))


def end(t, start):
    limit = min(len(t), start + MAX_LENGTH)
    for i in range(start, limit):
        if t[i] == "\n":
            return i
        if _stop(t[i], i + 1 < len(t) and t[i + 1] in _SPACE):
            return i + 1
    return limit


def sentences(t):
    return [(s, end(t, s)) for s in range(len(t)) if begins_at(t, s)]
