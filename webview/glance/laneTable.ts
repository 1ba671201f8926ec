import { formatNumber } from '../../src/format.ts';
import type { SeriesGlance } from '../../src/views/glance/contract.ts';
import { element, label } from '../element.ts';

type Line = SeriesGlance['lines'][number];

/** Height of a lane in its own units. */
const height = 100;
const margin = 6;

/** A line of each feature over the same steps, with its numbers beside it; padding is striped. */
export function laneTable(series: SeriesGlance): HTMLElement {
  const { lines, length } = series;
  const heads = ['Low', 'Mean', 'High', 'Missing'];
  return element(
    'table',
    { class: 'lanes', id: 'lanes' },
    element(
      'tr',
      {},
      element('th', { scope: 'col' }, 'Feature'),
      element('th', { scope: 'col' }, `Steps 0–${length - 1}`),
      ...heads.map((head) => element('th', { scope: 'col', class: 'number' }, head)),
    ),
    ...lines.map((line) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row', title: line.name }, line.name),
        element('td', { class: 'lane' }, lane(line, series)),
        ...[line.low, line.mean, line.high].map((value) =>
          element('td', { class: 'number' }, value === null ? '–' : formatNumber(value)),
        ),
        element('td', { class: 'number' }, line.missing),
      ),
    ),
  );
}

function lane(line: Line, { length, padding }: SeriesGlance): HTMLElement {
  const words =
    line.low === null ? 'no numbers' : `from ${formatNumber(line.low)} to ${formatNumber(line.high!)}`;
  const box = element('div', { class: 'lane-box', role: 'img', 'aria-label': `${line.name}: ${words}` });
  for (const { from, to } of padding) {
    const stripe = element('div', { class: 'lane-padding' });
    stripe.style.left = `${(100 * from) / length}%`;
    stripe.style.width = `${(100 * (to - from)) / length}%`;
    box.append(stripe);
  }
  const svg = make('svg', { viewBox: `0 0 ${length} ${height}`, preserveAspectRatio: 'none' });
  svg.append(make('path', { d: path(line.points), 'vector-effect': 'non-scaling-stroke' }));
  box.append(svg);
  return box;
}

function make(tag: 'svg' | 'path', attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) label(made, name, value);
  return made;
}

/** Through the middle of each step; it breaks where there is no number. @param points step, value, step, value, … */
function path(points: Float64Array): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 1; at < points.length; at += 2) {
    const value = points[at]!;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const drawn: string[] = [];
  let isOn = false;
  for (let at = 0; at < points.length; at += 2) {
    const [step, value] = [points[at]!, points[at + 1]!];
    if (Number.isFinite(value)) {
      // Halves: the difference of two great numbers may be beyond all numbers.
      const share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
      const y = (height - margin - share * (height - 2 * margin)).toFixed(1);
      // A point alone is a dot: a line of no length with round ends.
      drawn.push(isOn ? `L${step + 0.5} ${y}` : `M${step + 0.5} ${y}h0`);
    }
    isOn = Number.isFinite(value);
  }
  return drawn.join('');
}
