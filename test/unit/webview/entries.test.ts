import assert from 'node:assert/strict';
import { chosen, type Entry, noFilter, type Order } from '../../../webview/instances/entries.ts';

const entry = (id: string, at: number): Entry => ({
  ...{ at, predicted: 'walk', padding: null, flips: null, reasons: [] },
  instance: { id, index: at, label: null, length: 9, probability: 0.5 } as unknown as Entry['instance'],
});

describe('The list of instances', () => {
  const sorted = (ids: readonly string[], descending = false) => {
    const order: Order = { column: 'id', descending };
    return chosen(ids.map(entry), noFilter, order).map(({ instance }) => instance.id);
  };

  it('puts names in the order of the numbers in them, whatever their case', () => {
    const ids = ['case_10', 'Case_2', 'case_02b', 'case_1', 'b', '7', 'case_100', '12'];
    const wanted = ['7', '12', 'b', 'case_1', 'Case_2', 'case_02b', 'case_10', 'case_100'];
    assert.deepEqual(sorted(ids), wanted);
    assert.deepEqual(sorted(ids, true), wanted.toReversed());
  });

  it('puts letters of other languages where their alphabet has them', () => {
    assert.deepEqual(sorted(['zebra', 'ähre 10', 'ähre 9', 'aal']), ['aal', 'ähre 9', 'ähre 10', 'zebra']);
  });

  it('leaves equal ones in the order of the file', () => {
    const both = ['A', 'a', 'a'].map(entry);
    for (const descending of [false, true]) {
      const places = chosen(both, noFilter, { column: 'id', descending }).map(({ at }) => at);
      assert.deepEqual(places, [0, 1, 2]);
    }
  });
});
