import assert from 'node:assert/strict';
import type { Instance } from '../../../src/data/dataset.ts';
import { prepare } from '../../../src/preprocess/prepare.ts';

const STEPS = 8;

/** Two features; the last `padded` steps are `fill`. */
function instance(index: number, padded: number, fill: readonly number[], last?: number): Instance {
  const values = Float64Array.from({ length: 2 * STEPS }, (_, at) => {
    const [feature, step] = [Math.floor(at / STEPS), at % STEPS];
    return step >= STEPS - padded ? fill[feature]! : Math.sin(at + index) + 2;
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

  it('is not known from one series, nor where one feature differs', () => {
    const alone = [instance(0, 3, fill), instance(1, 1, fill)];
    assert.equal(real(alone, 1), STEPS);
    const differs = [instance(0, 3, fill), instance(1, 3, fill), instance(2, 1, fill, 7)];
    assert.equal(real(differs, 2), STEPS);
  });
});
