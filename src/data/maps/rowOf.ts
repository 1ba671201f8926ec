import { Refusal } from '../../refusal.ts';
import type { MapRow, RowShape } from './mapRow.ts';

/** What a file holds of one instance: numbers, lists of numbers in lists, texts. */
export type RawRow = Readonly<Record<string, unknown>>;

/**
 * One instance, every list as long as the explainer says.
 * @param where the file and the row, as sentences call them
 * @throws Refusal `maps-wrong`
 */
export function rowOf(raw: RawRow, row: number, where: string, shape: RowShape): MapRow {
  const list = (name: string, length: number) => {
    const values = new Float32Array(length);
    const filled = fill(raw[name], values, 0);
    if (filled !== length) {
      const has = filled > length ? `more than ${length}` : `${filled}`;
      throw wrong(where, row, `"${name}" has ${has} numbers where the explainer gives ${length}`);
    }
    return values;
  };
  const index = (name: 'predicted' | 'explained') => {
    const value = Number(raw[name]);
    if (Number.isInteger(value) && value >= 0 && value < shape.classes) return value;
    throw wrong(where, row, `"${name}" is no index of the ${shape.classes} classes`);
  };
  const predicted = index('predicted');
  const explained = raw.explained === undefined || raw.explained === null ? null : index('explained');
  const zones = Uint8Array.from(list('zones', shape.steps));
  if (zones.some((zone) => zone > 2)) throw wrong(where, row, '"zones" holds other numbers than 0, 1 and 2');
  mustLie(raw.map, row, where, shape);
  const map = list('map', shape.rows * shape.steps);
  if (map.some((value) => !Number.isFinite(value))) throw wrong(where, row, '"map" holds NaN or infinity');
  const probabilities = list('probabilities', shape.classes);
  if (!probabilities.every(isShare))
    throw wrong(where, row, '"probabilities" holds other numbers than 0 to 1');
  const shares = list('shares', 3);
  const sum = shares.reduce((all, share) => all + share, 0);
  // A map of zeros has no mass to share.
  if (!shares.every(isShare) || (sum !== 0 && Math.abs(sum - 1) > ROUNDING))
    throw wrong(where, row, '"shares" are no three parts of 1');
  const { id, label } = raw;
  return {
    id: id === undefined || id === null ? null : `${id}`,
    label: textOf(label),
    ...{ predicted, explained, probabilities, map, zones, shares },
  };
}

/** Shares and probabilities may have been kept with few digits. */
const ROUNDING = 0.01;

function isShare(value: number): boolean {
  return value >= -ROUNDING && value <= 1 + ROUNDING;
}

/** A map in lists [F][T]; one list of all its numbers says nothing of how they lie. @throws Refusal `maps-wrong` */
function mustLie(map: unknown, row: number, where: string, { rows, steps }: RowShape): void {
  const outer = listIn(map);
  const inner = listIn(outer[0]);
  if (inner.length === 0 || inner.length * outer.length !== rows * steps) return;
  mustBe([outer.length, inner.length], row, where, { rows, steps });
}

/**
 * @param dims of one map, as its file has them
 * @throws Refusal `maps-wrong` where they are not [F, T]
 */
export function mustBe(
  dims: readonly number[],
  row: number,
  where: string,
  { rows, steps }: Pick<RowShape, 'rows' | 'steps'>,
): void {
  const given = dims.filter((dim) => dim !== 1);
  const size = given.reduce((product, dim) => product * dim, 1);
  const wanted = [rows, steps].filter((dim) => dim !== 1);
  if (given.length < 2 || size !== rows * steps || `${given}` === `${wanted}`) return;
  throw wrong(where, row, `"map" is [${dims.join(', ')}] where the explainer gives [${rows}, ${steps}]`);
}

/** What a file holds of a label. */
export function textOf(value: unknown): string | null {
  return value === undefined || value === null || value === '' ? null : `${value}`;
}

/** Copies numbers, lists within lists one after the other; the place after the last, or one too many. */
function fill(value: unknown, into: Float32Array, from: number): number {
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (from < into.length) into[from] = Number(value);
    return from + 1;
  }
  const list = listIn(value);
  let at = from;
  for (let i = 0; i < list.length && at <= into.length; i++) {
    const one = list[i];
    // Most are numbers: no call for each.
    if (typeof one === 'number') {
      if (at < into.length) into[at] = one;
      at++;
    } else at = fill(one, into, at);
  }
  return at;
}

function listIn(value: unknown): ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
    ? (value as ArrayLike<unknown>)
    : [];
}

function wrong(where: string, row: number, what: string): Refusal {
  return new Refusal('maps-wrong', `${where}, row ${row}: ${what}.`);
}
