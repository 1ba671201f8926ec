import assert from 'node:assert/strict';
import { prepare } from '../../../../src/preprocess/prepare.ts';
import { given, instance, pad, run } from './run.ts';

describe('prepare', () => {
  const bad: readonly (readonly [string, () => unknown, string, RegExp])[] = [
    [
      'too many features',
      () =>
        prepare(
          { features: ['a', 'b'] },
          instance([[1], [2]]),
          { features: 3, steps: 1 },
          { steps: [], mask: { kind: 'auto' } },
        ),
      'feature-count',
      /^The model takes 3 features, the data has 2 \(a, b\)/,
    ],
    ...([null, 2] as const).map(
      (steps) =>
        [
          `features that are its steps, of which it takes ${steps ?? 'any number'}`,
          () =>
            prepare(
              { features: ['a', 'b'] },
              instance([
                [1, 2, 3],
                [4, 5, 6],
              ]),
              { features: 4, steps },
              { steps: [], mask: { kind: 'auto' } },
            ),
          'feature-count',
          steps === null
            ? /; or, if 4 is the number of its steps \(the series has 3\), export it with the number of its features fixed \(the free axis is taken for time\)\.$/
            : /; or, if 4 is the number of its steps \(the series has 3\), set "input" to the other order of its axes\.$/,
        ] as const,
    ),
    [
      'features that are not there',
      () => run([[1], [2]], 1, { featureOrder: ['a', 'z'] }, {}, ['a', 'b']),
      'missing-features',
      /^The data lacks the features z; it has besides: b\.$/,
    ],
    [
      'a list of features that is not the model’s',
      () =>
        prepare(
          { features: ['a'] },
          instance([[1]]),
          { features: 2, steps: 1 },
          { steps: [], mask: { kind: 'auto' }, featureOrder: ['a'] },
        ),
      'feature-count',
      /^The model takes 2 features, but attribution\.json lists 1/,
    ],
    [
      'a series too long',
      () => run([[1, 2, 3]], 2),
      'too-long',
      /^Instance 7 has 3 steps, more than the 2 the model takes: cut a long recording into windows .*, let it be cut/,
    ],
    [
      'one too long for the pad step',
      () => run([[1, 2, 3]], 5, { steps: [{ ...pad, to: 2 }] }),
      'too-long',
      /has 3 steps, more than the 2/,
    ],
    [
      'a pad step that misses the model',
      () => run([[1, 2, 3]], 5, { steps: [{ ...pad, to: 4 }] }),
      'wrong-length',
      /^Instance 7 has 4 steps after preprocessing, the model takes 5/,
    ],
    [
      'too few means',
      () => run([[1], [2]], 1, { steps: [given([1], [1])] }),
      'statistics-count',
      /1 mean and 1 deviation for 2 features/,
    ],
    [
      'a training file of other features',
      () =>
        run([[1]], 1, {
          steps: [{ kind: 'standardize', by: 'given', mean: [0], std: [1], features: ['q'] }],
        }),
      'missing-features',
      /lacks the features f0; it has q/,
    ],
    [
      'numbers beyond float32',
      () => run([[1e39, 0]], 2),
      'not-finite',
      /^Instance 7: feature f0 becomes Infinity at step 0/,
    ],
  ];
  for (const [what, work, code, sentence] of bad) {
    it(`refuses ${what}`, () => {
      assert.throws(work, { name: 'Refusal', code, message: sentence });
    });
  }
});
