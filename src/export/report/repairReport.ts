import { count } from '../../format.ts';
import type { Unavailable } from '../../padding/audit.ts';
import { percent, two } from '../../padding/wording.ts';
import { judgedAs } from '../../repair/leftOver.ts';
import type { RepairFound, ZoneShares } from '../../repair/repairFound.ts';
import { chosenHelps, repairRows } from '../../repair/rows.ts';
import type { Candidate, Standing } from '../../repair/standing.ts';
import { Html, html } from '../../surfaces/html.ts';
import { rateBar, zoneBar, zonePatterns } from './figures.ts';
import { mapPairs } from './mapPairs.ts';
import { STYLE } from './style.ts';

/** A repair as one HTML page that needs nothing else: no script, no font, no network. */
export function repairReport(found: RepairFound, out: string | null): string {
  const { provenance: made, judgedOn, zones } = found;
  const judged =
    judgedOn.folds > 0
      ? `by ${judgedOn.folds} folds: every instance by a repair that has not learnt from it`
      : 'by repairs of another file';
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Repair: ${fileName(made.model)}</title><style>${new Html(STYLE)}</style></head><body>${zonePatterns()}
<h1>Repair</h1>
<p>${fileName(made.model)} on ${fileName(made.data)}: ${count(judgedOn.instances, 'instance')}, judged ${judged}, each as ${judgedAs(found)}.</p>
<div class="cards"><section class="card ${chosenHelps(found) ? 'good' : 'warn'}"><h2>Chosen</h2><strong>${found.chosen ?? 'nothing helped'}</strong><p>${found.reason}</p></section></div>
${found.after ? html`<h2>Before and after</h2>${beforeAfter(found)}` : html``}
<h2>What was tried</h2>${candidates(found)}
${'unavailable' in zones ? html`` : html`<h2>Where the maps lie at ${zones.layer}</h2><p class="soft">Before</p>${zoneShares(zones.before)}<p class="soft">After</p>${zoneShares(zones.after)}`}
${mapPairs(found)}
<ul>${found.notes.map((note) => html`<li>${note}</li>`)}</ul>
<p>${out === null ? 'No model was written.' : `The repaired model: ${fileName(out)}.`}</p>
<p class="soft">Model sha-256 ${made.modelHash}, data sha-256 ${made.dataHash}, ${made.runtime}, Attribution Lens ${made.version}, seed ${found.seed}.</p>
</body></html>
`.text;
}

function beforeAfter(found: RepairFound): Html {
  const [heads, ...rows] = repairRows(found);
  return html`<table><thead><tr>${heads!.map((cell) => html`<th>${cell}</th>`)}</tr></thead><tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}

function candidates({ before, candidates: all }: RepairFound): Html {
  const row = (name: string, one: Standing, said: string) =>
    html`<tr><td>${name}</td><td>${rate(one.accuracy)}</td><td>${rate(one.lengthCrossed)}</td><td>${rate(one.layout)}</td><td>${rate(one.look)}</td><td class="number">${'unavailable' in one.lengthEvidence ? none(one.lengthEvidence) : two(one.lengthEvidence.value)}</td><td>${said}</td></tr>`;
  const tried = (one: Candidate) =>
    'cannot' in one
      ? html`<tr><td>${one.name}</td><td colspan="6" class="soft">Not tried. ${one.cannot}</td></tr>`
      : row(one.name, one, [one.why, ...one.notes].join(' '));
  return html`<table><thead><tr><th>Repair</th><th>Accuracy</th><th>Length crossed</th><th>Layout flips</th><th>Look flips</th><th class="number">Length evidence</th><th>Rule</th></tr></thead><tbody>${row('as trained', before, '')}${all.map(tried)}</tbody></table>`;
}

function rate(one: Standing['layout'] | Standing['accuracy']): Html {
  if ('unavailable' in one) return none(one);
  return html`${rateBar(one.value, one.interval)} ${percent(one.value)}`;
}

function none({ unavailable }: Unavailable): Html {
  return html`– <span class="soft">${unavailable}</span>`;
}

function zoneShares(shares: ZoneShares | Unavailable): Html {
  if ('unavailable' in shares) return html`<p>${none(shares)}</p>`;
  const { REAL, MIXED, EMPTY } = shares;
  return zoneBar({ REAL: REAL.value, MIXED: MIXED.value, EMPTY: EMPTY.value });
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
