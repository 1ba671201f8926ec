import assert from 'node:assert/strict';
import { join } from 'node:path';
import { labelOrder } from '../../../src/engine/labels/labelOrder.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';

const file = (name: string) => join(import.meta.dirname, '..', '..', 'fixtures', 'reading', name);
const named = (...names: string[]) => ({ names, given: true });
const times = <T>(n: number, ...of: T[]) => of.flatMap((one) => Array<T>(n).fill(one));

describe('Labels and the order of the classes', () => {
  it('finds the order that nearly all labels fit', () => {
    const found = labelOrder(times(4, 'a', 'b', 'c'), times(4, 1, 2, 0), named('a', 'b', 'c'));
    assert.deepEqual(found, { checked: 12, agree: 0, better: { classes: ['c', 'a', 'b'], agree: 1 } });
  });

  it('lets no rare label hide it: one keeps its name, or takes the one that is left', () => {
    const names = named('a', 'b', 'c');
    const kept = labelOrder([...times(9, 'a', 'b'), 'c'], [...times(9, 1, 0), 2], names);
    assert.deepEqual(kept.better?.classes, ['b', 'a', 'c']);
    const moved = labelOrder([...times(9, 'b', 'c'), 'a'], [...times(9, 0, 1), 0], names);
    assert.deepEqual(moved.better?.classes, ['b', 'c', 'a']);
    const open = labelOrder(
      [...times(9, 'c', 'd'), 'a', 'b'],
      [...times(9, 0, 1), 2, 3],
      named('a', 'b', 'c', 'd'),
    );
    assert.equal(open.better, undefined);
  });

  it('finds names for classes that have none, and labels that count from one', () => {
    const none = { names: ['class 0', 'class 1'], given: false };
    assert.deepEqual(labelOrder(times(4, 'up', 'down'), times(4, 1, 0), none).better?.classes, [
      'down',
      'up',
    ]);
    const counted = labelOrder(times(4, '1', '2'), times(4, 0, 1), none);
    assert.deepEqual([counted.agree, counted.better?.classes], [0, ['1', '2']]);
  });

  for (const [what, labels, predicted] of [
    ['agree', times(4, 'a', 'b'), times(4, 0, 1)],
    ['are too few', ['a', 'b', 'a', 'b'], [1, 0, 1, 0]],
    ['are all one', times(9, 'a'), times(9, 1)],
    ['are told apart at random', times(4, 'a', 'b'), [0, 1, 0, 1, 0, 1, 0, 1]],
    ['all get one answer', times(4, 'a', 'b'), times(8, 1)],
  ] as const) {
    it(`says nothing where labels ${what}`, () => {
      assert.equal(labelOrder(labels, predicted, named('a', 'b')).better, undefined);
    });
  }

  it('counts no label that is none of the classes as a disagreement', () => {
    const some = labelOrder(times(2, 'a', 'b', 'd'), times(2, 0, 0, 1), named('a', 'b', 'c'));
    assert.deepEqual(some, { checked: 6, agree: 0.5, strange: { labels: ['d'], instances: 2 } });
    const all = labelOrder(times(2, 'walk', 'run'), times(2, 0, 1), named('Walk', 'Run'));
    assert.deepEqual(all, { checked: 4, strange: { labels: ['walk', 'run'], instances: 4 } });
  });

  describe('of a file', () => {
    let engine: LocalEngine;
    before(() => {
      engine = createEngine();
    });
    after(() => engine.dispose());
    const request = { data: file('header_order.ts'), model: file('knows_header_order.onnx') };
    const order = 'input=NFT';
    const wrong = [order, 'classes=["stand","run","walk","climb"]'];

    it('is doubted where a prediction differs from its label', async () => {
      const all = await Promise.all(
        [0, 1, 2, 3].map((instance) => engine.explain({ ...request, set: wrong, instance })),
      );
      const said = all.flatMap(({ findings }) => findings.filter(({ code }) => code === 'class-order-doubt'));
      const differs = all.filter(
        ({ instance, prediction: { classes, predicted } }) => classes[predicted] !== instance.label,
      );
      assert.ok(differs.length > 0);
      assert.equal(said.length, differs.length);
      assert.match(said[0]!.sentence, /^25 % of 8 labels .* order climb, run, stand, walk 100 % would/);
      const right = await engine.explain({ ...request, set: [order], instance: 0 });
      assert.ok(right.findings.every(({ code }) => code !== 'class-order-doubt'));
    });

    it('stands beside what another order would give', async () => {
      const classes = ['stand', 'run', 'walk', 'climb'];
      const [now, changed] = await engine.readings({ ...request, set: [order], ways: [{}, { classes }] });
      assert.ok(now?.kind === 'read' && changed?.kind === 'read');
      assert.deepEqual([now.read.agreement?.agree, changed.read.agreement?.agree], [1, 0.25]);
    });
  });
});
