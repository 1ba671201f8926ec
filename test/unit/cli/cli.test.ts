import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SWITCH_NAMES } from '../../../src/attribution/switches.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { version } from '../../../src/engine/version.ts';
import { numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { bundled } from '../../workbench/bundled.ts';
import { startCli } from './startCli.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const tiny = (name: string) => path(`../../fixtures/tiny/${name}`);
const [model, data, config] = [tiny('tiny.onnx'), tiny('long.csv'), tiny('attribution.json')];
const reference = JSON.parse(readFileSync(tiny('reference.json'), 'utf8'));

interface Run {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The real command line in a process of its own. */
async function cli(...words: string[]): Promise<Run> {
  const { child, ended } = startCli(...words);
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  const { code, err } = await ended;
  return { code, stdout: Buffer.concat(out), stderr: err };
}

async function good(...words: string[]): Promise<Buffer> {
  const { code, stdout, stderr } = await cli(...words);
  assert.equal(stderr, '');
  assert.equal(code, 0);
  return stdout;
}

const json = async (...words: string[]) => JSON.parse((await good(...words)).toString());

describe('the command line in its own process', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-cli-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('--version, --help', async () => {
    assert.equal((await good('--version')).toString(), `${version}\n`);
    assert.match((await good('--help')).toString(), /layers MODEL[\s\S]*explain MODEL DATA/);
  });

  it('layers: a table, or everything as JSON', async () => {
    assert.match((await good('layers', model)).toString(), /conv2dblock +Conv 2-D \+ ReLU +\[6, 4, 24\]/);
    const summary = await json('layers', model, '--json', '--config', config);
    assert.deepEqual(summary.classes, ['left', 'right']);
    const layer = summary.layers.find(({ name }: { name: string }) => name === 'conv2dblock');
    assert.deepEqual(Object.keys(layer).sort(), [
      ...['kind', 'marks', 'name', 'parts', 'rank', 'receptiveField', 'shape', 'tensor'],
    ]);
  });

  it('explain: one object for one case, the first unless said', async () => {
    const first = await json('explain', model, data, '--layer', 'conv2dblock', '--no-relu');
    assert.deepEqual(Object.keys(first), [
      ...['case', 'index', 'label', 'logits', 'probabilities', 'predicted', 'classes', 'class', 'classIndex'],
      ...['layer', 'tensor', 'method', ...SWITCH_NAMES, 'map', 'mapNative'],
      ...['positions', 'zones', 'shares', 'length', 'mask', 'findings', 'provenance'],
    ]);
    const expected = reference.instances[0];
    assert.equal(first.case, expected.case);
    assert.equal(first.predicted, expected.predicted);
    assert.equal(first.class, first.classes[expected.predicted]);
    assert.equal(first.length, expected.length);
    assert.deepEqual([first.map.length, first.map[0].length], [4, 24]);
    const map = expected.maps.conv2dblock.gradcam[expected.predicted].flat();
    assert.ok(relativeDifference(first.map.flat(), map) <= 1e-4);
    assert.deepEqual(first.mapNative, first.map);
    assert.equal(first.positions.length, 24);
    assert.deepEqual(first.zones[0], { zone: 'REAL', from: 0, to: expected.length });
    // The attribution.json beside the data is found, and said.
    assert.equal(first.provenance.config, config);
    assert.equal(first.provenance.version, version);
    assert.match(first.provenance.modelHash, /^[0-9a-f]{64}$/);
  });

  it('explain: a case by id or position, a class, a 1-D layer', async () => {
    const asked = ['explain', model, data, '--layer', 'conv1d', '--no-relu', '--class', 'left'];
    const byId = await json(...asked, '--case', 'case3');
    const byPosition = await json(...asked, '--case', '3');
    assert.deepEqual(byId, byPosition);
    assert.equal(byId.index, 3);
    assert.equal(byId.class, 'left');
    assert.equal(byId.map.length, 24);
    assert.ok(relativeDifference(byId.map, reference.instances[3].maps.conv1d.gradcam[0]) <= 1e-4);
  });

  it('explain --case all: an array, one line each; HiResCAM', async () => {
    const asked = ['explain', model, data, '--case', 'all', '--layer', 'concat', '--no-relu'];
    const text = (await good(...asked, '--method', 'hirescam', '--class', '1')).toString();
    assert.equal(text.trimEnd().split('\n').length, reference.instances.length + 2);
    const all = JSON.parse(text);
    all.forEach(({ case: id, map, method }: { case: string; map: number[]; method: string }, n: number) => {
      assert.equal(id, reference.instances[n].case);
      assert.equal(method, 'hirescam');
      assert.ok(relativeDifference(map, reference.instances[n].maps.concat.hirescam[1]) <= 1e-4);
    });
  });

  it('explain --format npz: to a file by its ending, and to a pipe', async () => {
    const out = join(folder, 'maps.npz');
    const asked = ['explain', model, data, '--case', 'all', '--layer', 'conv2dblock'];
    assert.equal((await good(...asked, '--out', out)).length, 0);
    const piped = await good(...asked, '--format', 'npz');
    assert.ok(piped.equals(readFileSync(out)));
    const arrays = readNpz(piped, 'piped');
    assert.deepEqual(arrays.names, [
      ...['map', 'map_native', 'positions', 'logits', 'probabilities', 'predicted', 'lengths'],
    ]);
    const dims = Object.fromEntries(
      arrays.names.map((name) => [name, (arrays.get(name) as Tensor).dims.join()]),
    );
    assert.deepEqual(dims, {
      map: '8,4,24',
      map_native: '8,4,24',
      positions: '8,24',
      logits: '8,2',
      probabilities: '8,2',
      predicted: '8',
      lengths: '8',
    });
    assert.deepEqual(
      numbers(arrays.get('lengths') as Tensor),
      reference.instances.map(({ length }: { length: number }) => length),
    );
  });

  it('explain --class all, --against, options: in JSON and NPZ', async () => {
    const asked = ['explain', model, data, '--layer', 'conv2dblock', '--no-relu'];
    const all = await json(...asked, '--class', 'all');
    assert.equal(all.classMaps.length, 2);
    assert.deepEqual(all.classMaps[0].map, all.map, 'the predicted class comes first');
    const [left, right] = reference.instances[0].maps.conv2dblock.gradcam;
    const byIndex = new Map<number, number[][]>(
      all.classMaps.map((one: { classIndex: number; map: number[][] }) => [one.classIndex, one.map]),
    );
    assert.ok(relativeDifference(byIndex.get(0)!.flat(), left.flat()) <= 1e-4);
    assert.ok(relativeDifference(byIndex.get(1)!.flat(), right.flat()) <= 1e-4);
    const arrays = readNpz(
      await good(...asked, '--class', 'all', '--case', 'all', '--format', 'npz'),
      'piped',
    );
    assert.deepEqual((arrays.get('class_maps') as Tensor).dims, [8, 2, 4, 24]);
    assert.deepEqual((arrays.get('class_index') as Tensor).dims, [8, 2]);

    const contrast = await json(...asked, '--class', 'left', '--against', 'right');
    assert.deepEqual([contrast.class, contrast.against, contrast.againstIndex], ['left', 'right', 1]);
    const difference = left.flat().map((value: number, i: number) => value - right.flat()[i]);
    assert.ok(relativeDifference(contrast.map.flat(), difference) <= 1e-4);

    const path = ['explain', model, data, '--method', 'integrated-gradients', '--samples', '30'];
    const integrated = await json(...path, '--baseline', 'instance:case1');
    assert.deepEqual(integrated.options, { baseline: { kind: 'instance', id: 'case1' }, samples: 30 });
    assert.equal(integrated.layer, 'input');
    const { sum, difference: score } = integrated.completeness;
    assert.ok(Math.abs(sum - score) < 0.05 * Math.abs(score), `${sum} for ${score}`);
  });

  it('explain --format csv: rows are steps, columns are features', async () => {
    const text = await good('explain', model, data, '--layer', 'conv2dblock', '--format', 'csv');
    const [header, first, ...rest] = text.toString().trimEnd().split('\n');
    assert.equal(header, 'case,step,line,zone,a,b,c,d');
    assert.match(first ?? '', /^case0,0,2,REAL,[-\d.e]+,[-\d.e]+,[-\d.e]+,[-\d.e]+$/);
    assert.equal(rest.length, 23);
    assert.match(rest.at(-1) ?? '', /^case0,23,,(MIXED|EMPTY),/);
    const timeMap = await good('explain', model, data, '--layer', 'conv1d', '--format', 'csv');
    assert.match(timeMap.toString(), /^case,step,line,zone,map\n/);
  });

  it('says warnings on standard error, and still answers', async () => {
    const bare = join(folder, 'bare.csv');
    writeFileSync(bare, readFileSync(data));
    const { code, stdout, stderr } = await cli('explain', model, bare);
    assert.equal(code, 0);
    assert.equal(JSON.parse(stdout.toString()).provenance.config, undefined);
    assert.match(stderr, /^(warning: .*standardise[ds].*\n)+$/);
    const all = await cli('explain', model, bare, '--case', 'all');
    assert.match(all.stderr, /^(warning: [^\n]*standardise[ds][^\n]*\n){2}$/);
  });

  const refused: [string, string[], RegExp][] = [
    ['an unknown command', ['frobnicate'], /frobnicate/],
    ['an unknown option', ['explain', model, data, '--frob'], /--frob/],
    ['a missing file', ['explain', model, 'nowhere.csv'], /nowhere\.csv/],
    ['a missing model', ['layers', 'nowhere.onnx'], /nowhere\.onnx/],
    ['an unknown case', ['explain', model, data, '--case', 'x7'], /no case "x7".*8.*case0.*case7/],
    ['an unknown layer', ['explain', model, data, '--layer', 'x7'], /x7.*conv2dblock/],
    ['a folder that is not there', ['explain', model, data, '--out', join('nowhere', 'o.json')], /o\.json/],
    ['a missing configuration', ['explain', model, data, '--config', 'no.json'], /no\.json/],
  ];
  for (const [what, words, sentence] of refused) {
    it(`exits with 2 and one sentence: ${what}`, async () => {
      const { code, stdout, stderr } = await cli(...words);
      assert.equal(code, 2, stderr);
      assert.equal(stdout.length, 0);
      assert.match(stderr, /^attribution-lens: [^\n]+\n$/);
      assert.match(stderr, sentence);
    });
  }

  it('leaves no half-written file', async () => {
    // The last instance is too long, so that others are written before it is met.
    const long = join(folder, 'long.csv');
    const rows = Array.from({ length: 30 }, (_, t) => `last,${t},left,${t},2,3,4`);
    writeFileSync(long, `${readFileSync(data, 'utf8').trimEnd()}\n${rows.join('\n')}\n`);
    const out = join(folder, 'half.json');
    const { code } = await cli('explain', model, long, '--config', config, '--case', 'all', '--out', out);
    assert.equal(code, 2);
    assert.ok(!existsSync(out) && !existsSync(`${out}.part`));
  });

  it('does not mind a reader that stops early', async () => {
    const child = spawn(process.execPath, [
      ...[bundled('src/cli.ts'), 'explain', model, data, '--case', 'all'],
    ]);
    child.stdout.once('data', () => child.stdout.destroy());
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(stderr, '');
    assert.equal(code, 0);
  });
});
