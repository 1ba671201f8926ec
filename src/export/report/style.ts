/** Light and dark by the reader's own setting; zones differ by texture too, not by colour alone. */
export const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1f2328, #d4d4d4); --soft: light-dark(#59636e, #9d9d9d);
  --line: light-dark(#d1d9e0, #3c3c3c); --card: light-dark(#f6f8fa, #252526); --real: #1f78b4; --mixed: #e0a030;
  --empty: light-dark(#b8bec5, #6b6b6b); --good: #2e8b57; --warn: #c77700; --bad: #c43d3d; }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: var(--ink); background: light-dark(#fff, #1e1e1e);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; } .soft { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem; }
.card { border: 1px solid var(--line); border-left: 4px solid var(--soft); background: var(--card); padding: .7rem 1rem; }
.card h2 { margin: 0; font-size: .85rem; font-weight: 400; color: var(--soft); } .card strong { font-size: 1.15rem; }
.good { border-left-color: var(--good); } .warn { border-left-color: var(--warn); } .bad { border-left-color: var(--bad); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; } svg { max-width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 11px; }
pre { background: var(--card); border: 1px solid var(--line); padding: .7rem 1rem; overflow-x: auto; }
p, li { overflow-wrap: anywhere; }
@media (max-width: 44rem) { table { display: block; overflow-x: auto; } }
`;
