import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../src/cli/main.ts';
import { materialHash } from '../../../src/cli/study/materialHash.ts';
import { overSeeds, studentQuantile } from '../../../src/cli/study/overSeeds.ts';
import { setNames } from '../../../src/cli/study/setNames.ts';
import type { StudyRow } from '../../../src/cli/study/studyCell.ts';
import { STUDY_FORMS } from '../../../src/cli/study/studyOutput.ts';
import { crossedBeside, testBeside } from '../../../src/cli/study/testBeside.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { createRandom } from '../../../src/random.ts';
import { captured } from './captured.ts';

/** Two classes, 6 to 14 steps. */
function rows(seed: number): string {
  const random = createRandom(seed);
  const lines = ['case,t,label,a'];
  for (let n = 0; n < 24; n++) {
    const length = 6 + random.integer(9);
    for (let t = 0; t < length; t++) {
      lines.push(`s${n},${t},${n % 2},${((n % 2 ? 1 : -1) * t + random.normal()).toFixed(3)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const row = (seed: number, accuracy: number, more: Partial<StudyRow> = {}): StudyRow => ({
  ...{ data: '/a.csv', set: 'a', model: 'fcn', padding: 'end', masked: false, seed, epochs: 1, sha256: '' },
  accuracy: { value: accuracy, interval: [0, 1], n: 10 },
  ...{
    lengthCrossed: null,
    byLength: null,
    lengthEvidence: null,
    layout: 0.5,
    look: null,
    seconds: 1,
    ...more,
  },
});

describe('command line: study', () => {
  let engine: LocalEngine;
  let folder: string;
  const train = () => join(folder, 'moves_TRAIN.csv');
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-study-test-'));
    writeFileSync(train(), rows(1));
    writeFileSync(join(folder, 'moves_TEST.csv'), rows(2));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true });
  });
  const study = (out: string, ...more: string[]) =>
    captured(() =>
      main(
        ['study', train(), '--epochs', '1', '--filters', '4', '--seeds', '1', '--out', out, ...more],
        engine,
      ),
    );

  it('trains each and writes a table', async () => {
    const out = join(folder, 'study.md');
    const { code, stdout } = await study(out, '--padding', 'end,uniform-scaling');
    assert.equal(code, 0);
    const lines = readFileSync(out, 'utf8').split('\n');
    assert.equal(stdout, lines.join('\n'));
    assert.match(lines[2]!, /^\| moves\\_TRAIN \| fcn \| end \| \d\.\d{3} \| \d\.\d{3} \| .* \| 1 \|$/);
    assert.match(lines[3]!, /^\| moves\\_TRAIN \| fcn \| uniform\\-scaling \| /);
    assert.doesNotMatch(stdout, /length crossed/);
    assert.match(
      stdout,
      /uniform.*series of 6 to 14 steps are stretched to one length\\, and their speed may/,
    );
    const again = await study(out, '--padding', 'end,uniform-scaling', '--resume');
    assert.equal(again.stdout, stdout);
    assert.match(
      again.stderr,
      /^The study is complete: 2 networks trained before, nothing left to train\.$/m,
    );
  });

  it('judges on series beside it whose length says nothing about their class', async () => {
    const crossed = join(folder, 'moves_CROSSED.csv');
    writeFileSync(
      crossed,
      rows(5) +
        rows(1)
          .replace(/^.*\n/, '')
          .split('\n')
          .filter((line) => /^s[01],/.test(line))
          .join('\n')
          .replaceAll('s', 'shared') +
        '\n',
    );
    const { code, stdout } = await study(join(folder, 'crossed.md'), '--padding', 'bucketed');
    rmSync(crossed);
    assert.equal(code, 0);
    assert.match(stdout, /^\| data \| model \| padding \| accuracy \| length crossed \| class × length \|/);
    assert.match(stdout, /^- moves\\_TRAIN\\: 2 series of the crossed file stand in the training file/m);
    assert.match(stdout, /\| fcn \| bucketed \| \d\.\d{3} \| \d\.\d{3} \| \d\.\d{3} \|/);
  });

  it('goes on after a kill with what is finished, and only when asked', async () => {
    const out = join(folder, 'study.csv');
    const sha256 = await materialHash(engine, { data: train() });
    const done = { ...row(1, 0.123), data: train(), set: 'moves_TRAIN', filters: 4, sha256 };
    writeFileSync(`${out}.rows`, `\n${JSON.stringify(done)}`);
    appendFileSync(`${out}.rows`, '\n{"data":"/cut off in the mid');
    const begun = await study(out, '--padding', 'end');
    assert.equal(begun.code, 2);
    assert.match(
      begun.stderr,
      /study\.csv\.rows holds networks of a study; take them and go on by --resume, or remove it/,
    );
    const others = { ...done, epochs: 7 };
    appendFileSync(`${out}.rows`, `\n${JSON.stringify(others)}`);
    const twice = ['--padding', 'end,start', '--models', 'fcn,fcn', '--resume'];
    const resumed = await study(out, ...twice);
    assert.equal(resumed.code, 0);
    const [head, first, second] = readFileSync(out, 'utf8').split('\n');
    assert.match(head!, /^set,model,padding,seed,n,accuracy,/);
    assert.match(first!, /^moves_TRAIN,fcn,end,1,10,0\.123,/);
    assert.match(second!, /^moves_TRAIN,fcn,start,1,24,/);
    assert.equal(readFileSync(out, 'utf8').trim().split('\n').length, 3, 'a network named twice is one');
    assert.doesNotMatch(resumed.stderr, /complete|changed/);
    const kept = () =>
      readFileSync(`${out}.rows`, 'utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    assert.equal(kept().length, 3, 'that of a study with other epochs stays');

    // A training on the file writes down beside it what the study has found itself.
    const found = { classes: ['0', '1'], data: { features: ['a'] }, preprocess: [{ pad: { to: 14 } }] };
    writeFileSync(join(folder, 'attribution.json'), JSON.stringify(found));
    const settled = await study(out, ...twice);
    rmSync(join(folder, 'attribution.json'));
    assert.equal(settled.code, 0);
    assert.match(settled.stderr, /complete.* nothing left to train/);
    assert.match(readFileSync(out, 'utf8'), /,0\.123,/);

    // Other data: what rests on the old ones is trained again, and that is said.
    writeFileSync(join(folder, 'moves_TEST.csv'), rows(7));
    const anew = await study(out, ...twice);
    assert.match(
      anew.stderr,
      /^moves_TRAIN\.csv, its test file or its settings have changed since 2 networks of it were trained: they are trained again\.$/m,
    );
    assert.doesNotMatch(readFileSync(out, 'utf8'), /,0\.123,/);
    assert.equal(kept().length, 3);
    writeFileSync(join(folder, 'moves_TEST.csv'), rows(2));
  });

  it('refuses what it cannot judge', async () => {
    const lonely = join(folder, 'lonely.csv');
    writeFileSync(lonely, rows(1));
    const asked = await captured(() => main(['study', lonely, '--out', join(folder, 'x.md')], engine));
    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /lonely\.csv has no test file beside it/);
    const none = ['study', join(folder, 'none_TRAIN.csv'), '--out', join(folder, 'x.md')];
    assert.match((await captured(() => main(none, engine))).stderr, /none_TRAIN\.csv does not exist/);
    const out = await captured(() => main(['study', train(), '--out', join(folder, 'x.txt')], engine));
    assert.equal(out.code, 2);
    assert.match(out.stderr, /a name that ends in \.md, \.csv or \.json/);
    const words = ['study', train(), '--padding', 'end,mask-channel+masked', '--out', join(folder, 'x.md')];
    const both = await captured(() => main(words, engine));
    assert.equal(both.code, 2);
    assert.match(both.stderr, /--padding cannot be "mask-channel\+masked"/);
    assert.equal(testBeside(train()), join(folder, 'moves_TEST.csv'));
    for (const name of ['Foo_Train.csv', 'Foo_Test.csv', 'Foo_CROSSED.csv'])
      writeFileSync(join(folder, name), rows(1));
    const foo = join(folder, 'Foo_Train.csv');
    assert.equal(testBeside(foo), join(folder, 'Foo_Test.csv'));
    assert.equal(crossedBeside(foo), join(folder, 'Foo_CROSSED.csv'));
    for (const name of ['strain_test.csv', 'TrainDelay_TEST.csv']) writeFileSync(join(folder, name), '');
    assert.equal(testBeside(join(folder, 'strain_train.csv')), join(folder, 'strain_test.csv'));
    assert.equal(testBeside(join(folder, 'TrainDelay_TRAIN.csv')), join(folder, 'TrainDelay_TEST.csv'));
    const bare = rows(1).replaceAll(/^(.*?,.*?,).*?,/gm, '$1,');
    for (const name of ['Bare_TRAIN.csv', 'Bare_TEST.csv']) writeFileSync(join(folder, name), bare);
    const two = ['study', foo, join(folder, 'Bare_TRAIN.csv'), '--out', join(folder, 'two.md')];
    const second = await captured(() => main([...two, '--epochs', '1'], engine));
    assert.deepEqual([second.code, existsSync(join(folder, 'two.md.rows'))], [2, false], second.stderr);
    for (const name of ['Foo_Test.csv', 'Foo_CROSSED.csv']) {
      const over = await captured(() => main(['study', foo, '--out', join(folder, name)], engine));
      assert.deepEqual([over.code, readFileSync(join(folder, name), 'utf8')], [2, rows(1)]);
      assert.match(over.stderr, /is read, so it is not overwritten/);
    }
  });

  it('a repair does not write its report over its model', async () => {
    const both = join(folder, 'both.onnx');
    const { code, stderr } = await captured(() =>
      main(['repair', train(), train(), '--out', both, '--report', join(folder, '.', 'both.onnx')], engine),
    );
    assert.equal(code, 2);
    assert.match(stderr, /its file must end in \.html or \.htm, not ".*both\.onnx"/);
    assert.ok(!existsSync(both));
    const dash = await captured(() => main(['repair', train(), train(), '--report', '-'], engine));
    assert.equal(dash.code, 2);
    assert.match(dash.stderr, /must end in \.html or \.htm, not "-"/);
  });

  it('training says whose settings name columns that the file has not', async () => {
    const [data, settings] = [join(folder, 'second.csv'), join(folder, 'attribution.json')];
    writeFileSync(data, rows(3));
    writeFileSync(settings, '{"data":{"features":["b"]}}');
    const { code, stderr } = await captured(() =>
      main(['train', 'fcn', data, '--out', join(folder, 'second.onnx')], engine),
    );
    rmSync(settings);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /lacks the feature column b.*named by the attribution\.json beside or above it; name other settings with --config/,
    );
  });

  it('training refuses a label smoothing that leaves no label, and a learning rate that moves nothing', async () => {
    const refused = async (option: string, value: string, sentence: RegExp, ...more: string[]) => {
      const words = ['train', 'fcn', train(), '--out', join(folder, 'x.onnx'), option, value, ...more];
      const { code, stderr } = await captured(() => main(words, engine));
      assert.equal(code, 2);
      assert.match(stderr, sentence);
    };
    await refused('--epochs', '1', /--mask-input needs --masked/, '--mask-input');
    await refused('--label-smoothing', '1', /--label-smoothing takes a number from 0 to below 1/);
    for (const rate of ['0', 'fast', 'Infinity', '1e31', ' ']) {
      await refused('--rate', rate, /--rate takes a number above 0, up to 1e\+30, such as 0\.001/);
    }
  });

  it('a training whose loss becomes no number says at which step and rate, and writes the weights before', async () => {
    const out = join(folder, 'diverged.onnx');
    const words = ['train', 'fcn', train(), '--filters', '4', '--epochs', '3', '--out', out];
    const { code, stdout } = await captured(() => main([...words, '--rate', '1e30'], engine));
    assert.equal(code, 0);
    assert.match(
      stdout,
      /, 1 epoch, [\d.]+ s: stopped, as the loss was no number at step 2 with a learning rate of 7\.50e\+29; the last good weights are kept\nkept +the weights it began with: they are the last that gave numbers\n/,
    );
    assert.doesNotMatch(stdout, /optimistic/);
    const json = await captured(() => main([...words, '--rate', '1e30', '--json'], engine));
    assert.equal(JSON.parse(json.stdout).best, 0, 'epochs count from 1');
    assert.match(
      stdout,
      /^warning: No epoch gave better weights: the model that is written has learnt nothing, its weights are those it began with\.$/m,
    );
    await engine.model({ model: out });
    rmSync(join(folder, 'attribution.json'), { force: true });
  });

  it('tells data sets of one file name apart by their folders', () => {
    const names = setNames([
      '/x/left/S_TRAIN.ts',
      '/y/right/S_TRAIN.ts',
      '/z/Other_TRAIN.ts',
      '/z/Other_TRAIN.csv',
    ]);
    assert.deepEqual(
      [...names.values()],
      ['left/S_TRAIN', 'right/S_TRAIN', '/z/Other_TRAIN.ts', '/z/Other_TRAIN.csv'],
    );
  });

  it('means over seeds with Student’s interval', () => {
    // Quantiles by SciPy.
    const quantiles = [2, 10, 15, 29, 100].map((freedom) => studentQuantile(freedom).toFixed(3));
    assert.deepEqual(quantiles, ['4.303', '2.228', '2.131', '2.045', '1.984']);
    const [line] = overSeeds([row(1, 0.8), row(2, 0.9), row(3, 0.7, { layout: null })]);
    // On paper: mean .8, s = .1, t(2) = 4.303: .8 ± 4.303 · .1 / √3 = .8 ± .2484, cut at 1.
    assert.equal(line!.accuracy!.mean.toFixed(4), '0.8000');
    assert.deepEqual(
      line!.accuracy!.interval!.map((end) => end.toFixed(3)),
      ['0.552', '1.000'],
    );
    assert.equal(line!.layout!.n, 2);
    assert.equal(line!.look, null);
    assert.equal(line!.seeds, 3);
    const text = STUDY_FORMS['.md']!([
      row(1, 0.8),
      row(2, 0.9, { layout: null }),
      row(3, 0.7, { layout: null }),
    ]);
    assert.match(text, /0\.\d+ \(1 of 3\) \| – \| 3 \|\n/);
    assert.equal(text.match(/ of 3\)/g)!.length, 1);
    const why = 'All series have one length';
    const reasons = STUDY_FORMS['.md']!([row(1, 0.8, { why }), row(1, 0.7, { why, padding: 'start' })]);
    assert.match(reasons, /^- a fcn end; a fcn start\\: All series have one length$/m);
  });
});
