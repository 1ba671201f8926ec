import assert from 'node:assert/strict';
import { labelFindings } from '../../../src/data/labelFindings.ts';

describe('classes', () => {
  const said = (...labels: readonly string[]) =>
    labelFindings({ instances: labels.map((label) => ({ label })) as never }, 'a.csv').map(
      ({ sentence }) => sentence,
    );

  it('that differ in a sign, or in what parts numbers, are not said to be written alike', () => {
    for (const labels of [
      ['-1', '1'],
      ['x-1', 'x1'],
      ['class -1', 'class 1'],
      ['A', 'A-', 'A+'],
      ['1 2', '12', '1-2'],
      ['-', '+', ''],
      ['-a', 'a'],
    ])
      assert.deepEqual(said(...labels), [], labels.join());
  });

  it('that differ in capitals, blanks, hyphens or underscores alone are said to', () => {
    for (const labels of [
      ['walk', 'Walk'],
      ['walk', ' walk '],
      ['walk fast', 'walk-fast', 'walk_Fast'],
      ['walk 1', 'walk_1'],
      ['10 m', '10m'],
    ]) {
      const [sentence] = said(...labels, 'run');
      assert.ok(
        sentence?.includes(
          `the classes ${labels.join(', ')} differ in capitals, blanks, hyphens or underscores alone`,
        ),
        sentence,
      );
    }
  });
});
