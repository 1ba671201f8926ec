import type { ModelFile } from '../../src/views/glance/contract.ts';
import { element } from '../element.ts';
import { counted } from '../format.ts';
import { findingItem } from '../sections/findings.ts';

type LayerRow = ModelFile['layers'][number];

const mostNames = 12;

/** The layers of a model in a table: shapes, and how many steps of the input one position can read. */
export function layersBody(model: ModelFile): { words: string; parts: HTMLElement[] } {
  const { layers, more, findings, steps } = model;
  const widest = steps ?? Math.max(1, ...layers.map(({ receptiveField }) => receptiveField.size ?? 1));
  const heads = ['Layer', 'Kind', 'Output', 'Map', 'Receptive field (steps)', 'Steps apart'];
  const parts = [
    element('p', { class: 'glance-line', id: 'classes' }, answerWords(model)),
    element('ul', { class: 'findings' }, ...findings.map(findingItem)),
    element(
      'div',
      { class: 'reading-scroll' },
      element(
        'table',
        { class: 'layers', id: 'layers' },
        element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head))),
        ...layers.map((layer) => row(layer, model, widest)),
      ),
    ),
    element('p', { class: 'glance-line dim', hidden: more === 0 }, `and ${counted(more, 'more layer')}`),
  ];
  return { words: inputWords(model), parts };
}

function row(layer: LayerRow, { noGradient, steps }: ModelFile, widest: number): HTMLElement {
  const { name, tensor, kind, marks, note, shape, rank, parts, receptiveField } = layer;
  const { size, jump } = receptiveField;
  const remarks = [...marks, ...(noGradient?.[name] === undefined ? [] : ['no gradient'])];
  const whole = parts.map(({ op }) => op).join(' + ');
  const notes = [note, noGradient?.[name]].filter((words) => words !== undefined);
  return element(
    'tr',
    { 'data-layer': name },
    element(
      'th',
      { scope: 'row' },
      name,
      tensor !== name && element('span', { class: 'dim tensor' }, tensor),
    ),
    element(
      'td',
      {},
      kind,
      remarks.length > 0 && element('span', { class: 'dim' }, ` · ${remarks.join(', ')}`),
      whole !== kind && parts.length > 1 && element('div', { class: 'dim' }, whole),
      ...notes.map((words) => element('div', { class: 'dim' }, words)),
    ),
    element('td', {}, shape.join(' × ')),
    element('td', {}, rank === 2 ? 'features × time' : 'time'),
    element('td', { class: 'reach' }, reach(size, steps, widest)),
    element('td', { class: 'number' }, size === null ? '–' : jump),
  );
}

/** How much of the input one position can read. */
function reach(size: number | null, steps: number | null, widest: number): HTMLElement {
  const bar = element('div', { class: 'reach-bar' });
  bar.style.width = `${100 * Math.min(1, (size ?? widest) / widest)}%`;
  const all = size === null || (steps !== null && size >= steps);
  const words = size === null ? 'all' : `${size}${all ? ' (all)' : ''}`;
  return element('div', { class: 'reach-row' }, element('span', {}, words), element('div', {}, bar));
}

function inputWords({ features, steps, layout, layers, more }: ModelFile): string {
  const time = steps === null ? 'any number of steps' : counted(steps, 'step');
  return `Input ${layout}: ${counted(features, 'feature')} × ${time} · ${counted(layers.length + more, 'layer')}`;
}

function answerWords({ classes, values }: ModelFile): string {
  const names = classes.slice(0, mostNames).join(', ');
  const count = values
    ? counted(classes.length, 'output that is a number', 'outputs that are numbers')
    : counted(classes.length, 'class', 'classes');
  return `${count}: ${names}${classes.length > mostNames ? ', …' : ''}`;
}
