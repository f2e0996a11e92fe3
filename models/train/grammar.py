"""A small grammar: `{a|b|}` chooses, `<name>` is a slot that is itself a list of templates."""

import re

_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"<([a-z_]+)>")


def expand(template, slots, rng):
    text = template
    for _ in range(40):
        m = _SLOT.search(text)
        if m and m.group(1) in slots:
            text = text[: m.start()] + rng.choice(slots[m.group(1)]) + text[m.end() :]
            continue
        m = _CHOICE.search(text)
        if not m:
            break
        text = text[: m.start()] + rng.choice(m.group(1).split("|")) + text[m.end() :]
    text = re.sub(r" +", " ", text).replace(" ,", ",").replace(" .", ".").replace(" ?", "?").strip()
    return text[:1].upper() + text[1:] if rng.random() < 0.85 else text
