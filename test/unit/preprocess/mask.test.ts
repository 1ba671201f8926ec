import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differing } from '../../../src/engine/repeatedWords.ts';
import { constantRun } from '../../../src/preprocess/constantRun.ts';
import { tooLongPadded } from '../../../src/preprocess/fitLength.ts';
import { type MaskChoice, parseMaskChoice } from '../../../src/preprocess/maskChoice.ts';
import { prepare } from '../../../src/preprocess/prepare.ts';
import type { Prepared } from '../../../src/preprocess/prepared.ts';
import type { ReadyStep } from '../../../src/preprocess/step.ts';

const pad = { kind: 'pad', to: null, value: 0, side: 'end' } as const satisfies ReadyStep;

function masked(
  rows: number[][],
  mask: string | MaskChoice,
  {
    steps = rows[0]!.length,
    list = [] as ReadyStep[],
    fileMask = undefined as number[] | undefined,
    origin = 'column m',
    prepared = false,
  } = {},
): Prepared {
  const length = rows[0]!.length;
  return prepare(
    { features: rows.map((_, feature) => `f${feature}`), maskOrigin: fileMask && origin },
    {
      id: '3',
      index: 3,
      length,
      values: Float64Array.from(rows.flat()),
      mask: fileMask && Uint8Array.from(fileMask),
      prepared,
    },
    { features: rows.length, steps },
    { steps: list, mask: typeof mask === 'string' ? parseMaskChoice(mask) : mask },
  );
}

const bits = ({ mask }: Prepared): string => mask.join('');
const codes = ({ findings }: Prepared): string[] => findings.map(({ code }) => code);

describe('the padding mask', () => {
  const zeros = [
    [1, 2, 3, 0, 0],
    [4, 5, 0, 0, 0],
  ];

  it('auto: what the pad step added; zeros of the file count as real, with a finding', () => {
    const result = masked(zeros, 'auto', { steps: 7, list: [pad] });
    assert.equal(bits(result), '1111100');
    assert.equal(result.origin, 'auto: 2 steps added at the end');
    const finding = result.findings.find(({ code }) => code === 'trailing-zeros-may-be-real');
    assert.match(
      finding!.sentence,
      /^Instance 3: the last 2 steps in the file .* count as real; choose the mask "trailing"/,
    );
  });

  it('one step is one step in every sentence', () => {
    assert.equal(masked(zeros, 'length:1').origin, 'length: the first 1 step is real');
    assert.equal(masked(zeros, 'length:2@front').origin, 'length: the last 2 steps are real');
    const said = (steps: number) =>
      masked([[1, 2, 3, 4, 5]], 'none', { steps })
        .findings.map(({ sentence }) => sentence)
        .join();
    assert.match(said(6), /: 1 step of 0 is added at the end/);
    assert.match(said(7), /: 2 steps of 0 are added at the end/);
    const padded = (n: number) => tooLongPadded(5, 4, n, 'trailing', 'x').message;
    assert.match(padded(1), /the last 1 step repeats one value .*: if it is padding, .* and it is left out/);
    assert.match(
      padded(2),
      /the last 2 steps repeat one value .*: if they are padding, .* they are left out/,
    );
    assert.equal(differing(1, 30, 'x.csv'), 'All 30 series of x.csv are one and the same');
    assert.match(differing(29, 30, 'x.csv'), /29 differ, the other repeats one of them$/);
    assert.match(differing(28, 30, 'x.csv'), /28 differ, the others repeat one of them$/);
  });

  it('auto: without a pad step a constant run is padding, with a finding', () => {
    const result = masked(zeros, 'auto');
    assert.equal(bits(result), '11100');
    assert.equal(result.origin, 'auto: the last 2 steps repeat one value in every feature');
    const finding = result.findings.find(({ code }) => code === 'trailing-zeros-may-be-real');
    assert.match(finding!.sentence, /are taken as padding; choose the mask "none" if they are real/);
    assert.equal(
      bits(
        masked(
          [
            [0, 0, 1, 2],
            [0, 0, 2, 1],
          ],
          'auto',
        ),
      ),
      '0011',
    );
    assert.equal(bits(masked([[0, 0, 1, 2, 0, 0]], 'auto')), '001100');
    assert.equal(
      bits(
        masked(
          [
            [-3, -3, -3, 2],
            [5, 5, 5, 1],
          ],
          'auto',
        ),
      ),
      '0001',
    );
    // A sensor repeats its value now and then.
    assert.equal(bits(masked([[-3, -3, 1, 2]], 'auto')), '1111');
  });

  it('auto: one zero step is padding where there are several features, one repeated value is not', () => {
    assert.equal(
      bits(
        masked(
          [
            [1, 2, 0],
            [4, 5, 0],
          ],
          'auto',
        ),
      ),
      '110',
    );
    assert.equal(bits(masked([[1, 2, 0]], 'auto')), '111');
    assert.equal(bits(masked([[1, 2, 3]], 'auto')), '111');
  });

  it('auto: a constant series is real throughout', () => {
    const result = masked([[2, 2, 2]], 'auto');
    assert.equal(bits(result), '111');
    assert.equal(result.origin, 'auto: no padding found');
  });

  it('auto: prepared data without a mask is looked at too', () => {
    assert.equal(bits(masked([[1, 2, 0, 0]], 'auto', { prepared: true })), '1100');
  });

  it('auto: what the file says comes first, holes too', () => {
    const result = masked([[1, 0, 3, 0]], 'auto', {
      fileMask: [1, 0, 1, 0],
      origin: 'array mask in the file',
    });
    assert.equal(bits(result), '1010');
    assert.equal(result.origin, 'auto: array mask in the file');
    assert.ok(!codes(result).includes('trailing-zeros-may-be-real'));
  });

  it('none: every step is real, padding too', () => {
    const result = masked(zeros, 'none', { steps: 7, list: [pad] });
    assert.equal(bits(result), '1111111');
    assert.equal(result.length, 7);
  });

  it('trailing and leading: what was added and the constant run beside it', () => {
    assert.equal(bits(masked(zeros, 'trailing', { steps: 7, list: [pad] })), '1110000');
    assert.equal(bits(masked(zeros, 'trailing')), '11100');
    assert.equal(bits(masked(zeros, 'leading')), '11111');
    assert.ok(codes(masked(zeros, 'leading')).includes('no-constant-run'));
    assert.equal(
      bits(masked([[0, 0, 1, 2]], 'leading', { steps: 6, list: [{ ...pad, side: 'front' }] })),
      '000011',
    );
    assert.equal(bits(masked([[1, 2]], 'trailing', { steps: 4, list: [pad] })), '1100');
  });

  it('an explicit length, padding at either side', () => {
    assert.equal(bits(masked(zeros, 'length:2')), '11000');
    assert.equal(bits(masked(zeros, 'length:2@front')), '00011');
    assert.equal(masked(zeros, 'length:2@front').origin, 'length: the last 2 steps are real');
    assert.equal(bits(masked(zeros, 'length:5')), '11111');
    assert.throws(() => masked(zeros, 'length:6'), {
      code: 'mask-too-long',
      message: "The mask says 6 real steps, the model's input has 5.",
    });
  });

  it('a column of the file', () => {
    assert.equal(bits(masked([[1, 2, 3]], 'mask-column:m', { fileMask: [1, 0, 1] })), '101');
    assert.equal(bits(masked([[1, 2, 3]], 'length-column:m', { fileMask: [1, 1, 0], list: [pad] })), '110');
    assert.throws(() => masked([[1, 2]], 'mask-column:q', { fileMask: [1, 0] }), {
      code: 'mask-not-read',
      message: /no column "q"/,
    });
    assert.throws(() => masked([[1, 2]], 'mask-column:m'), { code: 'mask-not-read' });
    assert.throws(() => masked([[1, 2]], 'mask-column:m', { fileMask: [0, 0] }), {
      code: 'empty-mask',
      message: /^Instance 3 has no real step/,
    });
  });

  it('never changes the numbers the model is given', () => {
    const rows = fc.integer({ min: 1, max: 8 }).chain((length) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: length, maxLength: length }), {
        minLength: 1,
        maxLength: 3,
      }),
    );
    const choices = fc.constantFrom('auto', 'none', 'trailing', 'leading', 'length:1', 'length:1@front');
    fc.assert(
      fc.property(rows, choices, fc.integer({ min: 0, max: 3 }), (given, choice, more) => {
        const options = { steps: given[0]!.length + more, list: [pad] };
        try {
          const result = masked(given, choice, options);
          assert.deepEqual(result.x, masked(given, 'none', options).x);
          assert.equal(result.length, result.mask.filter((value) => value === 1).length);
          assert.ok(result.length > 0);
          if (choice === 'auto') {
            // Padding that we put in is never real.
            assert.ok(result.source.every((step, column) => step >= 0 || result.mask[column] === 0));
          }
        } catch (error) {
          assert.equal((error as { code: string }).code, 'empty-mask');
        }
      }),
    );
  });

  it('constant runs are as long as the last column repeats', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 9 }), (row) => {
        let run = 1;
        while (run < row.length && row[row.length - 1 - run] === row.at(-1)) {
          run++;
        }
        const expected = run <= 2 || run === row.length ? 0 : run;
        assert.equal(constantRun(Float64Array.from(row), 1, row.length, 'trailing'), expected);
        assert.equal(constantRun(Float64Array.from(row.toReversed()), 1, row.length, 'leading'), expected);
      }),
    );
  });
});
