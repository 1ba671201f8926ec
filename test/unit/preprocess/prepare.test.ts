import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Instance } from '../../../src/data/dataset.ts';
import { type PrepareOptions, prepare } from '../../../src/preprocess/prepare.ts';
import type { Prepared } from '../../../src/preprocess/prepared.ts';
import { resolveSteps } from '../../../src/preprocess/resolveSteps.ts';
import { fitStatistics } from '../../../src/preprocess/statistics.ts';
import type { ReadyStep } from '../../../src/preprocess/step.ts';

const pad = { kind: 'pad', to: null, value: 0, side: 'end' } as const satisfies ReadyStep;
const given = (mean: number[], std: number[]): ReadyStep => ({ kind: 'standardize', by: 'given', mean, std });

function instance(rows: number[][], more: Partial<Instance> = {}): Instance {
  return { id: '7', index: 0, length: rows[0]!.length, values: Float64Array.from(rows.flat()), ...more };
}

function run(
  rows: number[][],
  steps: number | null,
  options: Partial<PrepareOptions> = {},
  more: Partial<Instance> = {},
  features = rows.map((_, feature) => `f${feature}`),
): Prepared {
  return prepare(
    { features, maskOrigin: more.mask && 'column m' },
    instance(rows, more),
    { features: options.featureOrder?.length ?? rows.length, steps },
    {
      steps: [],
      mask: { kind: 'auto' },
      ...options,
    },
  );
}

const codes = ({ findings }: Prepared): string[] => findings.map(({ code }) => code);

describe('prepare', () => {
  it('standardises, then pads; the way back is kept', () => {
    const prepared = run(
      [
        [1, 2, 3],
        [10, 20, 30],
      ],
      5,
      { steps: [given([2, 20], [2, 10]), pad] },
    );
    assert.deepEqual([...prepared.x], [-0.5, 0, 0.5, 0, 0, -1, 0, 1, 0, 0]);
    assert.deepEqual([...prepared.source], [0, 1, 2, -1, -1]);
    assert.deepEqual([...prepared.mask], [1, 1, 1, 0, 0]);
    assert.equal(prepared.length, 3);
    assert.equal(prepared.origin, 'auto: 2 steps added at the end');
    assert.deepEqual(prepared.findings, []);
  });

  it('pads at the front, with a value', () => {
    const prepared = run([[1, 2]], 4, { steps: [{ ...pad, value: -9, side: 'front' }] });
    assert.deepEqual([...prepared.x], [-9, -9, 1, 2]);
    assert.deepEqual([...prepared.source], [-1, -1, 0, 1]);
    assert.equal(prepared.origin, 'auto: 2 steps added at the front');
  });

  it('pads with the outermost real value of each feature', () => {
    const rows = [
      [1, 2],
      [5, 6],
    ];
    const edge = (side: 'end' | 'front') => [...run(rows, 4, { steps: [{ ...pad, value: 'edge', side }] }).x];
    assert.deepEqual(edge('end'), [1, 2, 2, 2, 5, 6, 6, 6]);
    assert.deepEqual(edge('front'), [1, 1, 1, 2, 5, 5, 5, 6]);
  });

  it('stretches and squeezes, linear between neighbours; padding of the file is taken off before', () => {
    const resampled = (rows: number[][], to: number, more: Partial<Instance> = {}) =>
      run(rows, to, { steps: [{ kind: 'resample', to: null }] }, more);
    const longer = resampled([[0, 10, 40]], 5);
    assert.deepEqual([...longer.x], [0, 5, 10, 25, 40]);
    assert.equal(longer.length, 5);
    assert.deepEqual([...longer.source], [0, 1, 1, 2, 2]);
    assert.deepEqual([...resampled([[0, 10, 40, 50, 60]], 3).x], [0, 40, 60]);
    assert.deepEqual([...resampled([[7]], 3).x], [7, 7, 7]);
    assert.deepEqual([...resampled([[1, 3, 0, 0]], 3, { mask: Uint8Array.of(1, 1, 0, 0) }).x], [1, 2, 3]);
    assert.deepEqual([...resampled([[1, 3, 0, 0, 0, 0]], 3).x], [1, 2, 3]);
  });

  it('computes in float64 and rounds once', () => {
    const prepared = run([[16777217.5]], 1, { steps: [given([16777217], [1])], mask: { kind: 'none' } });
    assert.equal(prepared.x[0], 0.5);
  });

  it('per instance: population deviation over the real steps', () => {
    const prepared = run(
      [[1, 3, 100, 100]],
      4,
      { steps: [{ kind: 'standardize', by: 'instance' }, pad] },
      { mask: Uint8Array.of(1, 1, 0, 0) },
    );
    assert.deepEqual([...prepared.x], [-1, 1, 0, 0]);
    assert.deepEqual([...prepared.source], [0, 1, -1, -1]);
  });

  it('a feature that never changes is centred, not divided by 0', () => {
    for (const steps of [[given([5], [0])], [{ kind: 'standardize', by: 'instance' } as const]]) {
      const prepared = run([[5, 5, 5]], 3, { steps });
      assert.deepEqual([...prepared.x], [0, 0, 0]);
      assert.ok(codes(prepared).includes('constant-feature'));
    }
    // 0.1 + 0.1 + 0.1 is not 0.3: a mean off by one bit would make a tiny deviation and a huge quotient.
    assert.deepEqual(
      [...run([[0.1, 0.1, 0.1]], 3, { steps: [{ kind: 'standardize', by: 'instance' }] }).x],
      [0, 0, 0],
    );
  });

  it('padding marked in the file is taken off before and put on after', () => {
    const prepared = run(
      [[0, 4, 6, 0]],
      4,
      { steps: [given([2], [2]), pad] },
      { mask: Uint8Array.of(0, 1, 1, 0) },
    );
    assert.deepEqual([...prepared.x], [1, 2, 0, 0]);
    assert.deepEqual([...prepared.source], [1, 2, -1, -1]);
    assert.deepEqual([...prepared.mask], [1, 1, 0, 0]);
  });

  it('without a pad step it stays, and that it is standardised is said', () => {
    const prepared = run([[4, 6, 0]], 3, { steps: [given([2], [2])] }, { mask: Uint8Array.of(1, 1, 0) });
    assert.deepEqual([...prepared.x], [1, 2, -1]);
    assert.ok(codes(prepared).includes('padded-before-standardise'));
    const wrongOrder = run([[4, 6]], 3, { steps: [pad, given([2], [2])] });
    assert.deepEqual([...wrongOrder.x], [1, 2, -1]);
    assert.ok(codes(wrongOrder).includes('padded-before-standardise'));
  });

  it('NaN outside the mask becomes padding', () => {
    const prepared = run([[1, 2, Number.NaN]], 3, {}, { mask: Uint8Array.of(1, 1, 0) });
    assert.deepEqual([...prepared.x], [1, 2, 0]);
  });

  it('NaN kept on purpose is said', () => {
    const prepared = run([[1, Number.NaN, 3]], 3);
    assert.ok(Number.isNaN(prepared.x[1]));
    assert.ok(codes(prepared).includes('missing-values-kept'));
  });

  it('without a pad step zeros are added, and said; raw units are said', () => {
    const prepared = run([[1000, 1001]], 3);
    assert.deepEqual([...prepared.x], [1000, 1001, 0]);
    assert.deepEqual(codes(prepared), ['not-standardised', 'padded-by-default']);
    assert.match(prepared.findings[0]!.sentence, /f0: mean 1000, deviation 0\.5/);
  });

  it('a dynamic time axis keeps the length', () => {
    assert.equal(run([[1, 2, 3]], null).steps, 3);
    assert.equal(run([[1, 2, 3]], null, { steps: [pad] }).steps, 3);
    assert.equal(run([[1, 2, 3]], null, { steps: [{ ...pad, to: 5 }] }).steps, 5);
  });

  it('cuts on request, at the end that padding would not be put on', () => {
    const start = run([[1, 2, 3, 4]], 2, { truncate: true });
    assert.deepEqual([...start.x], [1, 2]);
    assert.ok(codes(start).includes('truncated'));
    const end = run([[1, 2, 3, 4]], 2, { steps: [{ ...pad, side: 'front' }], truncate: true });
    assert.deepEqual([...end.x], [3, 4]);
    assert.deepEqual([...end.source], [2, 3]);
    const step = run([[1, 2, 3, 4]], 3, { steps: [{ kind: 'truncate', to: 2, keep: 'end' }, pad] });
    assert.deepEqual([...step.x], [3, 4, 0]);
  });

  it('matches features by name, in the model’s order', () => {
    const prepared = run(
      [
        [1, 2],
        [3, 4],
        [0, 1],
      ],
      2,
      { featureOrder: ['c', 'a'] },
      {},
      ['a', 'b', 'c'],
    );
    assert.deepEqual([...prepared.x], [0, 1, 1, 2]);
    assert.deepEqual(codes(prepared), ['features-ignored', 'features-reordered']);
    assert.match(prepared.findings[0]!.sentence, /does not take b/);
  });

  it('prepared data is taken as it is', () => {
    const prepared = run(
      [[1, 2, 0]],
      3,
      { steps: [given([5], [5]), pad] },
      { prepared: true, mask: Uint8Array.of(1, 1, 0) },
    );
    assert.deepEqual([...prepared.x], [1, 2, 0]);
    assert.deepEqual([...prepared.source], [0, 1, 2]);
    assert.equal(prepared.length, 2);
    assert.deepEqual(codes(prepared), ['standardise-not-applied']);
  });

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
      /^Instance 7 has 3 steps, more than the 2 the model takes; let it be cut/,
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
      /1 means and 1 deviations for 2 features/,
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

  it('any pipeline gives F × T finite numbers whose source leads back to the raw values', () => {
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 8 }))
      .chain(([features, length]) =>
        fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: length, maxLength: length }), {
          minLength: features,
          maxLength: features,
        }),
      );
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('end', 'front'),
        fc.boolean(),
        (given, steps, side, standardised) => {
          const mean = given.map((_, feature) => feature + 0.5);
          const std = given.map((_, feature) => feature + 1);
          const list: ReadyStep[] = [
            ...(standardised ? [{ kind: 'standardize', by: 'given', mean, std } as const] : []),
            { ...pad, side },
          ];
          const prepared = run(given, steps, { steps: list, truncate: true, mask: { kind: 'auto' } });
          assert.equal(prepared.x.length, given.length * steps);
          assert.equal(prepared.mask.length, steps);
          for (let column = 0; column < steps; column++) {
            for (const [feature, row] of given.entries()) {
              const step = prepared.source[column]!;
              const raw =
                step < 0 ? 0 : standardised ? (row[step]! - mean[feature]!) / std[feature]! : row[step]!;
              assert.equal(prepared.x[feature * steps + column], Math.fround(raw));
            }
          }
        },
      ),
    );
  });
});

describe('statistics', () => {
  it('are those of the real steps, and NaN is left out', () => {
    const instances = [
      instance(
        [
          [1, 3, 999],
          [7, 7, 7],
        ],
        { mask: Uint8Array.of(1, 1, 0) },
      ),
      instance([
        [5, Number.NaN],
        [7, 7],
      ]),
    ];
    const { mean, std } = fitStatistics({ features: ['a', 'b'], instances });
    assert.deepEqual(mean, [3, 7]);
    assert.ok(Math.abs(std[0]! - Math.sqrt(8 / 3)) < 1e-15);
    assert.equal(std[1], 0);
  });

  it('keep their digits on large offsets', () => {
    const { std } = fitStatistics({
      features: ['a'],
      instances: [instance([[1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3]])],
    });
    assert.ok(Math.abs(std[0]! - Math.sqrt(1.25)) < 1e-12);
  });

  it('from a training file are matched by name', async () => {
    const training = {
      features: ['b', 'a'],
      instances: [
        instance([
          [10, 20],
          [1, 3],
        ]),
      ],
    };
    const steps = await resolveSteps(
      [{ kind: 'standardize', by: 'file', from: '/train.csv' }, pad],
      async (path) => {
        assert.equal(path, '/train.csv');
        return { ...training, format: 'csv', layout: 'single', findings: [] };
      },
    );
    const prepared = run([[3], [25]], 1, { steps }, {}, ['a', 'b']);
    assert.deepEqual([...prepared.x], [1, 2]);
  });
});
