import { Refusal } from '../../refusal.ts';
import type { Npz } from './readNpz.ts';

const NUMBERED = /^arr_\d+$/;

/**
 * `np.savez(file, *series)` names every series of a list `arr_0`, `arr_1`, …: the second is no array of labels then.
 * @throws Refusal `list-of-series`
 */
export function refuseListOfSeries(arrays: Npz, fileName: string): void {
  const { names } = arrays;
  if (names.length < 2 || !names.every((name) => NUMBERED.test(name))) return;
  const all = names.map((name) => arrays.get(name)!);
  const [first, second] = all.map(({ dims }) => dims);
  const areSeries = all.every(({ dims, dtype }) => dims.length === 2 && dtype !== 'text');
  const axis = [1, 0].find((one) => all.every(({ dims }) => dims[one] === first![one]));
  if (!areSeries || axis === undefined || (names.length === 2 && isOneHot(all[1]!.data, second![1]!))) return;
  const alike = all.every(({ dims }) => dims.join() === first!.join());
  const how = alike
    ? 'np.savez(file, x=np.stack(series))'
    : `pad them to one length, and np.savez(file, x=…, lengths=[s.shape[${1 - axis}] for s in series])`;
  throw new Refusal(
    'list-of-series',
    `${fileName} holds ${names.length} arrays of two axes, ${names[0]} to ${names.at(-1)}, as np.savez(file, *series) writes a list of series; save them as one array [N, T, F] or [N, F, T]: ${how}.`,
  );
}

function isOneHot(data: { readonly [at: number]: unknown; readonly length: number }, width: number): boolean {
  const numbers = Array.from(data as ArrayLike<unknown>, Number);
  return (
    numbers.every((one) => one === 0 || one === 1) &&
    numbers.filter((one) => one === 1).length * width === numbers.length
  );
}
