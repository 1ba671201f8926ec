import assert from 'node:assert/strict';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { ints } from '../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../src/graph/builder.ts';
import { engineIn } from '../engine/engineIn.ts';
import { weights } from '../graph/classifier/head.ts';
import { graphOf } from '../graph/smallGraph.ts';
import { openExplainer, sameAs } from './explainerRun.ts';

const [F, T] = [2, 12];
const LENGTHS = [12, 9, 5];

describe('a layer whose positions do not lie on the steps as they come', function () {
  this.timeout(30_000);
  const { engine, put } = engineIn('places');
  const rows = LENGTHS.flatMap((length, n) =>
    Array.from(
      { length },
      (_, t) => `c${n},${t},${Math.sin(n + t / 2).toFixed(4)},${Math.cos(3 * n - t).toFixed(4)}`,
    ),
  );
  const data = put('three.csv', `case,time,a,b\n${rows.join('\n')}\n`);
  const project = put(
    'attribution.json',
    JSON.stringify({
      input: 'NFT',
      classes: ['x', 'y'],
      preprocess: [{ pad: { to: T, value: 0, side: 'end' } }],
    }),
  );
  const layers: {
    what: string;
    grow: (b: GraphBuilder) => string;
    places: readonly number[];
    drawn: number;
  }[] = [
    {
      what: 'turned round',
      grow: (b) => b.slice('x', [2], [-1], [-1 - T], [-1]),
      places: Array.from({ length: T }, (_, p) => T - 1 - p),
      drawn: T,
    },
    {
      what: 'rolled',
      grow: (b) => b.concat([b.slice('x', [2], [7], [T]), b.slice('x', [2], [0], [7])], 2),
      places: Array.from({ length: T }, (_, p) => (p + 7) % T),
      drawn: T,
    },
    {
      what: 'of the last steps alone',
      grow: (b) => b.slice('x', [2], [7], [T]),
      places: [7, 8, 9, 10, 11],
      drawn: 5,
    },
    {
      what: 'beyond the ends',
      grow: (b) => b.pad('x', [0, 0, 2, 0, 0, 2]),
      places: Array.from({ length: T + 4 }, (_, p) => p - 2),
      drawn: T,
    },
    {
      what: 'two steps late',
      grow: (b) => b.slice(b.pad('x', [0, 0, 2, 0, 0, 0]), [2], [0], [T]),
      places: Array.from({ length: T }, (_, p) => p - 2),
      drawn: T - 2,
    },
    {
      what: 'with two blocks that have changed places',
      grow: (b) =>
        b.concat(
          [
            [0, 3],
            [6, 9],
            [3, 6],
            [9, T],
          ].map(([from, to]) => b.slice('x', [2], [from!], [to!])),
          2,
        ),
      places: [0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11],
      drawn: T,
    },
    {
      what: 'read in both directions',
      grow: (b) => b.concat(['x', b.slice('x', [2], [-1], [-1 - T], [-1])], 2),
      places: Array.from({ length: 2 * T }, (_, p) => (p < T ? p : 2 * T - 1 - p)),
      drawn: T,
    },
  ];
  for (const [i, { what, grow, places, drawn }] of layers.entries()) {
    it(`${what}: its map lies where they do, in the explainer graph, too`, async () => {
      const graph = graphOf(['N', F, T], (b) => {
        const conv = b.add('Conv', [grow(b), weights(b, [3, F, 1])], { kernel_shape: ints([1]) });
        const mixed = b.add('Relu', [b.add('Add', [conv, weights(b, [1, 3, 1])])]);
        const scale = weights(b, [places.length, 3]);
        return b.add('MatMul', [
          b.add('Flatten', [b.add('Mul', [mixed, b.transpose(scale, [1, 0])])]),
          weights(b, [3 * places.length, 2]),
        ]);
      });
      const model = put(`${i}.onnx`, writeOnnx(graph));
      const { layers: all } = await engine.model({ model, project });
      const layer = all.find(({ kind }) => kind.startsWith('Conv'))!.name;
      const asked = { model, data, project, layer, relu: false, method: 'hirescam' as const };
      const explained = await engine.explainSome({ ...asked, instances: [0, 1, 2] });
      const { bytes } = await engine.explainer({ ...asked, padding: 'mask' });
      const explainer = await openExplainer(bytes);
      const answers = await explainer.run({
        x: {
          type: 'float32',
          dims: [3, F, T],
          values: explained.flatMap(({ signals }) => [...signals.input]),
        },
        mask: {
          type: 'float32',
          dims: [3, T],
          values: explained.flatMap(({ padding }) => [...padding.mask]),
        },
      });
      for (const [n, explanation] of explained.entries()) {
        sameAs(answers, n, explanation, what);
        const { native, map, zones, shares } = explanation;
        assert.deepEqual([...native.positions], places);
        for (const at of new Set(places.filter((at) => at >= 0 && at < T))) {
          const there = [...native.values].filter((_, p) => places[p] === at);
          const mean = there.reduce((sum, value) => sum + value / there.length, 0);
          assert.equal(map.values[at], Math.fround(mean));
        }
        assert.equal(map.values.filter((value) => value !== 0).length, drawn);
        if (LENGTHS[n] === T) assert.deepEqual([zones.length, shares.REAL.map], [1, 1]);
      }
      await explainer.release();
    });
  }
});
