import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { explanationJson } from '../../../src/export/explanationJson.ts';
import { answer } from '../../../src/export/picture/words.ts';
import { explanationReport } from '../../../src/export/report/explanationReport.ts';

const at = (name: string) => fileURLToPath(new URL(`../../fixtures/regression/${name}`, import.meta.url));

interface Reference {
  readonly index: number;
  readonly values: readonly number[];
  readonly saliency: readonly (readonly number[])[];
}

const read = (name: string): Readonly<Record<string, Reference>> =>
  JSON.parse(readFileSync(at(name), 'utf8'));
const { one, steps_nct, three } = read('reference.json');
/** make.py and make_formats.py: what PyTorch answers and differentiates. */
const expected: Readonly<Record<string, Reference>> = {
  ...read('formats.json'),
  'one.pt2': one!,
  'steps_nct.pt2': steps_nct!,
};

describe('A regression of any format', function () {
  this.timeout(20_000);
  let engine: LocalEngine;
  let folder: string;
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-numbers-'));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true });
  });
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  for (const [name, { index, values, saliency }] of Object.entries(expected)) {
    it(`is explained as PyTorch differentiates it, and nothing is asked: ${name}`, async () => {
      const data = at(name.startsWith('compiled') ? 'unlabelled.npz' : 'data.npz');
      const found = await engine.explain({ model: at(name), data, method: 'saliency', relu: false });
      assert.ok(found.prediction.values);
      assert.equal(found.target.index, index);
      near(found.prediction.logits, values);
      near(found.native.values, saliency.flat());
    });
  }

  it('says so in the metadata of an ONNX file, and attribution.json goes before it', async () => {
    const source = { model: at('three_said.onnx'), data: at('unlabelled.npz') };
    const found = await engine.explain(source);
    assert.ok(found.prediction.values);
    near(found.prediction.logits, three!.values);
    const classes = await engine.explain({ ...source, set: ['task=classification'] });
    assert.equal(classes.prediction.values, undefined);
  });

  it('has its numbers measured in the column "target" of a CSV', async () => {
    const data = written('long.csv', longCsv());
    const found = await engine.explain({ model: at('one.onnx'), data });
    assert.deepEqual([found.instance.label, found.signals.features], ['0.25', ['a', 'b', 'c']]);
    assert.equal((explanationJson(found, undefined) as { measured: unknown }).measured, 0.25);
    assert.doesNotMatch(explanationReport(found), /class's|logit before/);
    const taken = await engine.explain({ model: at('three.onnx'), data });
    assert.match(
      taken.findings.map(({ sentence }) => sentence).join('\n'),
      /label 0\.25 is a real number, and the model's 3 outputs are taken for classes; "task"/,
    );
  });

  it('has labels in words called labels, neither measured nor classes', async () => {
    const words = longCsv().replaceAll(/,([\d.]+)$/gm, (_, y: string) =>
      Number(y) < 1 ? ',sit down' : ',Sit down',
    );
    const source = { model: at('one.onnx'), data: written('words.csv', words), set: ['task=regression'] };
    const found = await engine.explain({ ...source, set: [...source.set, 'data.label=target'] });
    assert.match(answer(found), /^0 · predicted \S+ · label sit down$/);
    const { label, measured } = explanationJson(found, undefined) as { label?: string; measured?: number };
    assert.deepEqual([label, measured], ['sit down', undefined]);
    const audit = await engine.audit({ ...source, set: [...source.set, 'data.label=target'] });
    const said = [...found.findings, ...audit.preprocessing].map(({ sentence }) => sentence).join(' ');
    assert.doesNotMatch(said, /class/);
  });

  it('is neither trained nor made an explainer graph', async () => {
    for (const data of [at('data.npz'), written('again.csv', longCsv())]) {
      const training = engine.train({
        ...{ data, architecture: 'fcn', padding: 'end', masked: false, maskInput: false, epochs: 1, seed: 1 },
      });
      await assert.rejects(training, /real numbers for labels .* makes a network for classes/);
    }
    const model = at('one.pt2');
    await assert.rejects(engine.explainer({ model }), /one number without a sigmoid, and nothing here tells/);
    const numbers = engine.explainer({ model, set: ['task=regression'] });
    await assert.rejects(numbers, /outputs of one\.pt2 are numbers/);
    assert.ok((await engine.explainer({ model, set: ['task=classification'] })).bytes.length > 0);
  });
});

function near(found: Float32Array, wanted: readonly number[]): void {
  assert.equal(found.length, wanted.length);
  const most = Math.max(1e-3, ...wanted.map(Math.abs));
  for (const [i, value] of wanted.entries()) assert.ok(Math.abs(found[i]! - value) <= 1e-5 * most);
}

/** Six series of three features, each with the number that was measured for it. */
function longCsv(): string {
  const rows = Array.from({ length: 6 }, (_, series) =>
    Array.from({ length: 10 + series }, (_, t) =>
      [series, Math.sin(t + series), Math.cos(t * 2), Math.sin(t / 3), series / 3 + 0.25].join(),
    ),
  );
  return `case,a,b,c,target\n${rows.flat().join('\n')}\n`;
}
