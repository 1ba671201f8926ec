import type { Zone } from '../../attribution/explanation.ts';
import type { AuditedInstance, SweepPoint } from '../../padding/audit.ts';
import { percent } from '../../padding/wording.ts';
import { drawn, type Html, html } from '../../surfaces/html.ts';

const WIDTH = 640;

/** REAL | MIXED | EMPTY as one bar; MIXED is striped and EMPTY dotted so that grey print still tells them apart. */
export function zoneBar(shares: Readonly<Record<Zone, number>>): Html {
  let left = 0;
  const pieces = (['REAL', 'MIXED', 'EMPTY'] as const).map((zone) => {
    const width = WIDTH * (shares[zone] || 0);
    const piece = html`<rect x="${left}" y="0" width="${width}" height="16" fill="url(#${zone})"><title>${zone} ${percent(shares[zone])}</title></rect>`;
    left += width;
    return piece;
  });
  return html`<svg viewBox="0 0 ${WIDTH} 16" role="img" aria-label="REAL ${percent(shares.REAL)}, MIXED ${percent(shares.MIXED)}, EMPTY ${percent(shares.EMPTY)}">${pieces}</svg>`;
}

/** Fill patterns of the zones; once per page. */
export function zonePatterns(): Html {
  return html`<svg width="0" height="0" aria-hidden="true"><defs>
<pattern id="REAL" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="var(--real)"/></pattern>
<pattern id="MIXED" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="var(--mixed)"/><rect width="3" height="8" fill="rgba(0,0,0,.35)"/></pattern>
<pattern id="EMPTY" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="var(--empty)"/><circle cx="3" cy="3" r="1.2" fill="rgba(0,0,0,.45)"/></pattern>
</defs></svg>`;
}

/** A rate with its interval on a scale of 0 to 1. */
export function rateBar(value: number, interval: readonly [number, number]): Html {
  const x = (share: number) => 120 * share;
  return html`<svg width="130" height="14" viewBox="-2 0 130 14" aria-hidden="true"><rect x="0" y="4" width="${x(value)}" height="6" fill="var(--real)"/><path d="M${x(interval[0])} 7 H${x(interval[1])} M${x(interval[0])} 3 V11 M${x(interval[1])} 3 V11" stroke="var(--ink)" fill="none"/></svg>`;
}

/** p of the originally predicted class against padded length, with the 95 % band. */
export function sweepCurve(sweep: readonly SweepPoint[]): Html {
  const [first, last] = [sweep[0]!.steps, sweep.at(-1)!.steps];
  const x = (steps: number) => 40 + ((WIDTH - 60) * (steps - first)) / Math.max(1, last - first);
  const y = (p: number) => 10 + 150 * (1 - p);
  const line = sweep.map((point) => `${x(point.steps)},${y(point.probability.value)}`).join(' ');
  const upper = sweep.map((point) => `${x(point.steps)},${y(point.probability.interval[1])}`);
  const lower = sweep.toReversed().map((point) => `${x(point.steps)},${y(point.probability.interval[0])}`);
  return html`<svg viewBox="0 0 ${WIDTH} 190" role="img" aria-label="Probability against padded length">
<polygon points="${drawn([...upper, ...lower].join(' '))}" fill="var(--real)" opacity=".2"/><polyline points="${drawn(line)}" fill="none" stroke="var(--real)" stroke-width="2"/>
<path d="M40 10 V160 H${WIDTH - 20}" stroke="var(--line)" fill="none"/><text x="4" y="14">p = 1</text><text x="4" y="164">0</text>
<text x="40" y="180">${first} steps</text><text x="${WIDTH - 90}" y="180">${last} steps</text></svg>`;
}

/** Length × share of the map on padding, one mark per instance; crosses flip under some intervention. */
export function lengthScatter(instances: readonly AuditedInstance[], steps: number): Html {
  const x = (length: number) => 40 + ((WIDTH - 60) * length) / steps;
  const y = (share: number) => 10 + 150 * (1 - share);
  const marks = instances.map((one) => {
    const [cx, cy] = [x(one.length), y(one.paddingShare)];
    const title = html`<title>${one.id}: ${one.length} steps, ${percent(one.paddingShare)} of the map on padding${one.flips.length ? `, flips under ${one.flips.join(', ')}` : ''}</title>`;
    return one.flips.length
      ? html`<path d="M${cx - 4} ${cy - 4} l8 8 M${cx - 4} ${cy + 4} l8 -8" stroke="var(--bad)" stroke-width="2">${title}</path>`
      : html`<circle cx="${cx}" cy="${cy}" r="3.5" fill="none" stroke="var(--real)" stroke-width="1.5">${title}</circle>`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} 190" role="img" aria-label="Length against padding share per instance">
<path d="M40 10 V160 H${WIDTH - 20}" stroke="var(--line)" fill="none"/>${marks}<text x="0" y="14">100 %</text><text x="14" y="164">0</text>
<text x="40" y="180">0 steps</text><text x="${WIDTH - 90}" y="180">${steps} steps</text></svg>`;
}
