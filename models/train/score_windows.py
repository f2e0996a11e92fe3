"""Scores the windows of all texts that a run did not learn from, with its encoder and its linear functions."""

import os
import pickle
import sys

import torch

import build
import common
import encoder
import linear
import run_linear
import score


def main():
    data, run = sys.argv[1:3]
    items = [x for x in build.texts(common.load(data), False, 0.4) if x.part in ("calibrate", "test")]
    texts, owner = score.split(items, 10)
    net = encoder.Encoder()
    net.load_state_dict(torch.load(os.path.join(run, "encoder.pt")))
    z = encoder.logits(net, encoder.encode(encoder.tokenizer(), texts))
    with open(os.path.join(run, "linear.pkl"), "rb") as f:
        lin = run_linear.score(pickle.load(f), linear.matrix(texts))
    with open(os.path.join(run, "scores.pkl"), "wb") as f:
        pickle.dump((items, texts, owner, z), f)
    with open(os.path.join(run, "lin.pkl"), "wb") as f:
        pickle.dump(lin, f)


if __name__ == "__main__":
    main()
