import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../../src/cli/main.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { captured } from './captured.ts';

const sample = (name: string) => fileURLToPath(new URL(`../../../media/sample/${name}`, import.meta.url));
const truth: Truth = JSON.parse(readFileSync(sample('ground_truth.json'), 'utf8'));

interface Truth {
  readonly cases: readonly {
    readonly label: string;
    readonly salient: readonly { readonly feature: string }[];
  }[];
}

describe('dataset on the command line', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-cli-dataset-'));
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The command line in this process, with what it writes. */
  async function cli(...words: string[]) {
    const { code, stdout: out, stderr: err } = await captured(() => main(words, engine));
    return { code, out, err };
  }
  const dataset = (...words: string[]) =>
    cli('dataset', sample('models/xcm.onnx'), sample('data/test.csv'), ...words);
  /** Rows of a CSV without quotes. */
  const table = (text: string) => {
    const [head, ...rows] = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    return rows.map((row) => Object.fromEntries(row.map((cell, i) => [head![i]!, cell])));
  };

  it('says in words what the classes have in common: the features that the sample was made with', async () => {
    const { code, out } = await dataset();
    assert.equal(code, 0);
    assert.match(
      out,
      /^60 instances: Grad-CAM of \w+ for the class each instance is predicted as; 59 of 60 answers are right\n/,
    );
    for (const name of ['walk', 'run', 'stairs']) {
      const block = out.slice(out.indexOf(`Labelled ${name}: 20 instances`));
      const first = [...block.matchAll(/^ {2}(?:features)? +(\w+) \d+\.\d %/gm)]
        .slice(0, 2)
        .map(([, f]) => f!);
      assert.deepEqual(first.toSorted(), featuresOf(name), name);
    }
    assert.match(
      out,
      /\n1 of 60 instances stands out\n {2}stairs_0017: Labelled stairs, predicted walk \(p 0\.68\)\.\n$/,
    );
  });

  it('writes a row per instance', async () => {
    const out = join(folder, 'instances.csv');
    const { code } = await dataset('--out', out);
    assert.equal(code, 0);
    const text = readFileSync(out, 'utf8');
    const rows = table(text.replaceAll(/"[^"]*"/g, 'quoted'));
    assert.equal(rows.length, 60);
    const { case: id, label, predicted, correct, outlier } = rows.find((row) => row.correct === 'false')!;
    assert.deepEqual(
      [id, label, predicted, correct, outlier],
      ['stairs_0017', 'stairs', 'walk', 'false', 'misclassified'],
    );
    for (const row of rows) {
      const shares = Object.keys(row).filter((name) => name.startsWith('share_'));
      assert.equal(shares.length, 30);
      const sum = shares.reduce((total, name) => total + Number(row[name]), 0);
      assert.ok(Math.abs(sum - 1) < 1e-5);
      const zones = Number(row.real_share) + Number(row.mixed_share) + Number(row.empty_share);
      assert.ok(Math.abs(zones - 1) < 1e-5);
    }
  });

  it('writes the mean maps and the ranking as tables', async () => {
    const maps = table((await dataset('--format', 'csv', '--table', 'maps', '--align', 'end')).out);
    const walk = maps.filter(({ group }) => group === 'walk');
    assert.equal(walk.length, 131);
    assert.deepEqual([walk.at(-1)!.position, walk.at(-1)!.instances], ['0', '20']);
    assert.ok(Number(walk[0]!.instances) < 20);
    assert.deepEqual([...new Set(maps.map(({ by }) => by))], ['label']);
    const ranking = table((await dataset('--format', 'csv', '--table', 'ranking')).out);
    // All, three labels, three answers; two scales; 30 features.
    assert.equal(ranking.length, 7 * 2 * 30);
    const { feature, low, importance, high } = ranking.find(
      ({ group, scale, place }) => group === 'run' && scale === 'normalised' && place === '1',
    )!;
    assert.ok(featuresOf('run').includes(feature!));
    assert.ok(Number(low) < Number(importance) && Number(importance) < Number(high));
  });

  it('writes arrays that agree with the JSON', async () => {
    const out = join(folder, 'all.npz');
    await dataset('--out', out);
    const arrays = readNpz(readFileSync(out), 'all.npz');
    const array = (name: string) => {
      const found = arrays.get(name);
      assert.ok(found && found.dtype !== 'text', name);
      return { dims: [...found.dims], data: Array.from(found.data as ArrayLike<number | bigint>, Number) };
    };
    assert.deepEqual(array('importance').dims, [60, 30]);
    assert.deepEqual(array('mean_relative_normalised').dims, [7, 30, 50]);
    assert.deepEqual(array('n_start_raw').dims, [7, 131]);
    const { code, out: text } = await dataset('--format', 'json');
    assert.equal(code, 0);
    const json = JSON.parse(text);
    const mean = array('mean_relative_normalised');
    json.groups.forEach((group: { maps: { relative: { normalised: { mean: number[][] } } } }, g: number) => {
      const rows = group.maps.relative.normalised.mean.flat();
      rows.forEach((value, i) => {
        assert.ok(Math.abs(mean.data[g * rows.length + i]! - value) < 1e-6);
      });
    });
    const shares = json.groups[1].ranking.normalised.features as { feature: string; value: number }[];
    const names = json.features as string[];
    for (const { feature, value } of shares) {
      const at = 30 + names.indexOf(feature);
      assert.ok(Math.abs(array('ranking_normalised').data[at]! - value) < 1e-6);
    }
  });

  it('of a time map ranks nothing and says so', async () => {
    const { out } = await dataset(
      '--layer',
      'conv1d',
      '--by',
      'predicted',
      '--align',
      'relative',
      '--scale',
      'raw',
    );
    assert.match(out, /Predicted as walk: 21 instances/);
    assert.match(out, /features {2}this layer has a time map only, so features cannot be ranked/);
    assert.match(out, /highest [\d.]+ ± [\d.]+ at \d+–\d+ % \(21 instances\)/);
    assert.match(out, /Maps as they are/);
  });

  it('the same seed gives the same, to the byte', async () => {
    const [one, again, other] = [await dataset(), await dataset('--seed', '1'), await dataset('--seed', '2')];
    assert.equal(one.out, again.out);
    assert.notEqual(one.out, other.out);
  });

  it('refuses what makes no sense in one sentence, and leaves no file behind', async () => {
    for (const [words, sentence] of [
      [['--align', 'middle'], /--align cannot be "middle": say start, end, relative/],
      [['--case', '3'], /dataset has no option --case/],
      [['--maps', '--class', 'run'], /dataset --maps takes no --class: /],
      [['--maps', '--no-relu'], /dataset --maps takes no --no-relu: /],
      [['--by', 'size'], /--by cannot be "size": say label, predicted/],
      [['--layer', 'nix'], /no layer or tensor "nix"/],
    ] as const) {
      const out = join(folder, 'none.json');
      const { code, err } = await dataset(...words, '--out', out);
      assert.equal(code, 2);
      assert.match(err, sentence);
      assert.equal(err.trim().split('\n').length, 1);
      assert.equal(existsSync(out), false);
    }
    assert.match((await cli('dataset', 'a.onnx')).err, /dataset needs DATA/);
  });
});

/** The two features the sample's class was made with. */
function featuresOf(name: string): string[] {
  const { salient } = truth.cases.find(({ label }) => label === name)!;
  return salient.map(({ feature }) => feature).toSorted();
}
