import { formatNumber } from '../../src/format.ts';
import type { ReadAs, ReadingWay, Tried } from '../../src/views/panel/contract.ts';
import { button, element } from '../element.ts';
import { formatProbability } from '../format.ts';
import { firstTable } from './firstTable.ts';
import { shapeWords } from './words.ts';

/** One of the readings to choose from, with what it gives. */
export function wayCard(way: ReadingWay, index: number, take: () => void): HTMLElement {
  const { label, setting, tried } = way;
  return element(
    'section',
    { class: 'reading-way', 'aria-labelledby': `way-${index}` },
    element('h3', { id: `way-${index}` }, sentence(label)),
    ...preview(tried),
    element('p', { class: 'dim' }, 'attribution.json: ', element('code', {}, setting)),
    button(
      {
        class: `button ${index === 0 ? 'primary' : 'secondary'}`,
        id: `take-${index}`,
        disabled: tried?.kind === 'refused',
      },
      take,
      'Read It This Way',
    ),
  );
}

function preview(tried: Tried | null): HTMLElement[] {
  if (!tried) return [element('p', { class: 'dim' }, 'Reading it this way …')];
  if (tried.kind === 'refused') {
    return [element('p', { class: 'reading-fault' }, `It does not read this way: ${tried.sentence}`)];
  }
  const { plan, first } = tried.read;
  return [
    element('p', {}, element('b', {}, shapeWords(plan)), ` · ${maskWords(tried.read)}`),
    ...first.slice(0, 1).map((one) => firstTable(one, plan.features, plan.instances === 1)),
    element('p', {}, answerWords(tried.read)),
  ];
}

function maskWords({ plan, answer }: ReadAs): string {
  if (answer) return `${answer.real} of ${answer.steps} steps real`;
  return plan.mask === undefined ? 'the file does not say which steps are real' : `real steps: ${plan.mask}`;
}

function answerWords({ answer, fault }: ReadAs): string {
  if (answer?.isValue) return `The model says ${formatNumber(answer.p)} for ${answer.predicted}.`;
  if (answer) return `The model says ${answer.predicted} with p = ${formatProbability(answer.p)}.`;
  return fault === undefined ? '' : `The model does not take it: ${fault}`;
}

function sentence(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
