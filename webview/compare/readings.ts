import { formatNumber } from '../../src/format.ts';
import { zoneAt } from '../../src/padding/zoneRuns.ts';
import type { RunMap } from '../../src/runs/run.ts';
import type { RunPair } from '../../src/views/panel/contract.ts';
import { formatSteps } from '../format.ts';
import type { Cell } from '../map/cell.ts';
import { FieldReadout } from '../sections/fieldReadout.ts';

const fields = ['feature', 'step', 'A', 'B', 'B − A', 'zone in A', 'zone in B'] as const;
type Field = (typeof fields)[number];

/** What both maps hold at the linked cursor, in a place that is kept free for it. */
export class Readings {
  readonly #readout = new FieldReadout('footer', 'compare', 'compared', fields);
  readonly root = this.#readout.root;

  show(pair: RunPair | null, cell: Cell | null, speak: boolean): void {
    this.#readout.tell(pair && cell ? readings(pair, cell) : null, speak);
  }
}

function readings({ a, b }: RunPair, cell: Cell): Record<Field, string> {
  const [ofA, ofB] = [valueAt(a.map, cell), valueAt(b.map, cell)];
  const { pooling, features, full } = a.map.rows > 1 ? a.map : b.map;
  const from = cell.step * pooling.columns;
  const text = (value: number | null) => (value === null ? '–' : formatNumber(value));
  return {
    feature: cell.feature === null ? 'all' : (features[cell.feature * pooling.rows] ?? '–'),
    step: formatSteps(from, Math.min(full.columns, from + pooling.columns)),
    A: text(ofA),
    B: text(ofB),
    'B − A': a.map.rows === b.map.rows && ofA !== null && ofB !== null ? text(ofB - ofA) : '–',
    'zone in A': zoneAt(a.map.zones, cell.step) ?? '–',
    'zone in B': zoneAt(b.map.zones, cell.step) ?? '–',
  };
}

/** A time map holds one value for every feature. */
function valueAt(map: RunMap, { step, feature }: Cell): number | null {
  const row = map.rows === 1 ? 0 : feature;
  return row === null ? null : (map.values[row * map.columns + step] ?? null);
}
