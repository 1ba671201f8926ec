import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { METHODS } from '../../../src/attribution/methods.ts';
import { readArguments } from '../../../src/cli/arguments.ts';
import { main } from '../../../src/cli/main.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { refusal } from '../refusal.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));
const evaluate = (...words: string[]) => readArguments(['evaluate', 'm.onnx', 'd.csv', ...words]);

describe('evaluate on the command line', () => {
  it('has a default for everything but the files', () => {
    const { methods, replacements, truth, seed, relu, json } = evaluate();
    assert.deepEqual(
      { methods, replacements, truth, seed, relu, json },
      { methods: ['gradcam'], replacements: undefined, truth: undefined, seed: 1, relu: true, json: false },
    );
  });

  it('reads its options', () => {
    const command = evaluate(
      ...'--method all --replacement noise --truth t.json#content --most 5 --draws 2 --seed 7 --case all'.split(
        ' ',
      ),
    );
    assert.deepEqual(
      command.methods,
      METHODS.map(({ id }) => id),
    );
    assert.deepEqual(command.replacements, ['noise']);
    assert.deepEqual(command.truth, { path: resolve('t.json'), member: 'content' });
    assert.deepEqual([command.most, command.draws, command.seed, command.case], [5, 2, 7, undefined]);
    assert.deepEqual(evaluate('--truth', 'a#b.json').truth, { path: resolve('a#b.json') });
  });

  for (const [words, sentence] of [
    [['--method', 'guess'], /--method cannot be "guess": say gradcam/],
    [['--replacement', 'ones'], /--replacement cannot be "ones": say channel_mean/],
    [['--most', '0'], /--most takes a whole number from 1/],
    [['--format', 'csv'], /evaluate has no option --format/],
  ] as const) {
    it(`refuses ${words.join(' ')}`, () => {
      assert.throws(() => evaluate(...words), refusal('usage', sentence));
    });
  }

  it('generate refuses a set it does not know', () => {
    assert.throws(
      () => readArguments(['generate', 'Top', 'out']),
      refusal('usage', /say content, length, mixed/),
    );
  });
});

describe('evaluate and generate, run', function () {
  this.timeout(60_000);
  let engine: LocalEngine;
  let folder: string;
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-cli-'));
    writeFileSync(join(folder, 'noise.csv'), noiseCsv({ labelled: true }));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (...words: string[]): Promise<{ code: number; out: string }> => {
    const out = join(folder, 'out.txt');
    rmSync(out, { force: true });
    const code = await main([...words, '--out', out], engine);
    return { code, out: code === 0 ? readFileSync(out, 'utf8') : '' };
  };
  const ask = (...words: string[]) =>
    run(
      'evaluate',
      tiny('tiny.onnx'),
      join(folder, 'noise.csv'),
      '--config',
      tiny('attribution.json'),
      ...words,
    );

  it('tells a person: four verdicts, areas, what padding is worth', async () => {
    const { code, out } = await ask('--replacement', 'zero', '--draws', '1');
    assert.equal(code, 0);
    for (const title of ['Order of cells: ', 'Weights: ', 'Sum: ', 'Truth: no truth given']) {
      assert.ok(out.includes(title), title);
    }
    assert.match(out, /zero {36}\d\.\d{3} {6}\d\.\d{3}/);
    assert.match(out, /Padding is \d+ % of the cells/);
  });

  it('tells a script: JSON, with scores against the truth', async () => {
    const truth = Array.from({ length: 14 }, (_, i) => ({
      case: `i${i}`,
      feature: i % 2 ? 'b' : 'c',
      from: 3,
      to: 7,
    }));
    writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth));
    const { out } = await ask(
      ...['--replacement', 'zero', '--draws', '1', '--json', '--method', 'gradient-input'],
      ...['--truth', join(folder, 'truth.json')],
    );
    const found = JSON.parse(out);
    assert.equal(found.method, 'gradient-input');
    assert.equal(found.truth.n_instances, 14);
    assert.ok(found.truth.real_steps.pointing.value >= 0);
    assert.equal(found.removal[0].deletion_curve.probability.length, found.shares.length);
  });

  it('several methods side by side', async () => {
    const { out } = await ask('--method', 'all', '--replacement', 'zero', '--draws', '1', '--most', '2');
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, 1 + METHODS.length);
    for (const { label } of METHODS)
      assert.ok(
        lines.some((line) => line.startsWith(`${label} `)),
        label,
      );
  });

  it('a truth file that is not there is bad input', async () => {
    assert.equal((await ask('--truth', join(folder, 'none.json'))).code, 2);
  });

  it('generate writes what evaluate takes', async () => {
    const to = join(folder, 'set');
    assert.equal(await main(['generate', 'content', to, '--instances', '4'], engine), 0);
    assert.deepEqual(readdirSync(to).sort(), ['attribution.json', 'content.csv', 'ground_truth.json']);
    const { instances, features } = await engine.data({
      data: join(to, 'content.csv'),
      project: join(to, 'attribution.json'),
    });
    assert.deepEqual([instances.length, features.length, instances[3]!.id], [4, 8, '3']);
    assert.equal(await main(['generate', 'content', to, '--instances', '4'], engine), 0);
    assert.equal(await main(['generate', 'Middle', to, '--instances', '4'], engine), 2);
    assert.equal(readdirSync(to).length, 3);
    // Its settings would be read for what is there already.
    const full = mkdtempSync(join(folder, 'full-'));
    writeFileSync(join(full, 'mine.csv'), 'a,b\n1,2\n');
    assert.equal(await main(['generate', 'content', full, '--instances', '4'], engine), 2);
    assert.deepEqual(readdirSync(full), ['mine.csv']);
  });
});
