import { writeNpz } from '../../data/numpy/writeNpz.ts';
import { count } from '../../format.ts';
import { type Tensor, tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';

const mostValues = 2 ** 28;

interface Packed {
  readonly rows: readonly ArrayLike<unknown>[];
  readonly length: unknown;
  readonly mask: unknown;
  readonly id: unknown;
}

/**
 * What `preprocess(instances)` gave back, as the .npz that a script with IN and OUT would have written. One entry per
 * instance: an array of one array per feature, or `{ values, length?, mask?, id? }` with such an array as `values`.
 * @param name of the script, for refusals
 * @throws Refusal `script-result`
 */
export function packInstances(result: unknown, name: string): Uint8Array {
  const wrong = (what: string) => new Refusal('script-result', `${name}: preprocess(instances) ${what}.`);
  if (!Array.isArray(result) || result.length === 0) {
    throw wrong('must return an array with one entry per instance');
  }
  const all = result.map((entry: unknown, index): Packed => {
    const plain = isList(entry);
    const object = plain ? { values: entry } : entry;
    const { values, length, mask, id } = (object ?? {}) as Record<string, unknown>;
    if (!isList(values) || values.length === 0 || !Array.from(values).every(isList)) {
      throw wrong(`must return, for instance ${index}, one array of numbers per feature`);
    }
    return { rows: Array.from(values) as ArrayLike<unknown>[], length, mask, id };
  });
  const features = all[0]!.rows.length;
  const steps = all[0]!.rows[0]!.length;
  if (steps === 0 || all.length * features * steps > mostValues) {
    throw wrong(
      `returned ${all.length} instances of ${features} features × ${steps} steps, which is not read`,
    );
  }
  const x = new Float32Array(all.length * features * steps);
  all.forEach(({ rows }, index) => {
    if (rows.length !== features) {
      throw wrong(`returned ${rows.length} features for instance ${index} and ${features} for the first`);
    }
    rows.forEach((row, feature) => {
      if (row.length !== steps) {
        throw wrong(
          `returned ${count(row.length, 'step')} in feature ${feature} of instance ${index}; every series must be padded to one length, here ${steps}`,
        );
      }
      for (let step = 0; step < steps; step++) {
        const value = row[step];
        if (typeof value !== 'number') {
          throw wrong(
            `returned no number at step ${step} of feature ${feature} of instance ${index} (${String(value)})`,
          );
        }
        x[(index * features + feature) * steps + step] = value;
      }
    });
  });
  return writeNpz({
    x: tensor('float32', [all.length, features, steps], x),
    ...lengths(all, wrong),
    ...masks(all, steps, wrong),
    ...(all.every(({ id }) => typeof id === 'string') && { instance_ids: all.map(({ id }) => id as string) }),
  });
}

type Wrong = (what: string) => Refusal;

function lengths(all: readonly Packed[], wrong: Wrong): Record<string, Tensor> {
  if (all.every(({ length }) => length === undefined)) return {};
  const data = Float64Array.from(all, ({ length }, index) => {
    if (typeof length !== 'number') throw wrong(`returned no "length" for instance ${index}`);
    return length;
  });
  return { lengths: tensor('float64', [all.length], data) };
}

function masks(all: readonly Packed[], steps: number, wrong: Wrong): Record<string, Tensor> {
  if (all.every(({ mask }) => mask === undefined)) return {};
  const data = new Float64Array(all.length * steps);
  all.forEach(({ mask }, index) => {
    if (!isList(mask) || mask.length !== steps) {
      throw wrong(`returned no "mask" of ${steps} steps for instance ${index}`);
    }
    data.set(
      Array.from(mask, (value) => Number(value)),
      index * steps,
    );
  });
  return { mask: tensor('float64', [all.length, steps], data) };
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
