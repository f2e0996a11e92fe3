"""The small model: hashed n-grams of words and characters, and what a text looks like; one linear function for each head.

`features` must equal `dev.newel.filter.detect.model.TextFeatures`; golden vectors hold them together.
"""

import numpy as np
from scipy.sparse import csr_matrix

BITS = 18
SIZE = 1 << BITS
SHAPE = 16  # numbers that say what a text looks like, behind the hashed ones
_P = np.uint32(16777619)
MARKS = ["```", "<|", "[/", "system:", "user:", "assistant:", "</"]


def mix(x):
    x = x ^ (x >> np.uint32(16))
    x = x * np.uint32(0x85EBCA6B)
    x = x ^ (x >> np.uint32(13))
    x = x * np.uint32(0xC2B2AE35)
    return x ^ (x >> np.uint32(16))


def units(text):
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16).astype(np.uint32)


def fold(text):
    """Lower case, one character for one (İ is the only one whose lower case is longer)."""
    return "".join(l if len(l := c.lower()) == 1 else "i" for c in text)


def _word(c):
    return (
        ((c >= 48) & (c <= 57)) | ((c >= 97) & (c <= 122))
        | ((c >= 0xC0) & (c != 0xD7) & (c != 0xF7) & ~((c >= 0x2000) & (c <= 0x2BFF)) & ~((c >= 0x3000) & (c <= 0x303F))
           & ~((c >= 0xFE30) & (c <= 0xFE4F)) & ~((c >= 0xFF00) & (c <= 0xFF20)))
    )


def _single(c):
    return ((c >= 0x3040) & (c <= 0x30FF)) | ((c >= 0x3400) & (c <= 0x9FFF)) | ((c >= 0xAC00) & (c <= 0xD7AF))


def word_hashes(c):
    """Of each word: 31 * hash + character over its characters; of numbers the hash of "0"."""
    w, single = _word(c), _single(c)
    out = []
    i, n = 0, len(c)
    cl = c.tolist()
    wl, sl = w.tolist(), single.tolist()
    while i < n:
        if not wl[i]:
            i += 1
            continue
        if sl[i]:
            out.append(cl[i])
            i += 1
            continue
        h, digits = 0, True
        while i < n and wl[i] and not sl[i]:
            h = (h * 31 + cl[i]) & 0xFFFFFFFF
            digits &= cl[i] <= 57
            i += 1
        out.append(48 if digits else h)
    return np.array(out, dtype=np.uint32)


def squeeze(c):
    """White space becomes one blank, digits become 0; a blank at both ends."""
    space = (c == 32) | ((c >= 9) & (c <= 13))
    d = np.where(space, np.uint32(32), np.where((c >= 48) & (c <= 57), np.uint32(48), c))
    keep = ~(space & np.concatenate([[True], space[:-1]]))
    d = d[keep]
    if len(d) and d[-1] == 32:
        d = d[:-1]
    return np.concatenate([[np.uint32(32)], d, [np.uint32(32)]]).astype(np.uint32)


def shape(text, folded):
    c = units(text)
    n = max(1, len(c))
    r = lambda m: float(m.sum()) / n
    out = [
        float(np.log1p(len(c)) / 6), r(c == 10), r((c >= 65) & (c <= 90)), r((c >= 48) & (c <= 57)), r(c >= 128),
        r((c > 32) & (c < 48) | (c > 57) & (c < 65) | (c > 90) & (c < 97) | (c > 122) & (c < 127)), r((c == 34) | (c == 39)), r(c == 33), r(c == 63),
    ]
    return out + [1.0 if m in folded else 0.0 for m in MARKS]


def features(text):
    """(indices, values), not merged: an index may occur more than once and then counts as often."""
    folded = fold(text)
    c = units(folded)
    with np.errstate(over="ignore"):
        w = word_hashes(c)
        t = np.uint32(31)
        words = [w * t + np.uint32(1)]
        if len(w) > 1:
            words.append((w[:-1] * t + w[1:]) * t + np.uint32(2))
        if len(w) > 2:
            words.append(((w[:-2] * t + w[1:-1]) * t + w[2:]) * t + np.uint32(3))
            words.append((w[:-2] * t + w[2:]) * t + np.uint32(4))
        words = mix(np.concatenate(words)) & np.uint32(SIZE - 1)
        s = squeeze(c)
        chars = []
        for n in (3, 4, 5):
            if len(s) >= n:
                h = np.zeros(len(s) - n + 1, dtype=np.uint32)
                for k in range(n):
                    h = h * _P + s[k : len(s) - n + 1 + k]
                chars.append(h + np.uint32((n * 0x9E3779B9) & 0xFFFFFFFF))
        chars = mix(np.concatenate(chars)) & np.uint32(SIZE - 1) if chars else np.zeros(0, np.uint32)
    sh = shape(text, folded)
    idx = np.concatenate([words, chars, np.arange(SIZE, SIZE + SHAPE)]).astype(np.int32)
    val = np.concatenate([np.full(len(words), 1 / np.sqrt(max(1, len(words)))), np.full(len(chars), 1 / np.sqrt(max(1, len(chars)))), sh]).astype(np.float32)
    return idx, val


def matrix(texts):
    ptr, idx, val = [0], [], []
    for t in texts:
        i, v = features(t)
        idx.append(i)
        val.append(v)
        ptr.append(ptr[-1] + len(i))
    m = csr_matrix((np.concatenate(val), np.concatenate(idx), np.array(ptr, dtype=np.int64)), shape=(len(texts), SIZE + SHAPE))
    m.sum_duplicates()
    return m


def fit(x, y, w, alpha=3e-6, epochs=12):
    """One head: coefficients and intercept."""
    from sklearn.linear_model import SGDClassifier

    keep = y >= 0
    m = SGDClassifier(loss="log_loss", alpha=alpha, max_iter=epochs, tol=None, average=True, random_state=20261126, learning_rate="optimal")
    m.fit(x[keep], y[keep], sample_weight=w[keep])
    return m.coef_[0].astype(np.float32), float(m.intercept_[0])


def quantize(coef):
    """Bytes and scale of the hashed part."""
    scale = float(np.quantile(np.abs(coef[:SIZE]), 0.9999)) / 127
    return np.clip(np.round(coef[:SIZE] / scale), -127, 127).astype(np.int8), scale
