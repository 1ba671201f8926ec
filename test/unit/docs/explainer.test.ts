import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import { METHODS } from '../../../src/attribution/methods.ts';
import { main } from '../../../src/cli/main.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import type { ValueInfo } from '../../../src/graph/graph.ts';
import { docsPython, NO_PYTHON } from '../../fixtures/docsPython.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { openExplainer } from '../export/explainerRun.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(repository, 'docs/explainer.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code!);

const python = docsPython();

describe('docs/explainer.md', function () {
  this.timeout(120_000);
  let engine: LocalEngine;
  let folder: string;
  let wanted: Explanation[];

  before(async () => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-docs-'));
    const [model, data] = ['media/sample/models/xcm.onnx', 'media/sample/data/test.csv'];
    mkdirSync(join(folder, 'media/sample/data'), { recursive: true });
    cpSync(join(repository, data), join(folder, data));
    const project = join(repository, 'media/sample/attribution.json');
    for (const [, out, ...options] of commands()) {
      const files = [join(repository, model), join(folder, out!)];
      const placed = options.map((word) => (word.endsWith('.parquet') ? join(folder, word) : word));
      assert.equal(await main(['explainer', ...files, ...placed], engine), 0);
    }
    wanted = [];
    const request = {
      model: join(repository, model),
      data: join(repository, data),
      project,
      layer: 'conv2dblock',
    };
    const { instances } = await engine.data(request);
    const all = instances.map(({ index }) => index);
    for await (const batch of engine.explainMany(request, all)) wanted.push(...batch);
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The words after `explainer` of each command the page shows. */
  function commands(): string[][] {
    return [
      ...blocks('sh')
        .join('')
        .matchAll(/cli -- explainer (.+)/g),
    ].map(([, words]) => words!.split(' '));
  }

  it('names the methods that can be exported, and no other', () => {
    const [, list] = /Methods that need one graph run and no more can be exported: (.+?)\. Others/.exec(
      page,
    )!;
    const labels = METHODS.filter(({ kind }) => kind === 'graph').map(({ label }) =>
      label.replace(/ \(.*\)$/, '').toLowerCase(),
    );
    assert.deepEqual(list!.toLowerCase().split(', '), labels);
  });

  it('names every input and output of the graphs it shows', () => {
    for (const [, out] of commands()) {
      const { inputs, outputs } = readOnnx(readFileSync(join(folder, out!)));
      for (const { name } of [...inputs, ...outputs]) {
        if (name !== 'x') assert.ok(page.includes(`\`${name}\``), `${name} of ${out}`);
      }
    }
  });

  it('configures Triton with the names, types and shapes of the graph', () => {
    const config = page.slice(page.indexOf('platform: "onnxruntime_onnx"'));
    const tensors = [
      ...config.matchAll(
        /name: "(\w+)" data_type: TYPE_(\w+) dims: \[ ([\d, ]+) \]( reshape: \{ shape: \[ \] \})?/g,
      ),
    ];
    const types: Record<string, string> = { FP64: 'float64', FP32: 'float32', INT64: 'int64' };
    const said = tensors.map(([, name, type, dims, scalar]) => [
      name,
      types[type!],
      scalar ? [] : dims!.split(', ').map(Number),
    ]);
    const { inputs, outputs } = readOnnx(readFileSync(join(folder, 'explainer.onnx')));
    const own = ({ name, dtype, dims }: ValueInfo) => [name, dtype, dims.slice(1)];
    assert.deepEqual(said, [...inputs, ...outputs].map(own));
  });

  /** Runs Python in the folder and gives what it prints last, as JSON. */
  function run(code: string): Record<string, unknown> {
    writeFileSync(join(folder, 'run.py'), code);
    cpSync(join(repository, 'test/fixtures/docs_stand_ins.py'), join(folder, 'docs_stand_ins.py'));
    const { status, stdout, stderr } = spawnSync(python!, ['run.py'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64e6,
    });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
  }

  const same = (actual: unknown, wanted: readonly number[], what: string) => {
    const apart = relativeDifference((actual as number[]).flat(3), wanted);
    assert.ok(apart <= 1e-5, `${what}: ${apart}`);
  };
  const maps = () => wanted.flatMap(({ map }) => [...map.values]);

  it('its first graph, fed as its code feeds it, gives the numbers of the extension', async () => {
    const bytes = readFileSync(join(folder, 'explainer.onnx'));
    const [, features, steps] = readOnnx(bytes).inputs[0]!.dims as [unknown, number, number];
    const series = readLongCsv(join(folder, 'media/sample/data/test.csv'), 'left_ankle_acc_x');
    const padded = [...series.values()].flatMap((rows) =>
      Array.from({ length: features * steps }, (_, i) => rows[i % steps]?.[Math.floor(i / steps)] ?? 0),
    );
    const length = [...series.values()].map((rows) => rows.length);
    const explainer = await openExplainer(bytes);
    const answers = await explainer.run({
      series: { type: 'float64', dims: [length.length, features, steps], values: padded },
      length: { type: 'int64', dims: [length.length], values: length },
    });
    await explainer.release();
    const found = (name: string) => answers[name]!.values;
    assert.deepEqual(
      [...series.keys()],
      wanted.map(({ instance }) => instance.id),
    );
    same(found('map'), maps(), 'map');
    same(
      found('logits'),
      wanted.flatMap(({ prediction }) => [...prediction.logits]),
      'logits',
    );
    assert.deepEqual(
      found('predicted'),
      wanted.map(({ prediction }) => prediction.predicted),
    );
    const shares = found('shares');
    same(
      shares,
      wanted.flatMap(({ shares: of }) => [of.REAL.map, of.MIXED.map, of.EMPTY.map]),
      'shares',
    );
  });

  if (!python) {
    console.warn(`NOT RUN: ${NO_PYTHON}`);
    return;
  }

  it('its Python for onnxruntime gives the numbers of the extension', () => {
    const [code] = blocks('python');
    const answers = run(
      `${code}\nimport json\nprint(json.dumps({name: array.tolist() for name, array in answers.items()}))\n`,
    );
    same(answers.map, maps(), 'map');
    same(
      answers.logits,
      wanted.flatMap(({ prediction }) => [...prediction.logits]),
      'logits',
    );
    assert.deepEqual(
      answers.predicted,
      wanted.map(({ prediction }) => prediction.predicted),
    );
    same(
      answers.shares,
      wanted.flatMap(({ shares }) => [shares.REAL.map, shares.MIXED.map, shares.EMPTY.map]),
      'shares',
    );
  });

  // Spark is not run: a stand-in hands the rows over in its form and takes what comes back.
  it('the code for Spark, called on batches as Spark calls it, gives the numbers of the extension', () => {
    for (const name of ['answers', 'spark_maps']) {
      cpSync(join(repository, `docs/cluster/${name}.py`), join(folder, `${name}.py`));
    }
    const [first] = blocks('python');
    const rows = `batch, length = padded(list(series.values()), steps)
stand_ins.ROWS.update(id=list(series), label=["x"] * len(length), series=[one.ravel() for one in batch], length=list(length))`;
    const written = run(
      `import docs_stand_ins as stand_ins, json, sys\n${first}\n${rows}
sys.argv[1:] = ["explainer.onnx", "series.parquet", "maps"]
exec(open("spark_maps.py").read())
[written] = stand_ins.WRITTEN
print(json.dumps({name: np.asarray(values).tolist() for name, values in written.items()}))\n`,
    );
    same(written.map, maps(), 'map');
    assert.deepEqual(
      written.id,
      wanted.map(({ instance }) => instance.id),
    );
    assert.deepEqual(
      written.predicted,
      wanted.map(({ prediction }) => prediction.predicted),
    );
  });

  if (spawnSync(python, ['-c', 'import onnx']).status !== 0) {
    console.warn('NOT RUN: the checker of onnx, because this Python has no onnx');
    return;
  }
  it('its graphs pass the checker of onnx', () => {
    const files = commands().map(([, out]) => out);
    const checked = run(`import json, onnx
for name in ${JSON.stringify(files)}:
    onnx.checker.check_model(onnx.load(name), full_check=True)
print(json.dumps({"checked": ${files.length}}))\n`);
    assert.deepEqual(checked, { checked: files.length });
  });
});

/** Rows of each case, in the order of the file. */
function readLongCsv(path: string, firstFeature: string): Map<string, number[][]> {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const [at, from] = ['case', firstFeature].map((name) => header.split(',').indexOf(name)) as [
    number,
    number,
  ];
  const series = new Map<string, number[][]>();
  for (const row of lines.map((line) => line.split(','))) {
    const rows = series.get(row[at]!) ?? [];
    series.set(row[at]!, [...rows, row.slice(from).map(Number)]);
  }
  return series;
}
