"""Scores texts: the strongest window of each."""

import numpy as np

from windows import normalize, windows


def split(items, most=16):
    """Windows of all texts, and to which text each belongs. Of very long texts `most` windows, evenly."""
    texts, owner = [], []
    for i, x in enumerate(items):
        t = normalize(x.text)
        ws = windows(t)
        if len(ws) > most:
            ws = [ws[j * len(ws) // most] for j in range(most)]
        for s, e in ws:
            texts.append(t[s:e])
            owner.append(i)
    return texts, np.array(owner)


def strongest(values, owner, n):
    out = np.full((n,) + values.shape[1:], -np.inf, dtype=np.float64)
    np.maximum.at(out, owner, values)
    return out
