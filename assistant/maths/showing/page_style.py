"""The style sheet of the page."""

STYLE = """
:root { --ink: #1c2126; --paper: #ffffff; --soft: #59636e; --line: #d8dee4; --panel: #f6f8fa;
  --proved: #1a7f37; --supported: #9a6700; --undecided: #8250df; --refuted: #cf222e;
  --neutral: #57606a; --curve0: #0969da; --curve1: #bc4c00; --curve2: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9da7b1;
  --line: #30363d; --panel: #161b22; --proved: #3fb950; --supported: #d29922;
  --undecided: #a371f7; --refuted: #f85149; --neutral: #8b949e; --curve0: #58a6ff;
  --curve1: #f0883e; --curve2: #3fb950; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui,
  "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2 { font-size: 1rem; font-weight: 600; color: var(--soft); letter-spacing: .04em;
  margin: 1.8rem 0 .5rem; }
h1 { margin-top: 0; }
h3 { font-size: 1rem; margin: 0; }
math { font-size: 1.12em; font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math",
  math, serif; }
.formula { overflow-x: auto; overflow-y: hidden; padding: .3rem 0; }
.formula math { display: block math; text-align: left; margin: 0; padding-left: 1.6rem;
  width: max-content; }
.pieces { display: block; padding-left: 3rem; text-indent: -1.4rem; }
.pieces span { display: inline-block; padding: .15rem 0; text-indent: 0; vertical-align: baseline; }
.formula .pieces math { display: inline math; padding: 0; }
.answer .formula .pieces { padding-left: 1.4rem; }
ol { list-style: none; margin: 0; padding: 0; }
.step { border-left: 3px solid var(--line); padding: .1rem 0 .1rem 1rem; margin: 0 0 1.1rem; }
.step.proved { border-color: var(--proved); }
.step.supported { border-color: var(--supported); }
.step.undecided { border-color: var(--undecided); }
.step.refuted { border-color: var(--refuted); }
.number { color: var(--soft); margin-right: .3em; font-variant-numeric: tabular-nums; }
.why { margin: .15rem 0; color: var(--soft); }
.why math { color: var(--ink); }
details { margin: .4rem 0; }
summary { cursor: pointer; color: var(--soft); font-size: .92rem; }
details > ol { margin: .6rem 0 0 .4rem; }
.mark { font-weight: 700; }
.mark.proved { color: var(--proved); }
.mark.supported { color: var(--supported); }
.mark.undecided { color: var(--undecided); }
.mark.refuted { color: var(--refuted); }
.mark.neutral { color: var(--neutral); }
.answer { background: var(--panel); border: 2px solid var(--line); border-radius: 8px;
  padding: .8rem 1.1rem; margin-top: 1.5rem; }
.answer.proved { border-color: var(--proved); }
.answer.supported { border-color: var(--supported); }
.answer.refuted { border-color: var(--refuted); }
.answer h2 { margin: 0; }
.answer .formula math { padding-left: 0; font-size: 1.25em; }
.said { font-size: 1.15em; font-weight: 600; margin: .3rem 0; }
.verdict { margin: .5rem 0 0; font-size: .92rem; }
.notes { margin: .8rem 0; font-size: .95rem; }
.notes ul { margin: .2rem 0; padding-left: 1.3rem; }
.legend { margin-top: 1.5rem; padding-top: .6rem; border-top: 1px solid var(--line);
  color: var(--soft); font-size: .85rem; }
.legend span + span { margin-left: .6em; }
.plot { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
.plot text { fill: var(--soft); }
.plot .rule { stroke: var(--line); }
.plot .axis { stroke: var(--ink); stroke-width: 1.4; }
.plot .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke: var(--curve0); }
.plot .c1 { stroke: var(--curve1); }
.plot .c2 { stroke: var(--curve2); }
.plot .key { stroke: var(--paper); stroke-width: 4; paint-order: stroke;
  font-size: 14px; fill: var(--curve0); }
.plot .key.c1 { fill: var(--curve1); }
.plot .key.c2 { fill: var(--curve2); }
.plot circle { fill: var(--refuted); stroke: var(--paper); stroke-width: 1.5; }
@media print { body { font-size: 11pt; } .step, .answer, .graph { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; } }
""".strip()
