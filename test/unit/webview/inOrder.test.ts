import assert from 'node:assert/strict';
import { inOrder } from '../../../webview/instances/inOrder.ts';

const sorted = (names: readonly string[], descending = false) => inOrder(names, (name) => name, descending);

describe('What the list of instances is sorted by', () => {
  it('puts names in the order of the numbers in them, whatever their case', () => {
    const names = ['case_10', 'Case_2', 'case_02b', 'case_1', 'b', '7', 'case_100', '12'];
    const wanted = ['7', '12', 'b', 'case_1', 'Case_2', 'case_02b', 'case_10', 'case_100'];
    assert.deepEqual(sorted(names), wanted);
    assert.deepEqual(sorted(names, true), wanted.toReversed());
  });

  it('puts letters of other languages where their alphabet has them', () => {
    assert.deepEqual(sorted(['zebra', 'ähre 10', 'ähre 9', 'aal']), ['aal', 'ähre 9', 'ähre 10', 'zebra']);
  });

  it('leaves equal ones in the order they came in, both ways', () => {
    const things = [2, 1, 1, 2].map((key, at) => ({ key, at }));
    const places = (descending: boolean) => inOrder(things, ({ key }) => key, descending).map(({ at }) => at);
    assert.deepEqual(
      [places(false), places(true)],
      [
        [1, 2, 0, 3],
        [0, 3, 1, 2],
      ],
    );
  });
});
