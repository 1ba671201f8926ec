import { methodLabel } from '../../src/attribution/methods.ts';
import { optionWords } from '../../src/attribution/optionText.ts';
import { SWITCH_NAMES, SWITCHES } from '../../src/attribution/switches.ts';
import { targetTitle } from '../../src/attribution/targetTitle.ts';
import { formatNumber, formatShare } from '../../src/format.ts';
import { type Comparison, sameClass } from '../../src/runs/comparison.ts';
import { paddingShare, type RunFacts } from '../../src/runs/run.ts';
import type { RunPair } from '../../src/views/panel/contract.ts';
import { element } from '../element.ts';
import { counted, formatProbability } from '../format.ts';
import { lastPart, shortTime } from '../runs/words.ts';
import { agreement } from './agreement.ts';

type Line = readonly [id: string, name: string, a: string, b: string, difference: string];

/** The numbers of both runs beside each other, then what was picked; where the picks differ, a sign says so. */
export function numbers({ a, b }: RunPair, { correlation, steps }: Comparison): HTMLElement {
  const [mapA, mapB] = [a.map, b.map];
  const rows = [...answers(a.facts, b.facts), ...shares(a.facts, b.facts)];
  const r =
    correlation === null
      ? 'not defined'
      : `${correlation.toFixed(2).replace('-', '−')} over ${counted(steps, 'real step')}`;
  return element(
    'div',
    { class: 'compare-numbers' },
    table('compare-numbers', rows, [
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, 'correlation of the maps'),
        element('td', { class: 'number', colspan: 3, 'data-number': 'correlation' }, r),
      ),
      ...(steps > 0 ? [agreementRow(agreement(mapA, mapB))] : []),
    ]),
    table('compare-picks', picks(a.facts, b.facts), []),
  );
}

function agreementRow(words: string): HTMLElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, 'agreement of the ranks'),
    element('td', { class: 'number', colspan: 3, 'data-number': 'agreement' }, words),
  );
}

function answers(a: RunFacts, b: RunFacts): Line[] {
  const same = sameClass(a, b);
  const answer = ({ predicted, values }: RunFacts) =>
    `${predicted.name} ${values ? formatNumber(predicted.p) : formatProbability(predicted.p)}`;
  const lines: Line[] = [['predicted', 'predicted', answer(a), answer(b), '']];
  if (same && !a.values && !b.values) {
    const difference = signed(same.b - same.a, (size) => (size < 0.0005 ? '< 0.001' : size.toFixed(3)));
    lines.push(['p', `p(${same.name})`, formatProbability(same.a), formatProbability(same.b), difference]);
  }
  return lines;
}

function shares(a: RunFacts, b: RunFacts): Line[] {
  const line = (id: string, name: string, share: (facts: RunFacts) => number): Line => [
    id,
    name,
    formatShare(share(a)),
    formatShare(share(b)),
    signed(share(b) - share(a), (size) => `${formatShare(size).replace(' %', '')} points`),
  ];
  return [
    line('padding', '|map| on padding', paddingShare),
    ...(['REAL', 'MIXED', 'EMPTY'] as const).map((zone) =>
      line(zone, `|map| on ${zone}`, (facts) => facts.shares[zone].map),
    ),
  ];
}

function signed(value: number, format: (size: number) => string): string {
  if (value === 0) return '0';
  return `${value > 0 ? '+' : '−'}${format(Math.abs(value))}`;
}

function picks(a: RunFacts, b: RunFacts): Line[] {
  const line = (id: string, name: string, of: (facts: RunFacts) => string, key = of): Line => [
    id,
    name,
    of(a),
    of(b),
    key(a) === key(b) ? '' : '≠',
  ];
  return [
    line(
      'when',
      'made',
      ({ at }) => shortTime(at),
      () => '',
    ),
    line(
      'file',
      'file',
      ({ file }) => lastPart(file),
      ({ file }) => file,
    ),
    line(
      'content',
      'its content',
      ({ content }) => content.replace(/^sha256:/, '').slice(0, 8),
      ({ content }) => content,
    ),
    line('instance', 'instance', ({ instance }) => instance.id),
    line(
      'model',
      'model',
      ({ model }) => lastPart(model.path),
      ({ model }) => model.hash,
    ),
    line(
      ...(['preprocess', 'preprocessing'] as const),
      ({ preprocess }) => preprocess?.slice(0, 8) ?? 'none',
      ({ preprocess }) => preprocess ?? '',
    ),
    line('layer', 'layer', ({ how }) => how.layer),
    line('class', 'explained', ({ target }) => targetTitle(target)),
    line('method', 'method', ({ how }) => methodLabel(how.method)),
    line('options', 'options', ({ how }) => optionWords(how.options ?? {}).join(', ') || 'none'),
    ...SWITCH_NAMES.map((name) => line(name, SWITCHES[name].label, ({ how }) => (how[name] ? 'on' : 'off'))),
    line('mask', 'mask', ({ mask }) => mask),
  ];
}

function table(id: string, lines: readonly Line[], more: readonly HTMLElement[]): HTMLElement {
  const head = ['', 'A', 'B', id === 'compare-numbers' ? 'B − A' : ''];
  return element(
    'table',
    { id },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...head.map((text) => element(text ? 'th' : 'td', text ? { scope: 'col' } : {}, text)),
      ),
    ),
    element(
      'tbody',
      {},
      ...lines.map(([name, label, a, b, difference]) =>
        element(
          'tr',
          { 'data-number': name, class: difference === '≠' ? 'differs' : undefined },
          element('th', { scope: 'row' }, label),
          element('td', {}, a),
          element('td', {}, b),
          element('td', { title: difference === '≠' ? 'A and B differ here' : undefined }, difference),
        ),
      ),
      ...more,
    ),
  );
}
