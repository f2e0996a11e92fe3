"""Rows of the data folder, with what is known about their origin."""

import glob
import gzip
import json
import os
import random

SEED = 20261126


def rng(name):
    """A source of randomness of its own for each purpose: adding one never shifts another."""
    return random.Random(f"{SEED}/{name}")


def load(folder):
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl.gz"))):
        name = os.path.basename(path)[: -len(".jsonl.gz")]
        if name in ("pii", "secrets"):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as f:
            for line in f:
                r = json.loads(line)
                r["file"] = name
                r["repo"] = r["source"].split(":")[0]
                rows.append(r)
    return rows
