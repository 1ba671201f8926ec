import { count } from '../../format.ts';
import type { Advice, Audit, CarrierResult, LayerFacts, ValuesAudit } from '../../padding/audit.ts';
import { interventionName } from '../../padding/interventionNames.ts';
import { labelsSaid } from '../../padding/labelsSaid.ts';
import { repairCommand, tryWords } from '../../padding/repairCommand.ts';
import { changeWords, leftOutWords, sdWords } from '../../padding/values/valueWords.ts';
import { type Card, cardsOf } from '../../padding/verdicts/cards.ts';
import { whyNone } from '../../padding/whyNone.ts';
import { estimateWords, interval, percent, stepsWithPadding } from '../../padding/wording.ts';
import { Html, html } from '../../surfaces/html.ts';
import { lengthScatter, rateBar, sweepCurve, zoneBar, zonePatterns } from './figures.ts';
import { evidenceSection, splitSection } from './lengthSections.ts';
import { STYLE } from './style.ts';

/** The whole audit as one HTML page that needs nothing else: no script, no font, no network. */
export function auditReport(audit: Audit): string {
  const { provenance: made } = audit;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Padding audit: ${fileName(made.data)}</title><style>${new Html(STYLE)}</style></head><body>${zonePatterns()}
<h1>Padding audit</h1>
<p>${fileName(made.data)} with ${fileName(made.model)}: ${count(audit.instances.length, 'instance')}, ${audit.values ? audit.values.output : `${audit.classes.length} classes`}, ${stepsWithPadding(audit)}.${audit.values ? '' : accuracy(audit)}</p>
<div class="cards">${cardsOf(audit).map(card)}</div>
${audit.values ? '' : html`<h2>What to do</h2>${advice(audit)}`}
<h2>Where the maps lie</h2>${audit.maps.map((facts) => layer(facts, audit.values ? 'output' : 'class'))}
<h2>Does the answer survive other padding?</h2>${audit.values ? valuesSection(audit.values) : classesSections(audit)}
<h2>Preprocessing</h2><ul>${audit.preprocessing.map((finding) => html`<li>${finding.sentence}</li>`)}</ul>
<p class="soft">Model ${fileName(made.model)} (sha-256 ${made.modelHash}), ${made.runtime}, Attribution Lens ${made.version}, seed ${audit.seed}.</p>
</body></html>
`;
  return page.text;
}

function classesSections(audit: Audit): Html {
  return html`${audit.instances.length === 1 ? oneAnswer(audit.carrier) : carrier(audit.carrier)}
<h2>Probability against padded length</h2>${'unavailable' in audit.lengthSweep ? html`<p>${audit.lengthSweep.unavailable}</p>` : sweepCurve(audit.lengthSweep)}
${evidenceSection(audit)}${splitSection(audit)}
<h2>Every instance</h2><p class="soft">Length against the share of the map on padding; a cross flips under some intervention.</p>${lengthScatter(audit.instances, audit.steps)}`;
}

function valuesSection(values: ValuesAudit): Html {
  const rows = values.changes.map(
    (change) =>
      html`<tr><td>${interventionName(change.intervention)}</td><td>${changeWords(change)}</td></tr>`,
  );
  return html`<p>${sdWords(values)}</p><table><thead><tr><th>Padding</th><th>Change of the output</th></tr></thead><tbody>${rows}</tbody></table><p class="soft">${leftOutWords(values)}</p>`;
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function accuracy(audit: Audit): string {
  const { accuracy: value, balancedAccuracy } = audit;
  if (value === null || balancedAccuracy === null) return ` Of the file: ${labelsSaid(audit)}.`;
  return ` Accuracy ${estimateWords(value, percent)}, balanced ${estimateWords(balancedAccuracy, percent)}.`;
}

function card({ title, answer, reason, tone }: Card): Html {
  return html`<section class="card ${tone === 'open' ? '' : tone}"><h2>${title}</h2><strong>${answer}</strong><p>${reason}</p></section>`;
}

function advice(audit: Audit): Html {
  if (audit.advice.length === 0) return html`<p>Nothing found that asks for a change.</p>`;
  const snippet = (one: { language: string; code: string }) =>
    html`<p class="soft">${one.language}</p><pre>${one.code}</pre>`;
  const files = { model: fileName(audit.provenance.model), data: fileName(audit.provenance.data) };
  const offer = (one: Advice) => {
    const command = repairCommand(one, files);
    return command === null ? '' : html`<p class="soft">${tryWords(one)}</p><pre>${command}</pre>`;
  };
  return html`${audit.advice.map((one) => html`<p>${one.sentence}</p><p class="soft">Rests on: ${one.basis}</p>${offer(one)}${(one.snippets ?? []).map(snippet)}`)}`;
}

function layer(facts: LayerFacts, one: string): Html {
  const map = facts.zoneShare.gradcam_abs!;
  const flat = facts.plateau
    ? `Plateau: sd ${facts.plateau.stdOverMax.toFixed(3)} and level ${facts.plateau.levelOverMax.toFixed(2)} of the maximum (${count(facts.plateau.n, 'instance')}).`
    : '';
  const same =
    facts.degeneracy.cause === 'none'
      ? ''
      : ` One map for every ${one} (${facts.degeneracy.cause}, |r| ${facts.degeneracy.mean.toFixed(4)}).`;
  const positions = html`<h3>${facts.layer}</h3><p class="soft">Positions</p>${zoneBar(facts.positions)}`;
  if (map.maps === 0) return html`${positions}<p>Every map is zero at this layer.${same}</p>`;
  return html`${positions}<p class="soft">|Grad-CAM|</p>${zoneBar(map)}
<p>REAL ${percent(map.REAL)}, MIXED ${percent(map.MIXED)}, EMPTY ${percent(map.EMPTY)} of the map. ${flat}${same}</p>`;
}

/** One instance has no rates: what becomes of its answer. */
function oneAnswer(results: readonly CarrierResult[]): Html {
  const none = whyNone(results);
  if (none) return html`<p>${none}</p>`;
  const rows = results.map((result) =>
    'unavailable' in result
      ? html`<tr><td>${interventionName(result.intervention)}</td><td colspan="2" class="soft">${result.unavailable}</td></tr>`
      : html`<tr><td>${interventionName(result.intervention)}</td><td>${result.flipped[0] ? 'flips' : 'holds'}</td><td class="number">${result.worst.dp.toFixed(3)}</td></tr>`,
  );
  return html`<table><thead><tr><th>Padding</th><th>Answer</th><th class="number">Δp</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function carrier(results: readonly CarrierResult[]): Html {
  const none = whyNone(results);
  if (none) return html`<p>${none}</p>`;
  const rows = results.map((result) =>
    'unavailable' in result
      ? html`<tr><td>${interventionName(result.intervention)}</td><td colspan="4" class="soft">${result.unavailable}</td></tr>`
      : html`<tr><td>${interventionName(result.intervention)}</td><td class="number">${percent(result.flipRate.value)}</td><td>${rateBar(result.flipRate.value, result.flipRate.interval)} ${interval(result.flipRate.interval, percent)}</td><td class="number">${result.meanAbsDp.value.toFixed(3)}</td><td>${result.worst.id}</td></tr>`,
  );
  return html`<table><thead><tr><th>Padding</th><th class="number">Flips</th><th>95 % interval</th><th class="number">Mean |Δp|</th><th>Largest change</th></tr></thead><tbody>${rows}</tbody></table>`;
}
