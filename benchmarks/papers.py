"""Scorecards as PDF against LibreOffice converting the same cards as workbooks (today's way) and against WeasyPrint.

    python -m pip install weasyprint && python benchmarks/papers.py            LibreOffice must be on the machine

One hundred districts of the bundled scheme, 30 indicators, two pages a card: title, summary, table, adjustments, bars and
radar, strong and weak items, notes, signatures. Once as one bound PDF, once as a hundred files. What is timed begins
with the scored result and ends with files on disk; each run is a process of its own, fonts loaded anew, its imports not
counted. LibreOffice is given the ready workbooks, for the bound volume a single one of a hundred sheets with values in
place of formulas, and exports the cards' pages only. WeasyPrint sets the same text and drawings in the same fonts as plain
HTML. Then the peak memory of our bound volume for 10, 100 and 400 districts. Prints medians and their ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path

CARDS = 100
MEMORY = (10, 100, 400)
REPEATS = {"ours": 5, "soffice": 3, "weasyprint": 1}
KINDS = {"bound": (8, 25), "separate": (5, 30)}  # how many times faster than either we mean to be


def result(count: int):
    """Districts with names of different characters, repeatable values for two years, scored."""
    import numpy as np

    from ecoscore.model.dataset import Dataset
    from ecoscore.model.district import District
    from ecoscore.model.period import Period
    from ecoscore.schemes import DEFAULT, load_scheme
    from ecoscore.scoring import score_dataset

    scheme = load_scheme(DEFAULT)
    names = [bytes((0xB0 + n // 94, 0xA1 + n % 94)).decode("gb2312") + "示例区" for n in range(count)]
    low, high = zip(*(span(i) for i in scheme.indicators), strict=True)
    values = np.random.default_rng(20241124).uniform(low, high, (2, count, len(low))).round(1)
    targets = np.full(values.shape, np.nan)
    targets[:, :, [n for n, i in enumerate(scheme.indicators) if "target" in i.rule.uses]] = 40.0
    dataset = Dataset(
        tuple(District(name) for name in names), tuple(i.id for i in scheme.indicators), (Period(2023), Period(2024)),
        values, np.ones(values.shape, np.uint8), targets,
    )  # fmt: skip
    return score_dataset(dataset, scheme, Period(2024))


def span(indicator) -> tuple[float, float]:
    bounds = indicator.rule.bounds
    if bounds is None or bounds.worst is None or bounds.best is None:
        return 20.0, 100.0
    low, high = sorted((bounds.worst, bounds.best))
    return low + 0.45 * (high - low), high


# Ours -----------------------------------------------------------------------------------------------------------


def ours(kind: str, count: int, folder: Path) -> float:
    from ecoscore.reporting.pdf import Chapter, write_bound_pdf, write_scorecard_pdf
    from ecoscore.reporting.view import PaperMeta, scorecard_view

    scored = result(count)
    names = [d.name for d in scored.districts]
    start = time.perf_counter()
    if kind == "bound":
        chapter = Chapter("成绩单", (scorecard_view(scored, name) for name in names))
        write_bound_pdf(folder / "合订本.pdf", "成绩单", [chapter], PaperMeta(), scored.scheme.title)
    else:
        for name in names:
            write_scorecard_pdf(folder / f"{name}.pdf", scorecard_view(scored, name))
    return time.perf_counter() - start


# LibreOffice ----------------------------------------------------------------------------------------------------


def write_workbooks(folder: Path) -> None:
    """A hundred cards with living formulas, and a single workbook of the same cards as values."""
    from ecoscore.reporting.view import PaperMeta, scorecard_view
    from ecoscore.reporting.workbook import write_scorecard_workbook
    from ecoscore.reporting.workbook.adjustment_sheet import Adjustments
    from ecoscore.reporting.workbook.book import Book
    from ecoscore.reporting.workbook.card import write_card
    from ecoscore.reporting.workbook.card_own import OwnCard
    from ecoscore.reporting.workbook.card_places import CardPlaces
    from ecoscore.reporting.workbook.earlier import earlier_on_card
    from ecoscore.reporting.workbook.layers import Layers
    from ecoscore.reporting.workbook.layout import Layout
    from ecoscore.reporting.workbook.sheet import Sheet

    class ValueSheet(Sheet):
        def formula(self, row, col, expression, value, style) -> None:  # noqa: ARG002
            (self.text if isinstance(value, str) else self.number)(row, col, value, style)

    class ValueBook(Book):
        def define(self, name, reference) -> None:
            """Nothing is computed: nothing needs a name."""

    scored = result(CARDS)
    layout = Layout(scored)
    layers = Layers(layout, Adjustments(layout))
    (folder / "separate").mkdir()
    (folder / "bound").mkdir()
    book = ValueBook(folder / "bound" / "合订本.xlsx", "成绩单", PaperMeta())
    for d, district in enumerate(scored.districts):
        view = scorecard_view(scored, district.name)
        write_scorecard_workbook(folder / "separate" / f"{district.name}.xlsx", scored, view)
        sheet = ValueSheet(book.raw.add_worksheet(district.name), book.formats)
        book.sheets.append(sheet)
        places = CardPlaces(layout, 0)
        write_card(book, sheet, places, OwnCard(places, layers, d, earlier_on_card(view)), view, list(view.notes))
    book.close()


def soffice(kind: str, books: Path, folder: Path) -> float:
    pages = '{"PageRange":{"type":"string","value":"1-2"}}'  # a workbook prints its parameters after the card
    to = f"pdf:calc_pdf_Export:{pages}" if kind == "separate" else "pdf"
    with tempfile.TemporaryDirectory(prefix="soffice-") as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to"]
        paths = sorted((books / kind).glob("*.xlsx"))
        start = time.perf_counter()
        subprocess.run([*command, to, "--outdir", folder, *paths], check=True, capture_output=True)
        return time.perf_counter() - start


# WeasyPrint -----------------------------------------------------------------------------------------------------

_FACES = {
    "仿宋": "fangsong",
    "楷体": "kai-gblite",
    "黑体": "sans-bold",
    "宋体": "serif-regular",
    "小标宋": "serif-black",
}
_STYLE = """
@page { size: A4; margin: 30mm 19mm 29mm 26mm; @bottom-right { content: "— " counter(page) " —"; font: 14pt 宋体 } }
body { font: 8.5pt/1.26 宋体; margin: 0 } h1 { font: 22pt 小标宋; text-align: center; margin: 0 0 4mm }
h2 { font: 10.5pt 黑体; margin: 3mm 0 1mm; break-after: avoid } p { font: 12pt 仿宋; margin: 0 0 1mm }
table { border-collapse: collapse; width: 100%; border: 1.2pt solid; margin-bottom: 2mm } th { font-family: 黑体 }
td, th { border: .4pt solid; padding: 1.9pt; text-align: center } td.left { text-align: left } td.sign { height: 12.5mm }
td.seal { height: 44mm; vertical-align: top; text-align: left } ol { margin: 0 0 2mm; padding-left: 1.5em }
thead { display: table-header-group } article { break-after: page } .charts { display: flex; justify-content: space-between }
"""


def page(view) -> str:
    """A card as plain HTML: the text and the drawings that ours holds."""
    from ecoscore.reporting.charts import group_bars, group_radar, svg

    heads = ["序号", "类别", "指标", "计量单位", "分值", "目标值", view.baseline_label, view.value_label, "变化", "水平分",
             "改善分", "得分"]  # fmt: skip
    rows = []
    for section in view.sections:
        for n, r in enumerate(section.rows):
            group = f'<td rowspan="{len(section.rows)}">{escape(section.title)}</td>' if not n else ""
            title = f'<td class="left">{"★" if r.binding else ""}{escape(r.title)}</td>'
            figures = (r.weight, r.target, r.baseline, r.value, r.change, r.level, r.progress, r.points)
            rows.append(
                f"<tr><td>{r.number}</td>{group}{title}<td>{escape(r.unit)}</td>{cells(f.text for f in figures)}</tr>"
            )
    own, peers = view.district, f"{view.peer_group}平均"
    charts = [
        group_bars(view.top_groups, 243, 150, own=own, peers=peers),
        group_radar(view.top_groups, 215, 150, own=own, peers=peers),
    ]
    best = max(len(view.strong), len(view.weak))
    items = "".join(
        f"<tr>{cells(h[n].text if n < len(h) else '—' for h in (view.strong, view.weak))}</tr>" for n in range(best)
    )
    place = view.standing
    hands = [f.label for f in view.meta.signatures if not f.sealed]
    seals = [f.label for f in view.meta.signatures if f.sealed]
    return f"""<article><h1>{escape(view.title)}</h1>
<p>被考核单位：{escape(own)}（{escape(view.peer_group)}）　考核期：{view.period}　单位：分</p>
<table><tr>{cells(("总分", "名次", "等次", "考核方案"), "th")}</tr>
<tr>{cells((view.chain.total.text, f"{place.rank_text}（共{place.of}个）", place.grade, view.scheme))}</tr></table>
<table><thead><tr>{cells(heads, "th")}</tr></thead>{"".join(rows)}<tr><th colspan="12">{view.chain.text}</th></tr></table>
<h2>加分、扣分与等次限制</h2><table><tr><td>加分、扣分：无</td></tr><tr><td>一票否决、等次封顶：{escape(view.limits_text)}</td></tr></table>
<h2>各类指数与平均水平</h2><div class="charts">{"".join(svg(c).replace("'Microsoft YaHei UI','Noto Sans SC',sans-serif", "宋体") for c in charts if c)}</div>
<h2>优势指标与主要失分指标</h2><table><tr>{cells(("优势指标（个体指数）", "主要失分指标（失分）"), "th")}</tr>{items}</table>
<ol>{"".join(f"<li>{escape(note)}</li>" for note in view.notes)}</ol>
<table><tr>{"".join(f'<td class="sign">{h}</td><td></td>' for h in hands)}</tr></table>
<table><tr>{"".join(f'<td class="seal">{s}：</td>' for s in seals)}</tr></table></article>"""


def cells(texts, tag: str = "td") -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)


def by_weasyprint(kind: str, folder: Path) -> float:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from ecoscore.paths import resource as bundled
    from ecoscore.reporting.view import scorecard_view

    scored = result(CARDS)
    names = [d.name for d in scored.districts]
    start = time.perf_counter()
    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: {name}; src: url({(bundled('fonts') / f'{file}.ttf').as_uri()}) }}"
        for name, file in _FACES.items()
    )
    style = CSS(string=faces + _STYLE, font_config=fonts)
    if kind == "bound":
        text = "".join(page(scorecard_view(scored, name)) for name in names)
        HTML(string=text).write_pdf(folder / "合订本.pdf", stylesheets=[style], font_config=fonts)
    else:
        for name in names:
            text = page(scorecard_view(scored, name))
            HTML(string=text).write_pdf(folder / f"{name}.pdf", stylesheets=[style], font_config=fonts)
    return time.perf_counter() - start


# The run --------------------------------------------------------------------------------------------------------


def child(engine: str, kind: str, count: int, folder: Path) -> None:
    """One timed run; tells its seconds and the peak memory of the process in MB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = ours(kind, count, folder) if engine == "ours" else by_weasyprint(kind, folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "before": before, "peak": peak}))


def run(engine: str, kind: str, count: int = CARDS) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        command = [sys.executable, __file__, "--child", engine, kind, str(count), folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        return json.loads(done.stdout) | {"kilobytes": size / 1024 / count}


def run_soffice(kind: str, books: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        took = soffice(kind, books, Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        return {"seconds": took, "kilobytes": size / 1024 / CARDS}


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for engine, repeats in REPEATS.items():
        parser.add_argument(
            f"--{engine}", type=int, default=repeats, metavar="N", help=f"runs of it (default {repeats})"
        )
    options = vars(parser.parse_args(arguments))
    print(f"Python {platform.python_version()}, reportlab {version('reportlab')}, WeasyPrint {version('weasyprint')}, "
          f"{office()}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="books-") as books:
        write_workbooks(Path(books))
        for kind, wanted in KINDS.items():
            runs: dict[str, list[dict[str, float]]] = {engine: [] for engine in REPEATS}
            for n in range(max(options.values())):  # in turn, so that all meet the same weather
                for engine, found in runs.items():
                    if n < options[engine]:
                        found.append(run_soffice(kind, Path(books)) if engine == "soffice" else run(engine, kind))
            tell(kind, runs, wanted)
    for count in MEMORY:
        found = run("ours", "bound", count)
        print(f"bound, {count:>3} districts: peak {found['peak']:.0f} MB, {found['seconds']:.2f} s")


def tell(kind: str, runs: dict[str, list[dict[str, float]]], wanted: tuple[int, int]) -> None:
    own = statistics.median(r["seconds"] for r in runs["ours"])
    print(f"{CARDS} cards, {kind}:")
    for (engine, found), least in zip(runs.items(), (None, *wanted), strict=True):
        if found:
            took = statistics.median(r["seconds"] for r in found)
            ratio = "" if least is None else f"{took / own:>7.1f} times ours (meant: {least})"
            size = statistics.median(r["kilobytes"] for r in found)
            print(f"  {engine:<11} median of {len(found)}: {took:>7.2f} s  {size:>6.1f} KB a card {ratio}")


def office() -> str:
    done = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split()[:2])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]), Path(sys.argv[5]))
    else:
        main(sys.argv[1:])
