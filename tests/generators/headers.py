"""Random front matter and dates, and the real loaders to try them with."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from renderers.build import generators_folder

_VALUES = [
    "x", "a b", "中美两军", "'it''s'", "'a'", '"b"', '"a\\nb"', '"a\\d"', '"a"b"', "'a'b'", "[x]", "[a, b]",
    "[a,b", "{a: 1}", "{a: 1", "{{ x }}", "[x] y", "[快讯] news", "*star*", "*a", "&a x", "&a", "!t x",
    "!!str 5", "!!int x", "!ruby/object:X", "!", "@at", "%pct", "`b`", "#h", "x #c", "x#c", "yes", "no", "true",
    "null", "~", "5", "0o17", "017", "1:20", "1_000", "1,000", "0x1F", "1e3", "1.5", ".5", "-", "- a", "-a", "?",
    "? a", ":", ":a", "a: b", "a:b", "http://a.b/c?d=e#f", "2021-01-01", "2021-02-30", "2021-13-45",
    "2021-10-10 11:06:15", "2021-10-10T11:06:15+08:00", "Thu, 02 Dec 2021 14:50:58 GMT", "|\n  a\n  b", ">\n  a",
    "|\na", "|2\n   x", "", "\t", "\tx", "x\t", "'a\n  b'", "'a\nb'", "a\n  b", "a\n b: c", "'unclosed", '"unclosed',
    "[a\n, b]", "{a: b,\n c: d}", "[a, , b]", "[,a]", "[a,]", "{,}", "{a:b}", "'x' # c", "'x'# c", '"x" y', '"x":',
    "<<", "a\\b", "\u2028", "\x85", "a\x07b", "\ufeffx", "😀", "--", "---", "...", "a]", "[{a: b}]", "&a [x]",
    "*a : b", ":foo", ",x", "]", "}", "'", '"', "|", "> ", "!!", "!<x> y", "!!null", "!!float 1", "!!set {a}",
    "x: y: z", "it's", "- - a", "y", "on",
]  # fmt: skip
_KEYS = [
    "title", "date", "tags", "a", "b", "'k'", '"k"', "作者", "title", "a", "? k", "1", "yes", "null", "[k]", "*a",
    "&b k", "!!str k", "<<", "-k", " a", "\ta", "k ", "@k", "'k",
]  # fmt: skip
_LINES = [
    "\n", "  \n", "\t\n", "# comment\n", "plain line\n", "  indented\n", "- x\n", " - x\n", "  - y\n", "\t- t\n",
    " -\n", "- a: b\n  c: d\n", "  k: v\n", "\tk: v\n", "%YAML 1.2\n", "title:x\n", "? a\n: b\n", "x\r\n", "]\n",
]  # fmt: skip


def header(chance: random.Random) -> str:
    """A few lines of front matter, right or wrong, at times with one character changed."""
    text = ""
    for _ in range(chance.randint(1, 6)):
        draw = chance.random()
        if draw < 0.62:
            key = chance.choice(_KEYS[:8] if chance.random() < 0.8 else _KEYS)
            colon = chance.choice([": "] * 14 + [":", ":  ", ":\t", " : ", ":\n  ", ":\n"])
            value = chance.choice(_VALUES)
            if chance.random() < 0.2:
                value += chance.choice(["", " "]) + chance.choice(_VALUES)
            text += key + colon + value + chance.choice(["\n"] * 12 + ["\n\n", " \n", "\r\n"])
        elif draw < 0.8:
            items = [
                chance.choice([" - ", "  - ", "- "]) + chance.choice(_VALUES) + "\n"
                for _ in range(chance.randint(1, 3))
            ]
            text += "categories: \n" + "".join(items)
        else:
            text += chance.choice(_LINES)
    if chance.random() < 0.15:
        at = chance.randrange(len(text))
        new = chance.choice(["", *" \t\n:'\"[]{},#-?|>&*!%@`\\"])
        text = text[:at] + new + text[at + (new == "") :]
    return text


def headers(seed: int, count: int) -> list[str]:
    """As many headers, the same for the same seed."""
    chance = random.Random(seed)
    return [header(chance) for _ in range(count)]


_FENCES = [
    "---", "---\n", "\n---\n", "----", "+++\n", ";;;", "\n;;;\n", "\n...\n", "title: x\n", "\n", "\r\n", "\r",
    "\r\n---\r\n", " ", "\t", "\ufeff", "{", "}", '"a": 1', "# c\n", "- x\n", "<p>hi</p>\n", "<!--", "-->", "json",
    "yaml", "JSON", "--- title: y\n", "\u2028", "\x85", "\xa0", "text --- text\n",
]  # fmt: skip


def files(seed: int, count: int) -> list[str]:
    """Texts with fences of all kinds, the same for the same seed."""
    chance = random.Random(seed)
    openings = ["---\n", "---\r\n", "\ufeff---\n", "--- \n", "", "", ""]
    return [
        chance.choice(openings) + "".join(chance.choices(_FENCES, k=chance.randint(1, 9)))
        for _ in range(count)
    ]


_DAYS = [
    "{y}-{m}-{d}", "{y}/{m}/{d}", "{d} {n} {y}", "{n} {d}, {y}", "{n} {d} {y}", "{d}/{m}/{y}", "{y}.{m}.{d}",
    "{y}{m}{d}", "{d}-{n}-{y}", "{y}年{m}月{d}日", "{d} {n}", "Thu, {d} {n} {y}", "{d}th {n} {y}", "tomorrow", "",
]  # fmt: skip
_TIMES = [
    "", " 14:50:58", "T14:50:58", " 14:50", " 1:02:03", " 24:00:00", " 25:00", " 10:30 AM", " 7pm", " 14:50:58.123",
    ", 14:50", "  14:50:58", " 1450",
]  # fmt: skip
_ZONES = [
    "",
    "",
    "Z",
    " GMT",
    " +0800",
    "+08:00",
    " EST",
    " UTC+8",
    " GMT+0800 (CST)",
    "-0500",
    " JST",
    "[x]",
]


def dates(seed: int, count: int) -> list[str]:
    """Dates as people and programs write them, the same for the same seed."""
    chance = random.Random(seed)
    return [
        (chance.choice(_DAYS) + chance.choice(_TIMES) + chance.choice(_ZONES)).format(
            y=chance.choice(["2021", "1999", "21"]),
            m=chance.choice(["12", "02", "2", "13"]),
            n=chance.choice(["Dec", "December", "feb"]),
            d=chance.choice(["02", "2", "30", "31", "32"]),
        )
        for _ in range(count)
    ]


def node(script: str, texts: list[str], package: str) -> list[object]:
    """Run a JavaScript function body of ``t`` on each text, with ``package`` as ``lib``."""
    folder = generators_folder() / package
    if shutil.which("node") is None or not folder.is_dir():
        pytest.skip(f"node or {package} is not installed")
    program = f"""
    const lib = require({json.dumps(str(folder.resolve()))});
    const run = t => {{ {script} }};
    require("readline").createInterface({{input: process.stdin}}).on("line", line => {{
      let out; try {{ out = run(JSON.parse(line)) }} catch (error) {{ out = {{error: String(error.message)}} }}
      console.log(JSON.stringify(out === undefined ? null : out)); }});"""
    return _each(["node", "-e", program], texts)


def ruby(script: str, texts: list[str]) -> list[object]:
    """Run a Ruby expression of ``t`` on each text."""
    if shutil.which("ruby") is None:
        pytest.skip("ruby is not installed")
    program = f"""require "json"; require "psych"; require "time"; require "date"
    STDIN.each_line {{ |line| t = JSON.parse("[" + line + "]")[0]
      out = begin; {script}
      rescue StandardError => e; {{error: e.message.to_s.scrub}} end
      puts JSON.generate([out])[1..-2] }}"""
    return _each(["ruby", "-E", "utf-8", "-e", program], texts)


def _each(command: list[str], texts: list[str]) -> list[object]:
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    environment = {"TZ": "UTC", "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    program = shutil.which(command[0])
    if program is not None:
        environment["PATH"] = f"{Path(program).parent}:{environment['PATH']}"
    done = subprocess.run(
        command,
        input=lines.encode(),
        stdout=subprocess.PIPE,
        check=True,
        env=environment,
        timeout=120,
    )
    out = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    assert len(out) == len(texts)
    return out
