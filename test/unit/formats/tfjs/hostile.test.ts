import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { readTfjs } from '../../../../src/formats/tfjs/readTfjs.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { operatorCases, tfjsFolder } from '../../../fixtures/tfjs/fixtures.ts';
import { refusal } from '../../refusal.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = { name: string; op: string; input?: string[]; attr?: { [key: string]: Json } };

const encoded = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const placeholder = (...sizes: number[]): Node => ({
  name: 'x',
  op: 'Placeholder',
  attr: {
    dtype: { type: 'DT_FLOAT' },
    shape: { shape: { dim: sizes.map((size) => ({ size: String(size) })) } },
  },
});

/** x [-1, 2] + w [2]. */
function sum(change: { nodes?: Node[]; weights?: unknown; paths?: unknown; more?: object } = {}) {
  return {
    format: 'graph-model',
    modelTopology: {
      node: change.nodes ?? [
        placeholder(-1, 2),
        { name: 'w', op: 'Const' },
        { name: 'y', op: 'AddV2', input: ['x', 'w'] },
      ],
    },
    weightsManifest: [
      {
        paths: change.paths ?? ['w.bin'],
        weights: change.weights ?? [{ name: 'w', shape: [2], dtype: 'float32' }],
      },
    ],
    ...change.more,
  };
}

const read = (json: unknown, shard: Uint8Array = floats(1, 2)) => readTfjs(encoded(json), () => shard);
const refused = (json: unknown, code: string, words: RegExp, shard?: Uint8Array) =>
  assert.throws(() => read(json, shard), refusal(code, words));

describe('Broken and hostile TensorFlow.js files', () => {
  it('reads the model they are made from', () => {
    assert.deepEqual(
      read(sum()).nodes.map(({ op }) => op),
      ['Add', 'Identity'],
    );
  });

  it('refuses JSON that is something else', () => {
    refused(
      { name: 'package', version: '1.0.0' },
      'not-a-model',
      /not the model\.json of a TensorFlow\.js model/,
    );
    refused([1, 2], 'not-a-model', /not the model\.json/);
    refused({ weightsManifest: [] }, 'foreign-model', /weights only/);
    refused({ ...sum(), format: 'tfjs-tflite' }, 'foreign-model', /graph-model or layers-model/);
    refused({ ...sum(), modelInitializer: { node: [] } }, 'unsupported-model', /tables/);
    refused({ modelTopology: { nothing: 1 } }, 'broken-model', /neither nodes nor layers/);
    assert.throws(
      () => readTfjs(encoded(sum()).slice(0, 99), () => floats(1)),
      refusal('broken-model', /cut short/),
    );
    const nested = new TextEncoder().encode('['.repeat(2 ** 23));
    assert.throws(() => readTfjs(nested, () => floats(1)), refusal('broken-model', /nested more deeply/));
    assert.throws(
      () => readTfjs(new Uint8Array(2 ** 24 + 1), () => floats(1)),
      refusal('file-too-big', /16 MB/),
    );
  });

  it('refuses wrong types wherever they stand', () => {
    refused({ ...sum(), weightsManifest: {} }, 'broken-model', /weightsManifest is not a list/);
    refused(sum({ paths: [1] }), 'broken-model', /a path is not a text/);
    refused(
      sum({ weights: [{ name: 'w', shape: ['2x'], dtype: 'float32' }] }),
      'broken-model',
      /whole number/,
    );
    refused({ ...sum(), modelTopology: { node: {} } }, 'broken-model', /list of nodes is not a list/);
    refused(sum({ nodes: [{ name: 'x', op: 3 as never }] }), 'broken-model', /op is not a text/);
    refused(
      sum({ nodes: [{ ...placeholder(1), attr: { shape: { shape: { dim: [{ size: 'many' }] } } } }] }),
      'broken-model',
      /whole number/,
    );
    refused({ ...sum(), signature: { outputs: [], inputs: 3 } }, 'broken-model', /inputs is not an object/);
  });

  it('refuses dtypes it does not know, by name', () => {
    const weight = (dtype: string, quantization?: object) =>
      sum({ weights: [{ name: 'w', shape: [2], dtype, ...(quantization ? { quantization } : {}) }] });
    refused(weight('complex64'), 'unsupported-dtype', /"w" has element type complex64/);
    refused(weight('string'), 'unsupported-dtype', /string/);
    refused(weight('float32', { dtype: 'int4' }), 'unsupported-dtype', /quantised as "int4"/);
    refused(
      weight('float32', { dtype: 'uint8', scale: 'big', min: 0 }),
      'broken-model',
      /scale .* finite number/,
    );
    const typed = (type: unknown) => {
      const x = placeholder(-1, 2);
      return sum({
        nodes: [
          { ...x, attr: { ...x.attr, dtype: { type: type as Json } } },
          ...sum().modelTopology.node.slice(1),
        ],
      });
    };
    refused(typed('DT_STRING'), 'unsupported-dtype', /"DT_STRING"/);
    refused(typed('constructor'), 'unsupported-dtype', /"constructor"/);
  });

  it('compares what is announced with the shards before it allocates', () => {
    const shape = (...dims: number[]) => sum({ weights: [{ name: 'w', shape: dims, dtype: 'float32' }] });
    refused(shape(3), 'broken-model', /need 12 bytes, but w\.bin has 8/);
    refused(shape(1), 'broken-model', /need 4 bytes, but w\.bin has 8/);
    refused(shape(2 ** 40), 'file-too-big', /33 million/);
    refused(shape(2 ** 40, 2 ** 40), 'broken-model', /impossible shape/);
    refused(shape(-1, -2), 'broken-model', /impossible shape/);
    refused(sum({ paths: ['w.bin', 'w.bin'] }), 'broken-model', /twice/);
  });

  it('refuses graphs that cannot be', () => {
    const nodes = (...more: Node[]) => sum({ nodes: [placeholder(-1, 2), ...more] });
    const relu = (name: string, input: string): Node => ({ name, op: 'Relu', input: [input] });
    refused(nodes(relu('a', 'b'), relu('b', 'a')), 'broken-model', /in a circle/);
    refused(nodes(relu('a', 'gone')), 'broken-model', /"gone", which nothing/);
    refused(nodes(relu('a', 'x:3')), 'unsupported-model', /reads output 3/);
    refused(nodes(relu('a', 'x'), relu('a', 'x')), 'broken-model', /produced twice/);
    refused(
      nodes({ name: 'w2', op: 'Const' }, { name: 'y', op: 'AddV2', input: ['x', 'w2'] }),
      'broken-model',
      /does not list the weight "w2"/,
    );
    refused(
      nodes({ name: 'y', op: 'Frobnicate', input: ['x'] }),
      'unsupported-operator',
      /"y" \(Frobnicate\)/,
    );
    refused(nodes({ name: 'y', op: 'constructor', input: ['x'] }), 'unsupported-operator', /constructor/);
    refused(nodes({ name: 'y', op: 'StatelessWhile', input: ['x'] }), 'unsupported-operator', /control flow/);
    const library = { library: { function: [{ signature: { name: 'inner' } }] } };
    const call = nodes({ name: 'y', op: 'inner', input: ['x'] });
    refused(
      { ...call, modelTopology: { ...call.modelTopology, ...library } },
      'unsupported-model',
      /the function inner/,
    );
    refused({ ...sum(), signature: { outputs: { y: { name: 'none:0' } } } }, 'broken-model', /output "none"/);
  });

  it('does not compute without end', () => {
    const wide = (op: string) =>
      sum({
        nodes: [
          placeholder(-1, 2),
          { name: 'w', op: 'Const' },
          { name: 'n', op: 'Const' },
          { name: 'f', op, input: op === 'Fill' ? ['n', 'w'] : ['x', 'n'] },
        ],
        weights: [
          { name: 'w', shape: [], dtype: 'float32' },
          { name: 'n', shape: [2], dtype: 'int32' },
        ],
      });
    const shard = Buffer.concat([floats(1), new Uint8Array(Int32Array.of(1, 2 ** 30).buffer)]);
    for (const op of ['Fill', 'Tile']) refused(wide(op), 'model-too-big', /no model of series has/, shard);
    const chain = (op: string, count: number, input: (before: string) => string[]) => {
      const links = Array.from(
        { length: count },
        (_, i): Node => ({
          name: `n${i}`,
          op,
          input: input(i === 0 ? (op === 'ExpandDims' ? 'x' : 'i') : `n${i - 1}`),
          attr: {},
        }),
      );
      return sum({
        nodes: [placeholder(-1, 2), { name: 'i', op: 'Const' }, { name: 'zero', op: 'Const' }, ...links],
        weights: [
          { name: 'i', shape: [1], dtype: 'int32' },
          { name: 'zero', shape: [], dtype: 'int32' },
        ],
      });
    };
    const zeros = new Uint8Array(8);
    refused(
      chain('ExpandDims', 20_000, (before) => [before, 'zero']),
      'model-too-big',
      /…\], which/,
      zeros,
    );
    refused(
      chain('ConcatV2', 60, (before) => [before, before, 'zero']),
      'model-too-big',
      /no model of series has/,
      zeros,
    );
  });

  it('keeps a sentence in one line whatever names hold', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attribution-tfjs-'));
    const node = { name: `a\nb\u2028${'c'.repeat(5000)}`, op: 'Odd', input: ['x'] };
    writeFileSync(join(folder, 'model.json'), encoded(sum({ nodes: [placeholder(-1, 2), node] })));
    writeFileSync(join(folder, 'w.bin'), floats(1, 2));
    try {
      await assert.rejects(loadModel(join(folder, 'model.json')), (error) => {
        assert.ok(refusal('unsupported-operator', /^model\.json: Node "a b c+…/)(error));
        return (error as Error).message.length <= 1000;
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('Shards of a TensorFlow.js model', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-tfjs-'));
    mkdirSync(join(folder, 'model'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (json: unknown) => {
    writeFileSync(join(folder, 'model', 'model.json'), encoded(json));
    return join(folder, 'model', 'model.json');
  };

  it('lie beside it: not above, elsewhere or behind a link; one that is missing is named', async () => {
    writeFileSync(join(folder, 'secret.bin'), floats(1, 2));
    symlinkSync(join(folder, 'secret.bin'), join(folder, 'model', 'link.bin'));
    for (const path of ['../secret.bin', 'a/../../secret.bin', join(folder, 'secret.bin'), 'link.bin']) {
      await assert.rejects(
        loadModel(write(sum({ paths: [path] }))),
        refusal('path-outside', /outside its own folder/),
      );
    }
    await assert.rejects(loadModel(write(sum())), refusal('external-data-missing', /w\.bin does not exist/));
  });

  it('change the hash of the model, and are refused unread where they are too large', async () => {
    const path = write(sum());
    writeFileSync(join(folder, 'model', 'w.bin'), floats(1, 2));
    const before = await loadModel(path);
    writeFileSync(join(folder, 'model', 'w.bin'), floats(1, 3));
    assert.notEqual((await loadModel(path)).hash, before.hash);
    assert.deepEqual(before.weights, [join(folder, 'model', 'w.bin')]);
    writeFileSync(join(folder, 'model', 'w.bin'), new Uint8Array(99));
    await assert.rejects(loadModel(path), refusal('broken-model', /has 99 bytes, but only 8 belong there/));
  });
});

describe('Mutated TensorFlow.js files', function () {
  this.timeout(60_000);

  const graphs = operatorCases()
    .filter((_, i) => i % 3 === 0)
    .map(({ model, shard }) => ({ json: model as unknown as Json, shard: Buffer.from(shard, 'base64') }));
  const layers = ['residual', 'sequential', 'nested', 'recurrent'].map((name) => {
    const at = (file: string) => readFileSync(join(tfjsFolder, `layers_${name}`, file));
    return { json: JSON.parse(at('model.json').toString()) as Json, shard: at('group1-shard1of1.bin') };
  });

  /** Reading gives a graph or a refusal; anything else is a defect. */
  const survives = (models: typeof graphs, runs: number) =>
    fc.assert(
      fc.property(
        fc.nat(models.length - 1),
        fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 }),
        (which, changes) => {
          const { json, shard } = models[which]!;
          const mutated = changes.reduce<Json>((value, [place, put]) => replaced(value, place, put), json);
          try {
            readTfjs(encoded(mutated), () => shard);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        },
      ),
      { numRuns: runs, seed: 7 },
    );

  it('of graph models', () => survives(graphs, 1500));
  it('of layers models', () => survives(layers, 800));
});

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, [], {}, '', 'x', '^x', ':', 'x:1', 'constructor', '__proto__', 'DT_BOOL'),
  fc.constantFrom<Json>(0, -1, 1, 2, 3, 0.5, 1e9, -1e9, 2 ** 31, 2 ** 53, 1e300, '-1', '99999999999'),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** One value of the tree, the place-th in its order, becomes another. */
function replaced(root: Json, place: number, put: Json): Json {
  const count = sizeOf(root);
  let left = place % count;
  const visit = (value: Json): Json => {
    if (left-- === 0) return put;
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(root);
}

function sizeOf(value: Json): number {
  const inner = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return 1 + inner.reduce<number>((sum, one) => sum + sizeOf(one), 0);
}
