import assert from 'node:assert/strict';
import { auditSample } from '../../../src/engine/audit/auditSample.ts';

type Given = Parameters<typeof auditSample>[0];

/** Only what is looked at. */
function file(instances: number, features: number, steps: number | null, length = 4): Given {
  const one = { length };
  return {
    dataset: { instances: Array.from({ length: instances }, () => one) },
    model: { classifier: { input: { features, steps } } },
  } as unknown as Given;
}

describe('what an audit takes of a file', () => {
  it('all of it, up to two thousand instances', () => {
    const { positions, said } = auditSample(file(2000, 8, 500), 1);
    assert.deepEqual(positions, [...Array(2000).keys()]);
    assert.deepEqual(said, []);
  });

  it('of more, instances by chance in the order of the file, the same for a seed, and says so', () => {
    const { positions, said } = auditSample(file(5000, 8, 500), 3);
    assert.equal(new Set(positions).size, 2000);
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    );
    assert.ok(positions.at(-1)! > 4900 && positions[0]! < 100);
    assert.deepEqual(auditSample(file(5000, 8, 500), 3).positions, positions);
    assert.notDeepEqual(auditSample(file(5000, 8, 500), 4).positions, positions);
    assert.deepEqual(
      said.map(({ sentence }) => sentence),
      ['The file has 5,000 instances; 2,000 of them, drawn by chance with seed 3, are audited.'],
    );
  });

  it('fewer of long series, by the steps of the model or the longest of the file', () => {
    assert.equal(auditSample(file(5000, 8, 1024), 1).positions.length, 1024);
    assert.equal(auditSample(file(5000, 16, 4096), 1).positions.length, 200);
    assert.equal(auditSample(file(400, 16, 2 ** 16), 1).positions.length, 32);
    assert.equal(auditSample(file(400, 16, null, 2 ** 16), 1).positions.length, 32);
    assert.equal(auditSample(file(3, 16, 2 ** 26), 1).positions.length, 1);
  });
});
