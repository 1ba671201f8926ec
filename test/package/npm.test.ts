import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { packages } from '../suites/packages.ts';
import { root, scratchFolder } from '../workbench/folders.ts';
import { npm } from '../workbench/run.ts';

const sample = join(root, 'media/sample');
const [model, data] = [join(sample, 'models/xcm.onnx'), join(sample, 'data/walk_0007.csv')];

const use = `
const said = (answer) => console.log(JSON.stringify(answer));
const [model, data] = process.argv.slice(2);
(async () => {
  const one = await explain(model, data, { method: 'hirescam' });
  const opened = await loadModel(model);
  const [features, steps] = [opened.summary.features, opened.summary.steps];
  const series = Array.from({ length: features }, (_, f) => Array.from({ length: steps }, (_, t) => Math.sin((t * f) / 40)));
  const raw = await opened.explain(series, { target: 0 });
  const refused = await opened.explain('nowhere.csv').catch((error) => [error instanceof Refusal, error.message]);
  const late = await opened.explain(series, { runtime: 'tfjs-wasm' }).catch((error) => error.message);
  await opened.close();
  const { verdicts } = await audit(model, data);
  said([one.prediction.classes, one.how.method, raw.map.values.length, refused, verdicts.lengthEvidence.answer, one.provenance.runtime, late, raw.findings.map(({ code }) => code)]);
})();
`;

const typed = `
import { type ExplainAsked, audit, type Explanation, explain, loadModel, Refusal } from 'attribution-lens';

const asked: ExplainAsked = { method: 'hirescam', layer: 'conv1d' };
const answer: Explanation = await explain('m.onnx', 'd.csv', asked);
const values: Float32Array = answer.map.values;
const verdict: string = (await audit('m.onnx', 'd.csv', { seed: 2 })).verdicts.lengthEvidence.answer;
await using model = await loadModel('m.onnx');
const [layer] = model.summary.layers;
// @ts-expect-error: there is no such method
await model.explain([[1, 2]], { method: 'guess' });
// @ts-expect-error: what runs it was said when it was opened
await model.explain([[1, 2]], { runtime: 'tfjs-wasm' });
console.log(values, verdict, layer?.receptiveField.size, Refusal);
`;

describe('attribution-lens from npm', () => {
  let folder: Awaited<ReturnType<typeof scratchFolder>>;
  const installed = (path: string) => join(folder.path, 'node_modules/attribution-lens', path);

  before(async function () {
    this.timeout(120_000);
    const tarball = process.env.ATTRIBUTION_LENS_NPM ?? (await packages()).ATTRIBUTION_LENS_NPM;
    folder = await scratchFolder('npm-install');
    await writeFile(join(folder.path, 'package.json'), '{ "private": true }');
    // Nothing is fetched: all it needs is in it, and the native runtime may be left out.
    await npm(folder.path, 'install', tarball, '--offline', '--omit=optional');
  });

  after(() => folder[Symbol.asyncDispose]());

  it('is the program, the functions, their types, the licences of all that is in it, and no native code', async () => {
    for (const file of ['dist/cli.cjs', 'dist/types/api.d.ts', 'LICENSE', 'CITATION.cff', 'README.md']) {
      assert.ok(existsSync(installed(file)), file);
    }
    const licences = await readFile(installed('dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['onnxruntime-web', '@resvg/resvg-wasm', '@modelcontextprotocol/sdk', 'hyparquet']) {
      assert.match(licences, new RegExp(`^${name} \\d`, 'm'));
    }
    for (const each of licences.split('-'.repeat(80)).slice(1)) {
      const [head, ...text] = each.trim().split('\n');
      assert.ok(text.join('\n').length > 150, `${head} has no text`);
    }
    assert.ok(!existsSync(installed('dist/node_modules/onnxruntime-node')));
    assert.ok(!existsSync(installed('dist/webview')));
    const text = await readFile(installed('dist/cli.cjs'), 'utf8');
    assert.ok(!text.includes(root));
  });

  it('runs as a program', () => {
    const program = join(folder.path, 'node_modules/.bin/attribution-lens');
    const answer = execFileSync(program, ['explain', model, data], { cwd: folder.path, encoding: 'utf8' });
    const [explanation] = [JSON.parse(answer)].flat();
    assert.equal(explanation.classes[explanation.predicted], 'walk');
    assert.match(explanation.provenance.runtime, /^onnxruntime-web /);
  });

  it('answers where it is imported, and lets the process end', async () => {
    const script = join(folder.path, 'use.mjs');
    await writeFile(script, `import { audit, explain, loadModel, Refusal } from 'attribution-lens';${use}`);
    const answer = execFileSync(process.execPath, [script, model, data], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    const [classes, method, values, refused, verdict, runtime, late, said] = JSON.parse(answer);
    assert.deepEqual([classes, method], [['walk', 'run', 'stairs'], 'hirescam']);
    assert.equal(values, 131);
    assert.deepEqual(refused, [true, 'nowhere.csv does not exist.']);
    assert.equal(verdict, 'cannot tell');
    assert.match(runtime, /^onnxruntime-web /);
    assert.match(late, /^There is no setting "runtime" of an open model's explain; there are /);
    assert.ok(!said.includes('array-not-float32'));
  });

  it('is a server for agents, as the official client calls it', async () => {
    const program = join(folder.path, 'node_modules/.bin/attribution-lens');
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StdioClientTransport({ command: program, args: ['mcp', '--root', sample], cwd: folder.path }),
    );
    try {
      const { tools } = await client.listTools();
      assert.deepEqual(
        tools.map(({ name }) => name),
        ['layers', 'explain', 'audit', 'evaluate', 'dataset', 'repair'].map((name) => `attribution_${name}`),
      );
      const given = { model: 'models/xcm.onnx' };
      const layers = await client.callTool({ name: 'attribution_layers', arguments: given });
      assert.match(JSON.stringify(layers.content), /conv2dblock/);
      const outside = { name: 'attribution_explain', arguments: { data: join(root, 'package.json') } };
      assert.equal((await client.callTool(outside)).isError, true);
    } finally {
      await client.close();
    }
  });

  it('may be required', () => {
    const words = ['-p', "Object.keys(require('attribution-lens')).sort().join(' ')"];
    const answer = execFileSync(process.execPath, words, { cwd: folder.path, encoding: 'utf8' });
    assert.equal(answer.trim(), 'Model Refusal audit explain loadModel');
  });

  it('has types that a strict program compiles against, libraries checked', async () => {
    await mkdir(join(folder.path, 'src'), { recursive: true });
    await writeFile(join(folder.path, 'src/use.mts'), typed);
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: false, module: 'nodenext', target: 'es2022', types: [] },
      lib: ['es2022', 'dom'],
    };
    await writeFile(
      join(folder.path, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['src'] }),
    );
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const said = (() => {
      try {
        return execFileSync(process.execPath, [compiler, '-p', folder.path], { encoding: 'utf8' });
      } catch (error) {
        return (error as { stdout: string }).stdout;
      }
    })();
    assert.equal(said, '');
  });
});
