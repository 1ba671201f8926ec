import { formatNumber } from '../../src/format.ts';
import { FEW, type Overview } from '../../src/overview/overview.ts';
import { columnName } from '../../src/overview/words.ts';
import { counted } from '../format.ts';
import type { Cell } from '../map/cell.ts';
import { FieldReadout } from '../sections/fieldReadout.ts';
import { groupOf, type Shown } from './shown.ts';

const fields = ['feature', 'position', 'mean', 'standard error', 'instances'] as const;
type Field = (typeof fields)[number];

/** The numbers of one cell of the mean map, in a place that is kept free for them. */
export class MeanReadings {
  readonly #readout = new FieldReadout('div', 'dataset', 'mean', fields);
  readonly root = this.#readout.root;

  show(overview: Overview | null, shown: Shown | null, cell: Cell | null, speak: boolean): void {
    this.#readout.tell(overview && shown && cell ? readings(overview, shown, cell) : null, speak);
  }
}

function readings(overview: Overview, shown: Shown, { step, feature }: Cell): Record<Field, string> {
  const { alignment, scale } = shown;
  const { rows, columns, mean, error, n } = groupOf(overview, shown).maps[alignment][scale];
  const i = (rows > 1 ? (feature ?? 0) : 0) * columns + step;
  const text = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '–' : formatNumber(value);
  const { stepsPerColumn } = overview;
  const unit = alignment === 'relative' ? '' : 'step ';
  return {
    feature: rows > 1 ? (overview.features?.[feature ?? 0] ?? '–') : 'all',
    position: `${unit}${columnName({ alignment, columns, stepsPerColumn }, step)}`,
    mean: text(mean[i]),
    'standard error': text(error[i]),
    instances: `${n[step]}${n[step]! < FEW ? ' (few)' : ''}`,
  };
}

/** What the hatching means. */
export function thinWords(columns: number): string {
  return columns === 0
    ? `Every column rests on ${FEW} instances or more.`
    : `${counted(columns, 'column')} ${columns === 1 ? 'rests' : 'rest'} on fewer than ${FEW} instances: hatched, and left out of the colour range.`;
}
