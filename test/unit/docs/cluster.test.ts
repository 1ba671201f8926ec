import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { main } from '../../../src/cli/main.ts';
import type { NpyArray } from '../../../src/data/numpy/readNpy.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { float32, type Tensor } from '../../../src/graph/tensor.ts';
import { docsPython } from '../../fixtures/docsPython.ts';
import { openExplainer } from '../export/explainerRun.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const [model, data] = ['media/sample/models/xcm.onnx', 'media/sample/data/test.csv'].map((path) =>
  join(repository, path),
) as [string, string];

const RAY_DID_NOT_START = 'The current node timed out during startup';

describe('maps of a cluster', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-cluster-'));
  const [explainer, series] = [join(folder, 'explainer.onnx'), join(folder, 'series.parquet')];
  let engine: LocalEngine;
  let wanted: Map<string, unknown>;

  before(async () => {
    engine = createEngine();
    await cli('explainer', model, explainer, '--layer', 'conv2dblock', '--preprocess', ...onData());
    wanted = await view(model, data, '--layer', 'conv2dblock');
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const onData = () => ['--data', data, '--series', series];

  async function cli(...words: string[]): Promise<void> {
    assert.equal(await main(words, engine), 0, words.join(' '));
  }

  /** Every number and text of the view of a whole file, by its place; without where it comes from. */
  async function view(...words: string[]): Promise<Map<string, unknown>> {
    const out = join(folder, 'view.json');
    await cli('dataset', ...words, '--format', 'json', '--out', out);
    const { provenance: _, ...said } = JSON.parse(readFileSync(out, 'utf8'));
    return leaves(said);
  }

  function sameView(found: ReadonlyMap<string, unknown>): void {
    assert.deepEqual([...found.keys()], [...wanted.keys()]);
    for (const [place, value] of wanted) {
      const other = found.get(place);
      if (typeof value !== 'number') assert.equal(other, value, place);
      else assert.ok(Math.abs(Number(other) - value) <= 1e-5, `${place}: ${other}, not ${value}`);
    }
  }

  it('are those of the command dataset, from the answers as arrays', async () => {
    const rows = await rowsIn(series);
    const run = await openExplainer(readFileSync(explainer));
    const answers = await run.run({
      series: {
        type: 'float64',
        dims: [rows.length, 30, 131],
        values: rows.flatMap((row) => row.series as number[]),
      },
      length: { type: 'int64', dims: [rows.length], values: rows.map((row) => Number(row.length)) },
    });
    await run.release();
    const texts = { id: rows.map((row) => `${row.id}`), label: rows.map((row) => `${row.label}`) };
    const numbers = Object.entries(answers).map(([name, { dims, values }]) => [name, float32(dims, values)]);
    const maps = join(folder, 'maps');
    mkdirSync(maps);
    const whole: Record<string, Tensor | string[]> = { ...texts, ...Object.fromEntries(numbers) };
    writeFileSync(join(maps, 'a.npz'), writeNpz(whole));
    sameView(await view(explainer, maps, '--maps'));
  });

  it('are asked for in whole: what is missing, too short or no number is refused by name', async () => {
    const spoilt = async (change: (row: Record<string, unknown>) => void) => {
      const file = join(folder, 'spoilt.npz');
      const arrays = readNpz(readFileSync(join(folder, 'maps/a.npz')), 'a.npz');
      const all = Object.fromEntries(arrays.names.map((name) => [name, arrays.get(name)]));
      change(all);
      const kept = Object.entries(all).map(([name, array]) => {
        const { dtype, data } = array as NpyArray;
        return [name, dtype === 'text' ? data : array] as const;
      });
      writeFileSync(file, writeNpz(Object.fromEntries(kept) as Record<string, Tensor>));
      return engine.overviewOfMaps({ explainer, maps: file }).then(
        () => 'answered',
        (error: Error) => error.message,
      );
    };
    const of = (dims: number[], value: number) =>
      float32(dims, new Float32Array(dims.reduce((a, b) => a * b)).fill(value));
    assert.match(await spoilt((all) => delete all.zones), /spoilt\.npz has no zones .*--padding length/);
    assert.match(
      await spoilt((all) => Object.assign(all, { map: of([60, 131], 1) })),
      /row 0: "map" has 131 numbers where the explainer gives 3930/,
    );
    assert.match(
      await spoilt((all) => Object.assign(all, { map: of([60, 30, 131], Number.NaN) })),
      /"map" holds NaN/,
    );
    assert.match(
      await spoilt((all) => Object.assign(all, { predicted: of([60], 7) })),
      /"predicted" is no index of the 3 classes/,
    );
    assert.match(
      await spoilt((all) => Object.assign(all, { shares: of([59, 3], 0) })),
      /"shares" is of 59 instances, "predicted" of 60/,
    );
    await assert.rejects(
      engine.overviewOfMaps({ explainer: model, maps: data }),
      /xcm\.onnx does not say how/,
    );
    await assert.rejects(engine.overviewOfMaps({ explainer, maps: data }), /test\.csv is no file of maps/);
  });

  const python = docsPython();
  for (const [name, library] of Object.entries({
    ray_maps: 'ray.data, pyarrow',
    dask_maps: 'dask, pyarrow',
  })) {
    if (!python || spawnSync(python, ['-c', `import ${library}`]).status !== 0) {
      console.warn(`NOT RUN: docs/cluster/${name}.py, because this Python has no ${library}`);
      continue;
    }
    it(`are those of the command dataset, computed by docs/cluster/${name}.py`, async function () {
      const script = join(repository, 'docs/cluster', `${name}.py`);
      const out = join(folder, name);
      const compute = () => spawnSync(python, [script, explainer, series, out], { encoding: 'utf8' });
      let { status, stderr } = compute();
      // Ray gives its own start 30 s, which nothing lengthens: a busy machine takes longer.
      for (let again = 0; again < 2 && stderr.includes(RAY_DID_NOT_START); again++)
        ({ status, stderr } = compute());
      if (stderr.includes(RAY_DID_NOT_START)) {
        console.warn(`NOT RUN: docs/cluster/${name}.py, because Ray did not start within 30 s, three times`);
        return this.skip();
      }
      assert.equal(status, 0, stderr.slice(-2000));
      const here = join(folder, 'here.npz');
      await cli('explain', model, data, '--layer', 'conv2dblock', '--case', 'all', '--out', here);
      const compare = join(repository, 'docs/cluster/compare_maps.py');
      const compared = spawnSync(python, [compare, here, series, out], { encoding: 'utf8' });
      assert.equal(compared.status, 0, compared.stderr);
      assert.match(compared.stdout, /^60 maps, .* 0 other answers$/m);
      sameView(await view(explainer, out, '--maps'));
    });
  }
});

async function rowsIn(path: string): Promise<Record<string, unknown>[]> {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer });
}

function leaves(value: unknown, place = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) into.set(place, value);
  else for (const [key, inner] of Object.entries(value)) leaves(inner, `${place}.${key}`, into);
  return into;
}
