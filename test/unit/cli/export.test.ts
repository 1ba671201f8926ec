import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../../src/cli/main.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { captured } from './captured.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));
const [model, data] = [tiny('tiny.onnx'), tiny('long.csv')];

describe('command line: pictures, report, explainer', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-cli-'));
  const at = (name: string) => join(folder, name);
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Exit code, and what was said on standard error. */
  async function run(...words: string[]): Promise<{ code: number; said: string }> {
    const { code, stderr: said } = await captured(() => main(words, engine));
    return { code, said };
  }

  it('explain: the ending of --out says what is drawn', async () => {
    for (const name of ['map.svg', 'map.png', 'map.html']) {
      const { code, said } = await run('explain', model, data, '--case', 'case3', '--out', at(name));
      assert.deepEqual([code, said], [0, '']);
    }
    assert.match(readFileSync(at('map.svg'), 'utf8'), /case3 · predicted/);
    assert.equal(readFileSync(at('map.png')).toString('latin1', 1, 4), 'PNG');
    assert.match(readFileSync(at('map.html'), 'utf8'), /<h1>Grad-CAM of /);
    const dark = await run('explain', model, data, '--theme', 'dark', '--out', at('dark.svg'));
    assert.equal(dark.code, 0);
    assert.match(readFileSync(at('dark.svg'), 'utf8'), /fill="#1e1e1e"/);
  });

  it('explain: a picture shows one instance', async () => {
    const { code, said } = await run('explain', model, data, '--case', 'all', '--out', at('all.png'));
    assert.equal(code, 2);
    assert.match(said, /^attribution-lens: The format png shows one instance: name it with --case/);
    assert.equal(existsSync(at('all.png')), false);
  });

  it('explainer: with the attribution.json above the model, unless another is named', async () => {
    const out = at('explainer.onnx');
    assert.deepEqual(await run('explainer', model, out, '--preprocess', '--layer', 'conv1d'), {
      code: 0,
      said: '',
    });
    const { inputs, outputs } = readOnnx(readFileSync(out));
    assert.deepEqual(
      inputs.map(({ name }) => name),
      ['series', 'length'],
    );
    assert.deepEqual(outputs.find(({ name }) => name === 'map')!.dims, ['batch', 24]);
  });

  it('explainer: refusals leave no file', async () => {
    const before = readdirSync(folder);
    for (const [words, sentence] of [
      ['--method occlusion', /Occlusion takes several runs/],
      ['--class up', /There is no class "up"/],
      ['--steps 30', /takes 24 steps, not 30/],
    ] as const) {
      const { code, said } = await run('explainer', model, at('none.onnx'), ...words.split(' '));
      assert.equal(code, 2, words);
      assert.match(said, sentence);
    }
    const { code, said } = await run('explainer', model, at('missing/none.onnx'));
    assert.equal(code, 2);
    assert.match(said, /Cannot write none\.onnx/);
    assert.deepEqual(readdirSync(folder), before);
  });
});
