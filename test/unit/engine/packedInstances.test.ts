import assert from 'node:assert/strict';
import { InOrder } from '../../../src/engine/inOrder.ts';
import { withInstances, withPackedInstances } from '../../../src/engine/packedInstances.ts';

const COUNT = 2500;
const ids = ['plain', 'two\nlines', 'back\\slash', '\\n', '', 'é 𝄞', '\\\\\n'];
const instances = Array.from({ length: COUNT }, (_, index) => ({
  id: `${ids[index % ids.length]}${index}`,
  index,
  length: 1 + (index % 9),
  ...(index % 3 > 0 && { label: index % 3 === 1 ? 'walk' : '' }),
  ...(index % 4 > 0 && { lines: [index, index + 7] as const }),
}));
const summary = { facts: [], path: 'x.csv', instances };

describe('instances across the process boundary', () => {
  it('of a large file are packed, and come out as they were', async () => {
    for (const message of [summary, { data: summary, kind: 'needs-model' }]) {
      const packed = structuredClone(withPackedInstances(message));
      assert.ok(!JSON.stringify(packed).includes('"instances"'));
      assert.deepEqual(await withInstances(packed), message);
    }
  });

  it('of a small file, and messages of other kinds, are left alone', () => {
    const small = { ...summary, instances: instances.slice(0, 5) };
    for (const message of [small, { instances: 3 }, { data: null }, null, 7, 'x', undefined]) {
      assert.equal(withPackedInstances(message), message);
      assert.equal(withInstances(message), message);
    }
  });

  it('are told in order: what is unpacked holds up what comes after it, on its way and no longer', async () => {
    const told: string[] = [];
    const order = new InOrder();
    order.hand({ data: null }, () => told.push('small'));
    assert.deepEqual(told, ['small']);
    order.hand(structuredClone(withPackedInstances(summary)), ({ instances }) =>
      told.push(`${instances.length}`),
    );
    await new Promise<void>((resolve) =>
      order.hand('last', (last) => {
        told.push(last);
        resolve();
      }),
    );
    assert.deepEqual(told, ['small', `${COUNT}`, 'last']);
  });
});
