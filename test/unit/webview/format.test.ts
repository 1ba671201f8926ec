import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatNumber, formatShare } from '../../../src/format.ts';
import { counted, formatProbability, formatSteps, formatTick, formatTicks } from '../../../webview/format.ts';

const asNumber = (text: string) => Number(text.replaceAll('−', '-').replace('∞', 'Infinity'));

describe('Numbers on screen', () => {
  it('are right to four digits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const shown = asNumber(formatNumber(value));
        assert.ok(Math.abs(shown - value) <= Math.abs(value) * 0.006);
        assert.ok(Math.abs(asNumber(formatTick(value)) - value) <= Math.abs(value) * 0.06);
      }),
    );
  });

  it('of one axis are all written in one way', () => {
    assert.deepEqual(formatTicks([0, 8.7e-4, 0.00173]), ['0', '8.7e−4', '1.7e−3']);
    assert.deepEqual(formatTicks([-0.0159, 0, 0.00794]), ['−0.0159', '0', '0.00794']);
  });

  it('are 0 only when they are', () => {
    assert.deepEqual([0, 1e-9, -0.5, Number.NaN, -Infinity].map(formatNumber), [
      '0',
      '1.00e−9',
      '−0.5',
      'NaN',
      '−∞',
    ]);
  });

  it('never round a probability to a certainty', () => {
    assert.deepEqual([1, 0.999, 0.97, 0.001, 0].map(formatProbability), [
      '1.00',
      '> 0.99',
      '0.97',
      '< 0.01',
      '0.00',
    ]);
  });

  it('never round a share to nothing or all', () => {
    assert.deepEqual([0, 0.001, 0.62, 0.999, 1].map(formatShare), [
      '0 %',
      '< 1 %',
      '62 %',
      '> 99 %',
      '100 %',
    ]);
  });

  it('name steps by their first and last', () => {
    assert.deepEqual([formatSteps(28, 93), formatSteps(4, 5)], ['28–92', '4']);
    assert.deepEqual([counted(1, 'cell'), counted(2, 'cell')], ['1 cell', '2 cells']);
  });
});
