"""Formulas made at random, and quantities to put into them."""

from __future__ import annotations

from ecoscore.model.rule import Number

KNOWN = ("甲", "b", "c_3", "PM2.5", "人口", "f")
_COMPARISONS = ("<", "<=", ">", ">=", "=", "<>")


def formula(random, depth=4, *, past=True):
    """A formula over KNOWN; `past` allows what looks into the baseline period."""
    if depth == 0 or random.random() < 0.12:
        return random.choice([*KNOWN, *KNOWN, random.choice(["0", "1", "2.5", "0.04", "100", "3"])])
    inner = lambda **k: formula(random, depth - 1, past=past, **k)  # noqa: E731
    now = lambda: formula(random, min(depth - 1, 2), past=False)  # noqa: E731
    kinds = ["binary"] * 6 + ["power", "negative", "bracket", "if", "many", "one", "round", "named"] + ["past"] * past
    match random.choice(kinds):
        case "binary":
            return (
                f"{inner()}{random.choice('+-*/')}({inner()})"
                if random.random() < 0.5
                else f"({inner()}){random.choice('+-*/')}{random.choice(KNOWN)}"
            )
        case "power":
            return f"({inner()})^{random.choice(['2', '3', '0.5', '(-1)', '0', 'min(9, max(b, -9))', '1.5', '(1/3)'])}"
        case "negative":
            return f"-({inner()})"
        case "bracket":
            return f"({inner()})"
        case "if":
            return f"if({condition(random, depth - 1, past)}, {inner()}, {inner()})"
        case "many":
            return f"{random.choice(['min', 'max', 'mean', 'sum'])}({inner()}, {inner()}, {random.choice(KNOWN)})"
        case "one":
            return f"{random.choice(['abs', 'sqrt'])}({inner()})"
        case "round":
            return f"{random.choice(['round', 'round_even'])}({inner()}, {random.randint(0, 3)})"
        case "named":
            return named(random, now, past)
        case _:
            return f"{random.choice(['prev', 'yoy', 'air_change'])}({random.choice(KNOWN)}+{now()})"


def condition(random, depth, past):
    if depth > 0 and random.random() < 0.3:
        one, other = condition(random, depth - 1, past), condition(random, 0, past)
        return random.choice([f"and({one}, {other})", f"or({one}, {other})", f"not({one})"])
    depth = min(depth, 1)
    return f"{formula(random, depth, past=past)} {random.choice(_COMPARISONS)} {formula(random, depth, past=past)}"


def named(random, now, past):
    few = [
        lambda: f"air_index_2026({', '.join(now() for _ in range(6))})",
        lambda: f"cwqi_city({', '.join(now() for _ in range(4))})",
        lambda: f"per_head({now()}, {now()})",
        lambda: f"good_days_ratio({now()}, {now()})",
        lambda: f"ph_mean({random.choice(KNOWN)}, {random.choice(KNOWN)}/10, {now()})",
    ]
    if past:
        few.append(lambda: f"co_control({random.choice(KNOWN)}, {now()}, 3, {random.choice(['4', 'b', '0'])})")
    return random.choice(few)()


def quantities(random, missing=0.05):
    """A number for each name, some not there, zero and equal ones not rare."""
    drawn = {}
    for name in KNOWN:
        if random.random() < missing:
            continue
        text = random.choice(
            [
                "0",
                "1",
                "2",
                "5",
                "-3",
                "0.1",
                "0.3",
                f"{random.uniform(-50, 200):.2f}",
                f"{random.uniform(0, 9):.3f}",
                f"{random.randint(1, 99999)}",
            ]
        )
        drawn[name] = Number(float(text), text)
    return drawn
