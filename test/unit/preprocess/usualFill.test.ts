import assert from 'node:assert/strict';
import type { Instance } from '../../../src/data/dataset.ts';
import { prepare } from '../../../src/preprocess/prepare.ts';

const STEPS = 8;

/** Two features; the last `padded` steps are `fill`. */
function instance(index: number, padded: number, fill: readonly number[], last?: number): Instance {
  const values = Float64Array.from({ length: 2 * STEPS }, (_, at) => {
    const [feature, step] = [Math.floor(at / STEPS), at % STEPS];
    return step >= STEPS - padded ? fill[feature]! : Math.sin(at + 1.7 * index) + 2;
  });
  if (last !== undefined) values[2 * STEPS - 1] = last;
  return { id: String(index), index, length: STEPS, values };
}

function real(instances: readonly Instance[], at: number): number {
  const dataset = { features: ['a', 'b'], instances };
  const model = { features: 2, steps: STEPS };
  // Features in the model's order, which is not the file's.
  const options = { steps: [], mask: { kind: 'auto' }, featureOrder: ['b', 'a'] } as const;
  return prepare(dataset, instances[at]!, model, options).length;
}

describe('what a file pads with', () => {
  const fill = [-999, -1];
  it('is padding where one or two steps of it end a series', () => {
    const some = [instance(0, 3, fill), instance(1, 4, fill), instance(2, 1, fill), instance(3, 2, fill)];
    assert.deepEqual(
      some.map((_, at) => real(some, at)),
      [5, 4, 7, 6],
    );
  });

  it('is the last real value of each where their padding differs, so that one of the run is real', () => {
    const padding = [3, 4, 1, 5];
    const edge = padding.map((padded, at) => {
      const one = instance(at, 0, []);
      const last = STEPS - padded - 1;
      const values = one.values.map((_, k) => one.values[k - (k % STEPS) + Math.min(k % STEPS, last)]!);
      return { ...one, values };
    });
    // A single step that comes again is a sensor's.
    assert.deepEqual(
      edge.map((_, at) => real(edge, at)),
      [5, 4, STEPS, 3],
    );
    const prepared = edge.map((one) => ({ ...one, prepared: true }));
    assert.deepEqual(
      prepared.map((_, at) => real(prepared, at)),
      [5, 4, STEPS, 3],
    );
  });

  it('is the last real value put on once, where steps are alike nowhere else and enough of them were seen', () => {
    const long = 40;
    const wave = (index: number, padded: number, stay = -1): Instance => {
      const last = long - padded - 1;
      const at = (step: number) => (step === stay ? step - 1 : Math.min(step, last));
      const values = Float64Array.from({ length: 2 * long }, (_, k) =>
        Math.sin(Math.floor(k / long) + 1.3 * at(k % long) + index),
      );
      return { id: String(index), index, length: long, values };
    };
    const lengths = (instances: readonly Instance[]) =>
      instances.map(
        (one) => prepare({ features: ['a', 'b'], instances }, one, { features: 2, steps: long }, auto).length,
      );
    const auto = { steps: [], mask: { kind: 'auto' } } as const;
    const once = [wave(0, 1), wave(1, 0), wave(2, 1), wave(3, 1)];
    assert.deepEqual(lengths(once), [39, 40, 39, 39]);
    // A sensor that repeats a value on the way may do so at the end.
    assert.deepEqual(lengths([...once, wave(4, 0, 20)]), [40, 40, 40, 40, 40]);
    assert.deepEqual(lengths(once.slice(0, 3)), [40, 40, 40]);
  });

  it('may differ because each series was scaled with its padding, or be its mean', () => {
    const scaled = [2, 3, 4, 5].map((padded, at) => {
      const { values, ...one } = instance(at, padded, [0, 0]);
      const rows = [0, 1].map((feature) => values.slice(feature * STEPS, (feature + 1) * STEPS));
      const unit = rows.flatMap((row) => {
        const mean = row.reduce((sum, value) => sum + value) / STEPS;
        const std = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / STEPS);
        return Array.from(row, (value) => (value - mean) / std);
      });
      return { ...one, values: Float64Array.from(unit) };
    });
    // Two steps are padding, too, once the others show it.
    assert.deepEqual(
      scaled.map((_, at) => real(scaled, at)),
      [6, 5, 4, 3],
    );
    const means = [3, 4, 5].map((padded, at) => {
      const { values } = instance(at, 0, []);
      const mean = (feature: number) =>
        values.slice(feature * STEPS, (feature + 1) * STEPS - padded).reduce((sum, value) => sum + value) /
        (STEPS - padded);
      return instance(at, padded, [mean(0), mean(1)]);
    });
    assert.deepEqual(
      means.map((_, at) => real(means, at)),
      [5, 4, 3],
    );
  });

  it('ends a series in one step of it, unless the feature takes that value elsewhere', () => {
    const one = (index: number, padded: number, values: number[]): Instance => {
      const all = Float64Array.from(values, (value, at) => (at >= STEPS - padded ? 0 : value));
      return { id: String(index), index, length: STEPS, values: all };
    };
    const wave = [1, -2, 3, -1, 2, -3, 1, 2];
    const some = [one(0, 3, wave), one(1, 4, wave), one(2, 1, wave), one(3, 1, [1, 0, 3, -1, 2, -3, 1, 2])];
    const lengths = some.map((_, at) => {
      const options = { steps: [], mask: { kind: 'auto' } } as const;
      return prepare({ features: ['a'], instances: some }, some[at]!, { features: 1, steps: STEPS }, options)
        .length;
    });
    assert.deepEqual(lengths, [5, 4, 7, STEPS]);
  });

  it('is not known from one series, nor where one feature differs', () => {
    const alone = [instance(0, 3, fill), instance(1, 1, fill)];
    assert.equal(real(alone, 1), STEPS);
    const differs = [instance(0, 3, fill), instance(1, 3, fill), instance(2, 1, fill, 7)];
    assert.equal(real(differs, 2), STEPS);
  });
});
