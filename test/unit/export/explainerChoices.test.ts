import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import type { ExplainerRequest, ExplainRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { version } from '../../../src/engine/version.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { decodeModel } from '../../../src/formats/onnx/schema.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { withDynamicTime } from '../../../src/graph/dynamicTime.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { type Explainer, type Feed, openExplainer, sameAs } from './explainerRun.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));
const model = tiny('tiny.onnx');
const data = tiny('long.csv');
const project = tiny('attribution.json');
const COUNT = 8;
const [F, T] = [4, 24];

describe('explainer.onnx, what it can be asked for', function () {
  this.timeout(30_000);
  let engine: LocalEngine;
  let folder: string;
  const opened: Explainer[] = [];
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-explainer-'));
  });
  after(async () => {
    for (const explainer of opened) await explainer.release();
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(request: Partial<ExplainerRequest>): Promise<Explainer> {
    const explainer = await openExplainer((await engine.explainer({ model, project, ...request })).bytes);
    opened.push(explainer);
    return explainer;
  }

  async function shown(request: Partial<ExplainRequest>): Promise<Explanation[]> {
    const all: Explanation[] = [];
    const asked = { model, data, project, ...request };
    for await (const batch of engine.explainMany(asked, [...Array(COUNT).keys()])) all.push(...batch);
    return all;
  }

  const stacked = (
    explanations: readonly Explanation[],
    pick: (explanation: Explanation) => ArrayLike<number>,
    type: Feed['type'],
    dims: readonly number[],
  ): Feed => ({
    type,
    dims: [explanations.length, ...dims],
    values: explanations.flatMap((explanation) => Array.from(pick(explanation))),
  });
  const inputs = (all: readonly Explanation[]) =>
    stacked(all, ({ signals }) => signals.input, 'float32', [F, T]);
  const lengths = (all: readonly Explanation[]) =>
    stacked(all, ({ padding }) => [padding.length], 'int64', []);
  const masks = (all: readonly Explanation[]) => stacked(all, ({ padding }) => padding.mask, 'float32', [T]);

  it('a class of its own for every instance, -1 for the predicted one', async () => {
    const explainer = await open({ targetInput: true, layer: 'conv2dblock', relu: false });
    assert.deepEqual(explainer.inputs, ['x', 'target']);
    const left = await shown({ layer: 'conv2dblock', relu: false, target: 'left' });
    const own = await shown({ layer: 'conv2dblock', relu: false });
    const target = left.map((_, i) => (i % 2 ? -1 : 0));
    const answers = await explainer.run({
      x: inputs(left),
      target: { type: 'int64', dims: [COUNT], values: target },
    });
    target.forEach((asked, i) => {
      sameAs(answers, i, (asked < 0 ? own : left)[i]!, 'target');
    });
  });

  it('one class for all; one class against another', async () => {
    for (const asked of [
      { target: 'right' },
      { target: 'left', against: 'right' },
      { target: 'predicted', against: 'runner-up', negative: true },
      { target: 'left', negative: true },
    ]) {
      const all = await shown({ ...asked, relu: false });
      const answers = await (await open({ ...asked, relu: false })).run({ x: inputs(all) });
      for (const [i, explanation] of all.entries()) sameAs(answers, i, explanation, JSON.stringify(asked));
    }
  });

  it('the padding told by a length or by a mask: zones, shares, weights over real steps, the masked model', async () => {
    for (const asked of [{}, { maskedAlpha: true }, { maskedModel: true }, { method: 'saliency' as const }]) {
      const all = await shown({ ...asked, layer: 'conv1d' });
      for (const padding of ['length', 'mask'] as const) {
        const explainer = await open({ ...asked, layer: 'conv1d', padding });
        assert.deepEqual(explainer.inputs, ['x', padding]);
        assert.ok(explainer.outputs.includes('zones') && explainer.outputs.includes('shares'));
        const answers = await explainer.run({
          x: inputs(all),
          [padding]: padding === 'mask' ? masks(all) : lengths(all),
        });
        for (const [i, explanation] of all.entries()) {
          sameAs(answers, i, explanation, `${JSON.stringify(asked)} ${padding}`);
        }
      }
    }
  });

  it('asks for a length by itself where it must know the padding', async () => {
    assert.deepEqual((await open({ maskedAlpha: true })).inputs, ['x', 'length']);
    assert.deepEqual((await open({ maskedModel: true })).inputs, ['x', 'length']);
    assert.deepEqual((await open({})).inputs, ['x']);
    assert.deepEqual((await open({})).outputs, ['logits', 'probabilities', 'predicted', 'explained', 'map']);
  });

  /** The tiny project with other preprocessing. */
  function projectWith(preprocess: unknown[]): string {
    const given = JSON.parse(readFileSync(project, 'utf8'));
    const path = join(folder, 'attribution.json');
    writeFileSync(path, JSON.stringify({ ...given, model, preprocess }));
    return path;
  }

  /** Raw series in the file's units; what stands on padding is nobody's business. */
  const raws = (all: readonly Explanation[], onPadding: number): Feed =>
    stacked(
      all,
      ({ signals }) => signals.raw!.map((value) => (Number.isNaN(value) ? onPadding : value)),
      'float64',
      [F, T],
    );

  const mean = [0.5, -1, 2, 0.1];
  const std = [2, 0.5, 1.5, 0];
  const given = { standardize: { mean, std } };
  for (const [name, steps] of Object.entries({
    'standardised, then padded': [given, { pad: { value: 0, side: 'end' } }],
    'padded first, then standardised': [{ pad: { value: 0, side: 'end' } }, given],
    'padded in front with another value': [given, { pad: { value: -2, side: 'front' } }],
    'each series by itself': [{ standardize: 'instance' }, { pad: { value: 0, side: 'end' } }],
    'without a pad step': [given],
    'with statistics of a training file': [{ standardize: { from: data } }, { pad: { value: 0 } }],
  })) {
    it(`takes raw series: ${name}`, async () => {
      const asked = { project: projectWith(steps), layer: 'conv2dblock' };
      const all = await shown(asked);
      const explainer = await open({ ...asked, preprocess: true });
      assert.deepEqual(explainer.inputs, ['series', 'length']);
      for (const onPadding of [0, 1e6, Number.NaN]) {
        const answers = await explainer.run({ series: raws(all, onPadding), length: lengths(all) });
        for (const [i, explanation] of all.entries()) sameAs(answers, i, explanation, name);
      }
    });
  }

  it('a feature that never changes is 0 where each series is standardised by itself', async () => {
    const explainer = await open({
      project: projectWith([{ standardize: 'instance' }, { pad: { value: 0 } }]),
      preprocess: true,
    });
    const values = Array.from({ length: F * T }, (_, i) =>
      i < T ? 0.1 : i % T < 9 ? Math.sin(i) : Number.NaN,
    );
    const answers = await explainer.run({
      series: { type: 'float64', dims: [1, F, T], values },
      length: { type: 'int64', dims: [1], values: [9] },
    });
    assert.ok(answers.logits!.values.every(Number.isFinite));
    const still = values.map((value, i) => (i < T ? 7 : value));
    const again = await explainer.run({
      series: { type: 'float64', dims: [1, F, T], values: still },
      length: { type: 'int64', dims: [1], values: [9] },
    });
    assert.deepEqual(again, answers);
  });

  it('any number of steps needs one; a fixed one takes no other', async () => {
    const graph = withDynamicTime(readOnnx(readFileSync(model)), { name: 'x', timeAxis: 2 }, T);
    assert.ok(typeof graph !== 'string', `${graph}`);
    const free = join(folder, 'free.onnx');
    writeFileSync(free, writeOnnx(graph));
    await assert.rejects(engine.explainer({ model: free }), { code: 'steps-needed' });
    await assert.rejects(engine.explainer({ model, steps: 25 }), { code: 'fixed-steps' });
    const all = await shown({});
    const answers = await (await open({ model: free, steps: T })).run({ x: inputs(all) });
    for (const [i, explanation] of all.entries()) sameAs(answers, i, explanation, 'free');
  });

  it('a model of one instance at a time stays one', async () => {
    const graph = readOnnx(readFileSync(model));
    const path = join(folder, 'single.onnx');
    const fixed: Graph = { ...graph, inputs: graph.inputs.map((info) => ({ ...info, dims: [1, F, T] })) };
    writeFileSync(path, writeOnnx(fixed));
    const { bytes } = await engine.explainer({ model: path, project, padding: 'length' });
    const written = readOnnx(bytes);
    assert.deepEqual(
      [...written.inputs, ...written.outputs].map(({ dims }) => dims[0]),
      [1, 1, 1, 1, 1, 1, 1, 1, 1],
    );
    assert.equal(said(bytes).get('attribution.batch'), '1');
    const explainer = await openExplainer(bytes);
    opened.push(explainer);
    const [first] = await shown({});
    sameAs(await explainer.run({ x: inputs([first!]), length: lengths([first!]) }), 0, first!, 'single');
  });

  it('a model whose own tensors have the names of ours', async () => {
    const graph = readOnnx(readFileSync(model));
    const names = [
      'map',
      'mask',
      'length',
      'target',
      'predicted',
      'zones',
      'shares',
      'series',
      'probabilities',
    ];
    const inner = graph.nodes
      .flatMap(({ outputs }) => outputs)
      .filter((name) => !graph.outputs.some((o) => o.name === name));
    const renamed = new Map(inner.map((name, i) => [name, names[i] ?? name]));
    const other = (name: string) => renamed.get(name) ?? name;
    const path = join(folder, 'names.onnx');
    const odd: Graph = {
      ...graph,
      nodes: graph.nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map((name) => (name === 'x' ? 'logits_in' : other(name))),
        outputs: node.outputs.map(other),
      })),
      inputs: graph.inputs.map((info) => ({ ...info, name: 'logits_in' })),
    };
    writeFileSync(path, writeOnnx(odd));
    const all = await shown({});
    const explainer = await open({ model: path, padding: 'length' });
    assert.deepEqual(explainer.inputs, ['logits_in', 'length']);
    const answers = await explainer.run({ logits_in: inputs(all), length: lengths(all) });
    for (const [i, explanation] of all.entries()) sameAs(answers, i, explanation, 'names');
  });

  /** `metadata_props` of a file. */
  const said = (bytes: Uint8Array) =>
    new Map(decodeModel(bytes).metadataProps.map(({ key, value }) => [key, value]));

  it('says what it was made of', async () => {
    const { bytes } = await engine.explainer({
      model,
      project,
      method: 'hirescam',
      layer: 'conv1d',
      relu: false,
    });
    const props = said(bytes);
    assert.equal(props.get('attribution.method'), 'HiResCAM');
    assert.match(props.get('attribution.paper')!, /Draelos/);
    assert.equal(props.get('attribution.layer'), 'conv1d');
    assert.equal(props.get('attribution.relu'), 'false');
    assert.equal(props.get('attribution.target'), 'predicted');
    assert.equal(props.get('attribution.classes'), '["left","right"]');
    assert.equal(props.get('attribution.steps'), '24');
    assert.equal(props.get('attribution.batch'), 'any');
    assert.equal(props.get('attribution.version'), version);
    assert.match(props.get('attribution.model_sha256')!, /^[0-9a-f]{64}$/);
    assert.equal(readOnnx(bytes).opset, readOnnx(readFileSync(model)).opset);
    const raw = said((await engine.explainer({ model, project, preprocess: true })).bytes);
    assert.equal(raw.get('attribution.padding'), 'length@end');
    assert.match(raw.get('attribution.preprocess')!, /"kind":"standardize"/);
  });

  it('refuses what is no one graph, naming what is', async () => {
    await assert.rejects(engine.explainer({ model, method: 'occlusion' }), {
      code: 'several-runs',
      message: /^Occlusion .* cannot be one ONNX graph; these can: Grad-CAM \(gradcam\), HiResCAM/,
    });
    await assert.rejects(engine.explainer({ model, layer: 'conv9' }), {
      message: /no layer or tensor "conv9"/,
    });
    await assert.rejects(engine.explainer({ model, target: 'up' }), { code: 'no-such-class' });
    await assert.rejects(engine.explainer({ model, preprocess: true }), { code: 'no-preprocess' });
    await assert.rejects(
      engine.explainer({ model, project: projectWith([{ pad: { to: 30 } }]), preprocess: true }),
      { code: 'not-in-graph' },
    );
    await assert.rejects(
      engine.explainer({ model, project: projectWith([{ truncate: { to: 10 } }]), preprocess: true }),
      { code: 'not-in-graph' },
    );
    const old = fileURLToPath(new URL('../../fixtures/exported/strided.opset9.onnx', import.meta.url));
    await assert.rejects(engine.explainer({ model: old, padding: 'length' }), { code: 'old-opset' });
  });
});
