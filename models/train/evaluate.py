"""Thresholds from innocent texts that were not learnt from, and what they find in texts that were not learnt from."""

import collections

import numpy as np

RATES = {"LOW": 0.001, "MEDIUM": 0.01, "HIGH": 0.05}


def threshold(scores_by_kind, rate):
    """The lowest value at which the share of alarms, averaged over kinds, is at most `rate`."""
    values = np.concatenate(list(scores_by_kind.values()))
    weight = np.concatenate([np.full(len(v), 1 / len(v) / len(scores_by_kind)) for v in scores_by_kind.values()])
    order = np.argsort(-values)
    above = np.cumsum(weight[order])
    k = int(np.searchsorted(above, rate, side="right"))
    if k == 0:
        return float(values[order[0]] + 0.25)
    if k >= len(values):
        return float(values[order[-1]])
    return float((values[order[k - 1]] + values[order[k]]) / 2)


def by(items, scores, keep, key):
    out = collections.defaultdict(list)
    for x, s in zip(items, scores):
        if keep(x):
            out[key(x)].append(s)
    return {k: np.array(v) for k, v in sorted(out.items())}


def thresholds(items, scores, head):
    """For one head: innocent calibration texts, by kind."""
    truth = (lambda x: x.direct) if head == 0 else (lambda x: x.doc)
    kinds = by(items, scores, lambda x: x.part == "calibrate" and truth(x) == 0, lambda x: x.kind)
    return {n: threshold(kinds, r) for n, r in RATES.items()}


def report(items, scores, head, log=print):
    truth = (lambda x: x.direct) if head == 0 else (lambda x: x.doc)
    t = thresholds(items, scores, head)
    log(f"head {head}: thresholds {t}")
    for label, title in ((0, "innocent, share of alarms"), (1, "attacks, share found")):
        for part in ("calibrate", "test"):
            groups = by(items, scores, lambda x: x.part == part and truth(x) == label, lambda x: x.kind if label == 0 and not x.kind.startswith("own") else x.family)
            if not groups:
                continue
            rows = {g: [float((v >= t[n]).mean()) for n in RATES] for g, v in groups.items()}
            log(f"  {part} {title} (low, medium, high)")
            for g, v in rows.items():
                log(f"    {g:34s} n={len(groups[g]):5d} " + " ".join(f"{a:6.3f}" for a in v))
            log(f"    {'mean':34s}         " + " ".join(f"{np.mean([v[i] for v in rows.values()]):6.3f}" for i in range(3)))
    return t
