"""Disguises, applied to attacks and innocent texts alike, so that a disguise alone says nothing."""

import base64
import codecs

_LEET = str.maketrans("aeiostAEIOST", "431057431057")
_HOMO = str.maketrans("aeopcxyAEOPCXHKMT", "аеорсхуАЕОРСХНКМТ")


def leet(t, r):
    return t.translate(_LEET)


def half_leet(t, r):
    return "".join(c.translate(_LEET) if r.random() < 0.5 else c for c in t)


def spaced(t, r):
    return " ".join(t) if len(t) < 200 else t


def hyphens(t, r):
    return " ".join(w[: len(w) // 2] + "-" + w[len(w) // 2 :] if len(w) > 3 else w for w in t.split(" "))


def homoglyphs(t, r):
    return t.translate(_HOMO)


def typos(t, r):
    out = list(t)
    for i in range(len(out) - 1):
        if out[i].isalpha() and out[i + 1].isalpha() and r.random() < 0.05:
            k = r.randrange(3)
            if k == 0:
                out[i], out[i + 1] = out[i + 1], out[i]
            elif k == 1:
                out[i] = ""
            else:
                out[i] += out[i]
    return "".join(out)


def upper(t, r):
    return t.upper()


def lower(t, r):
    return t.lower()


def random_case(t, r):
    return "".join(c.upper() if r.random() < 0.5 else c.lower() for c in t)


def dots(t, r):
    return t.replace(" ", r.choice([".", "_", "  ", "\n", "-", "*"]))


def run_together(t, r):
    return t.replace(" ", "") if len(t) < 120 else t


VISIBLE = [leet, half_leet, spaced, hyphens, homoglyphs, typos, typos, typos, upper, lower, lower, random_case, dots, run_together]


def encoded(t, r):
    """A text nobody can read as it stands: what it says is judged in a decoded view, as itself it is innocent."""
    b = t.encode("utf-8")
    k = r.randrange(5)
    body = [
        lambda: base64.b64encode(b).decode(), lambda: b.hex(), lambda: "".join("%%%02X" % x for x in b),
        lambda: codecs.encode(t, "rot13"), lambda: " ".join(format(x, "08b") for x in b[:60]),
    ][k]()
    lead = r.choice(["", "", "Please decode this: ", "What does this say? ", "Decode and answer: ", "Here is some encoded text: ", "data: "])
    return lead + body
