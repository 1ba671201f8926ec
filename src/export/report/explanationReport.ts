import type { Explanation } from '../../attribution/explanation.ts';
import { METHODS } from '../../attribution/methods.ts';
import { optionWords } from '../../attribution/optionText.ts';
import { count, formatNumber, formatShare } from '../../format.ts';

import { zoneMeaning } from '../../padding/zoneRuns.ts';
import { drawn, Html, html } from '../../surfaces/html.ts';
import { svgText } from '../../surfaces/svg.ts';
import { pictureSvg } from '../picture/pictureSvg.ts';
import { answer, choices, fileName, mapName, probability } from '../picture/words.ts';
import { zoneBar, zonePatterns } from './figures.ts';
import { strongestCells, strongestFeatures } from './strongest.ts';
import { STYLE } from './style.ts';

/** Classes listed, most probable first. */
const MOST_CLASSES = 20;
const ZONES = ['REAL', 'MIXED', 'EMPTY'] as const;

/** For paper: nothing is cut in two, and what is grey on a screen is black. */
const PRINT = `
.map { width: 100%; height: auto; display: block; } .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 0 2.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.warning::before { content: "Warning: "; font-weight: 600; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } h2 { break-after: avoid; } table, .card, figure, li { break-inside: avoid; } }
`;

/** One explanation as an HTML page that needs nothing else: no script, no font, no network; to be read, printed, passed on. */
export function explanationReport(explanation: Explanation, rangeWithoutPadding = true): string {
  const { instance, prediction, padding, map, shares, findings } = explanation;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${text(mapName(explanation))}: ${text(instance.id)}</title><style>${new Html(STYLE + PRINT)}</style></head><body>${zonePatterns()}
<h1>${text(mapName(explanation))}</h1>
<p>${text([answer(explanation), ...choices(explanation)].join(' · '))}</p>
<figure style="margin:1rem 0">${picture(explanation, rangeWithoutPadding)}</figure>
<div class="two"><section><h2>Answer</h2>${classes(prediction)}</section>
<section><h2>Where the map lies</h2>${
    map.values.every((value) => value === 0)
      ? html`<p>The map is zero everywhere.</p>`
      : html`<p class="soft">Share of |map|</p>${zoneBar(zonesOf(shares, 'map'))}`
  }<p class="soft">Share of the positions</p>${zoneBar(zonesOf(shares, 'positions'))}
<table><thead><tr><th>Zone</th><th class="number">|map|</th><th class="number">Positions</th></tr></thead><tbody>${ZONES.map(
    (zone) =>
      html`<tr><td>${zone}: ${zoneMeaning[zone]}</td><td class="number">${formatShare(shares[zone].map)}</td><td class="number">${formatShare(shares[zone].positions)}</td></tr>`,
  )}</tbody></table><p class="soft">${padding.length} of ${map.columns} steps are real (${text(padding.origin)}). The share on padding is information, not a verdict: models that use only content and models that use only length can have the same one.</p></section></div>
${strongest(explanation)}
<h2>Findings</h2>${
    findings.length === 0
      ? html`<p>None.</p>`
      : html`<ul>${findings.map(({ severity, sentence }) => html`<li class="${severity}">${text(sentence)}</li>`)}</ul>`
  }
${reading(explanation)}
<h2>Where it comes from</h2>${origin(explanation)}
</body></html>
`;
  return page.text;
}

/** Light or dark as the reader's screen is; an image of its own, so that its styles stay in it. */
function picture(explanation: Explanation, rangeWithoutPadding: boolean): Html {
  const source = (ground: 'light' | 'dark') =>
    `data:image/svg+xml;base64,${Buffer.from(pictureSvg(explanation, ground, rangeWithoutPadding)).toString('base64')}`;
  return html`<picture><source media="(prefers-color-scheme: dark)" srcset="${drawn(source('dark'))}"><img class="map" alt="${text(`${mapName(explanation)}: ${answer(explanation)}`)}" src="${drawn(source('light'))}"></picture>`;
}

/** The outputs that are numbers, in their order, around the one that is explained. */
function outputs({ logits, predicted, classes: names }: Explanation['prediction']): Html {
  const first = Math.max(0, Math.min(predicted - MOST_CLASSES / 2, names.length - MOST_CLASSES));
  const rows = names
    .slice(first, first + MOST_CLASSES)
    .map(
      (name, at) =>
        html`<tr><td>${text(name)}${first + at === predicted ? ' (explained)' : ''}</td><td class="number">${formatNumber(logits[first + at]!)}</td></tr>`,
    );
  const more = names.length - rows.length;
  return html`<table><thead><tr><th>Output</th><th class="number">Value</th></tr></thead><tbody>${rows}</tbody></table>${more > 0 ? html`<p class="soft">and ${more} more</p>` : undefined}`;
}

function classes(prediction: Explanation['prediction']): Html {
  const { logits, probabilities, predicted, classes: names } = prediction;
  if (!probabilities) return outputs(prediction);
  const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
  const rows = order
    .slice(0, MOST_CLASSES)
    .map(
      (index) =>
        html`<tr><td>${text(names[index] ?? `class ${index}`)}${index === predicted ? ' (predicted)' : ''}</td><td class="number">${formatNumber(logits[index]!)}</td><td class="number">${probability(probabilities[index]!)}</td></tr>`,
    );
  const more = order.length - rows.length;
  return html`<table><thead><tr><th>Class</th><th class="number">Logit</th><th class="number">p</th></tr></thead><tbody>${rows}</tbody></table>${more > 0 ? html`<p class="soft">and ${more} more</p>` : undefined}`;
}

function strongest(explanation: Explanation): Html {
  const cells = strongestCells(explanation, 10);
  if (cells.length === 0) return html``;
  const named = cells.some(({ feature }) => feature !== undefined);
  const cellRows = cells.map(
    ({ feature, step, line, zone, value }) =>
      html`<tr>${named ? html`<td>${text(feature ?? '')}</td>` : undefined}<td class="number">${step}</td><td class="number">${line || '–'}</td><td>${zone ?? '–'}</td><td class="number">${formatNumber(value)}</td></tr>`,
  );
  const features = strongestFeatures(explanation, 10).map(
    ({ feature, share }) =>
      html`<tr><td>${text(feature)}</td><td class="number">${formatShare(share)}</td></tr>`,
  );
  return html`<div class="two"><section><h2>Strongest cells</h2><table><thead><tr>${named ? html`<th>Feature</th>` : undefined}<th class="number">Step</th><th class="number">Line</th><th>Zone</th><th class="number">Attribution</th></tr></thead><tbody>${cellRows}</tbody></table></section>${
    features.length > 0
      ? html`<section><h2>Strongest features</h2><table><thead><tr><th>Feature</th><th class="number">Share of |map| on real steps</th></tr></thead><tbody>${features}</tbody></table></section>`
      : undefined
  }</div>`;
}

function reading({ how, layer, native, prediction }: Explanation): Html {
  const facts = METHODS.find(({ id }) => id === how.method);
  const { size, jump } = layer.receptiveField;
  const one = prediction.values ? 'output' : 'class';
  const centres =
    jump > 1
      ? ` The layer has ${native.columns} positions, one per ${jump} steps; the map is drawn by their centres, with straight lines between.`
      : '';
  return html`<h2>How to read it</h2><ul>
<li>${facts ? `${facts.label} (${facts.paper}): ${facts.formula}. ${facts.caveat}` : how.method}</li>
<li>The numbers say ${prediction.values ? 'what speaks for a higher output' : "what speaks for the class's logit, before any softmax"}; they are not normalised, only the colours are. Attribution says what the model used, not what is true of the data.</li>
<li>One position of ${text(layer.name)} reads ${size === null ? 'all steps' : count(size, 'step')}: a map position is not an input step.${centres}</li>
<li>REAL lies in the series. MIXED lies in the padding and still reads real steps, so cutting it off throws evidence away. EMPTY reads padding only.</li>
${layer.marks.includes('one-channel bottleneck follows') ? html`<li>A one-channel bottleneck follows this layer: CAM methods give every ${one} the same map up to a factor here, so it cannot say why this ${one} rather than another.</li>` : undefined}<li>Whether the answer depends on the padding is another question, which the padding audit answers.</li></ul>`;
}

function origin({ provenance, layer, instance, how, padding }: Explanation): Html {
  const { data, model, modelHash, runtime, version, preprocess } = provenance;
  const facts: [string, string | undefined][] = [
    ['Data', `${fileName(data)}, instance ${instance.id} (${instance.index + 1} of ${instance.of})`],
    ['Model', fileName(model)],
    ['SHA-256 of the model', modelHash],
    ['Layer', `${layer.name} (${layer.kind}), tensor ${layer.tensor}`],
    ['Options of the method', optionWords(how.options ?? {}).join(', ') || undefined],
    ['Padding mask', padding.origin],
    ['SHA-256 of preprocessing script and data', preprocess],
    ['Runtime', runtime],
    ['Attribution Lens', version],
  ];
  return html`<dl>${facts.map(([name, value]) => (value === undefined ? html`` : html`<dt>${name}</dt><dd>${text(value)}</dd>`))}</dl>`;
}

function zonesOf(shares: Explanation['shares'], what: 'map' | 'positions') {
  return { REAL: shares.REAL[what], MIXED: shares.MIXED[what], EMPTY: shares.EMPTY[what] };
}

/** Names out of files may hold what a page cannot show. */
const text = svgText;
