import assert from 'node:assert/strict';
import { InOrder } from '../../../src/engine/inOrder.ts';
import { packed, unpacked } from '../../../src/engine/packing.ts';
import type { Overview } from '../../../src/overview/overview.ts';
import { asReceived, isPackedOverview } from '../../../src/overview/packedOverview.ts';

const ids = ['plain', 'two\nlines', '', 'é 𝄞', '\uFEFFmark'];

function overviewOf(count: number): Overview {
  const instances = Array.from({ length: count }, (_, index) => ({
    id: `${ids[index % ids.length]}${index}`,
    index: 2 * index,
    length: 1 + (index % 9),
    label: index % 3 === 0 ? null : index % 3 === 1 ? 'walk' : '',
    predicted: index % 4,
    probability: index % 5 ? 1 / (1 + index) : Number.NaN,
    correct: index % 3 === 0 ? null : index % 2 === 0,
    zones: index % 7 ? { REAL: 0.1 * index, MIXED: 0, EMPTY: 1 / 3 } : null,
    paddedPositions: 1 / (2 + index),
    level: Math.PI * index,
  }));
  const outliers = instances
    .filter((_, at) => at % 10 === 0)
    .map((_, at) => ({
      instance: 10 * at,
      reasons: [
        { kind: 'misclassified' as const, sentence: `Labelled é, predicted ${at}.` },
        ...(at % 2 ? [{ kind: 'padding-share' as const, sentence: 'Unusual.', z: -3.7 - at }] : []),
      ],
    }));
  const thumbnails = { rows: 1, columns: 1, values: new Uint8Array(count), real: new Uint8Array(count) };
  const importance = new Float32Array(count).fill(2);
  return { instances, outliers, thumbnails, importance, untold: ['why'], seed: 3 } as unknown as Overview;
}

describe('a dataset view across the process boundary', () => {
  it('of very many instances is packed, comes out as it was, and is sent on packed', async () => {
    const overview = overviewOf(2500);
    const sent = structuredClone(packed(overview));
    assert.ok(isPackedOverview(sent) && !('instances' in sent));
    const come = await unpacked<unknown>(sent);
    assert.deepEqual(come, overview);
    assert.equal(asReceived(come as Overview), sent);
    const told: unknown[] = [];
    await new Promise<void>((resolve) => {
      const order = new InOrder();
      order.hand<unknown>(sent, (one) => told.push(one));
      order.hand('last', () => resolve());
    });
    assert.deepEqual(told, [overview]);
  });

  it('of few is left alone', () => {
    const overview = overviewOf(20);
    assert.equal(packed(overview), overview);
    assert.equal(unpacked(overview), overview);
    assert.equal(asReceived(overview), overview);
  });
});
