"""Trains the linear functions of all heads on the windows that the encoder learns from."""

import argparse
import os
import pickle

import numpy as np

import build
import common
import encoder
import linear
from run_encoder import weights


def main():
    a = argparse.ArgumentParser()
    a.add_argument("data")
    a.add_argument("out")
    a.add_argument("--final", action="store_true")
    a.add_argument("--scale", type=float, default=1.0)
    a.add_argument("--per-text", type=int, default=2)
    o = a.parse_args()
    os.makedirs(o.out, exist_ok=True)
    items = build.texts(common.load(o.data), o.final, o.scale)
    ex = build.examples([x for x in items if x.part == "train"], per_text=o.per_text)
    ex = [e for e in ex if e[2] >= 0 or e[3] >= 0 or max(e[1].content) >= 0]
    y, w = weights(ex)
    x = linear.matrix([e[0] for e in ex])
    print(x.shape, x.nnz, flush=True)
    model = {}
    for h, name in enumerate(encoder.HEADS):
        wh = w[:, h] * (1.0 if h < 2 else 4.0)
        coef, b = linear.fit(x, y[:, h], wh)
        q, scale = linear.quantize(coef)
        model[name] = {"bytes": q, "scale": np.float32(scale), "shape": coef[linear.SIZE :], "bias": np.float32(b)}
        print(name, b, scale, flush=True)
    with open(os.path.join(o.out, "linear.pkl"), "wb") as f:
        pickle.dump(model, f)


def score(model, x):
    """Rows by heads, with the quantised weights."""
    cols = [np.concatenate([m["bytes"].astype(np.float32) * m["scale"], m["shape"]]) for m in model.values()]
    return np.stack([x @ c + m["bias"] for c, m in zip(cols, model.values())], axis=1)


if __name__ == "__main__":
    main()
