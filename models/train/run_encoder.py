"""Trains the encoder; `--final` learns from all but the calibration sources, otherwise whole families are held out."""

import argparse
import collections
import os
import pickle

import numpy as np
import torch

import build
import common
import encoder


def weights(ex):
    """Each head sees as much of innocent as of hostile, and no family drowns the others."""
    y = np.full((len(ex), len(encoder.HEADS)), -1.0)
    w = np.zeros_like(y)
    for i, (_, x, d, o, weight) in enumerate(ex):
        y[i, 0], y[i, 1] = d, o
        y[i, 2:] = x.content
        w[i, :] = weight
    for h in range(y.shape[1]):
        size = collections.Counter((x.family, y[i, h]) for i, (_, x, *_r) in enumerate(ex) if y[i, h] >= 0)
        total = {0.0: 0.0, 1.0: 0.0}
        for i, (_, x, *_r) in enumerate(ex):
            if y[i, h] >= 0:
                w[i, h] *= size[(x.family, y[i, h])] ** -0.3
                total[y[i, h]] += w[i, h]
        n = sum(1 for v in y[:, h] if v >= 0)
        share = {0.0: 0.6, 1.0: 0.4} if h < 2 else {0.0: 0.75, 1.0: 0.25}
        scale = {k: (share[k] * n / total[k] if total[k] else 0) for k in total}
        for i in range(len(ex)):
            if y[i, h] >= 0:
                w[i, h] = min(8.0, w[i, h] * scale[y[i, h]]) * (1.0 if h < 2 else 0.25)
    return y, w


def fewer(ex, most):
    """Two thirds of what was held out before, as far as there is, the rest of everything else."""
    r = common.rng("fewer")
    unseen = build.HELD_OUT_ATTACK | build.HELD_OUT_BENIGN | {"own-innocent-" + f for f in build.HELD_OUT_INNOCENT}
    fresh = [e for e in ex if e[1].family in unseen or e[1].kind == "own-long" or e[1].family.startswith("own-frame")]
    rest = [e for e in ex if not (e[1].family in unseen or e[1].kind == "own-long" or e[1].family.startswith("own-frame"))]
    fresh = r.sample(fresh, min(len(fresh), 2 * most // 3))
    return fresh + r.sample(rest, min(len(rest), most - len(fresh)))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("data")
    a.add_argument("out")
    a.add_argument("--final", action="store_true")
    a.add_argument("--scale", type=float, default=1.0)
    a.add_argument("--epochs", type=int, default=1)
    a.add_argument("--lr", type=float, default=2e-4)
    a.add_argument("--frozen", type=int, default=0)
    a.add_argument("--start", help="weights of an earlier run to go on from")
    a.add_argument("--most", type=int, default=0, help="windows to learn from; those that the earlier run has not seen come first")
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--per-text", type=int, default=2)
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    os.makedirs(o.out, exist_ok=True)
    items = build.texts(common.load(o.data), o.final, o.scale)
    ex = build.examples([x for x in items if x.part == "train"], per_text=o.per_text)
    ex = [e for e in ex if e[2] >= 0 or e[3] >= 0 or max(e[1].content) >= 0]
    if o.most:
        ex = fewer(ex, o.most)
    tok = encoder.tokenizer()
    ids = encoder.encode(tok, [e[0] for e in ex])
    y, w = weights(ex)
    print(len(ex), "windows", sum(min(126, len(x)) for x in ids), "tokens", flush=True)
    net = encoder.Encoder.pretrained()
    if o.start:
        net.load_state_dict(torch.load(o.start))
    net = encoder.train(net, ids, y, w, o.epochs, o.lr, frozen=o.frozen, log=lambda s: print(s, flush=True))
    torch.save(net.state_dict(), os.path.join(o.out, "encoder.pt"))


if __name__ == "__main__":
    main()
