import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { patchProject } from '../../../src/project/patchProject.ts';

const file = (name: string) => join(import.meta.dirname, '..', '..', 'fixtures', 'reading', name);

describe('reading: what another reading would give', () => {
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(() => engine.dispose());

  it('shows every way out of a question: shape, first steps, and what the model says', async () => {
    const request = { data: file('file_gesture.csv'), model: file('f3_free_c4.onnx') };
    const asked = await engine.data(request).catch((error: unknown) => error);
    assert.ok(asked instanceof ReadingQuestion);
    const ways = asked.doubt.ways.map(({ patch }) => patch);
    const tried = await engine.readings({ ...request, ways });
    assert.equal(tried.length, ways.length);
    const [six, one] = tried;
    assert.ok(six?.kind === 'read' && one?.kind === 'read');
    assert.deepEqual([six.read.plan.instances, one.read.plan.instances], [6, 1]);
    assert.equal(six.read.first.length, 2);
    assert.equal(six.read.first[0]!.values.length, 3);
    assert.equal(six.read.answer?.likeness, 1);
    assert.ok(Math.abs(six.read.answer.p - six.read.answer.pBefore) < 1e-9);
  });

  it('compares a change with how it is now; what does not read says why', async () => {
    const request = { data: file('id_time.csv'), model: file('f3_t100.onnx') };
    const [now, divided, wrong] = await engine.readings({
      ...request,
      ways: [
        {},
        { preprocess: [{ standardize: { mean: [0, 0, 0], std: [0.5, 0.5, 0.5] } }] },
        { data: { label: 'nowhere' } },
      ],
    });
    assert.ok(now?.kind === 'read' && divided?.kind === 'read');
    const name = (await engine.explain(request)).prediction;
    assert.equal(now.read.answer?.p, name.probabilities![name.predicted]);
    assert.notEqual(divided.read.answer?.pBefore, now.read.answer?.p);
    assert.ok(wrong?.kind === 'refused');
    assert.match(wrong.sentence, /no column "nowhere"/);
  });

  it('says each choice with its reason', async () => {
    const { facts } = await engine.data({ data: file('id_time.csv'), model: file('f3_t100.onnx') });
    assert.deepEqual(
      facts.map(({ topic }) => topic),
      ['layout', 'table', 'split', 'label', 'classes', 'mask', 'standardise', 'pad', 'missing'],
    );
    assert.ok(facts.every(({ words, why }) => words.length > 3 && why.length > 5));
    const set = ['mask=none', 'preprocess=[{"standardize":"instance"},{"pad":{}}]', 'data.missing=zero'];
    const said = await engine.data({ data: file('id_time.csv'), model: file('f3_t100.onnx'), set });
    const why = 'attribution.json says so';
    const by = await engine.data({
      data: file('id_time.csv'),
      model: file('f3_t100.onnx'),
      set: ['data.case=id'],
    });
    assert.equal(by.facts[0]?.why, why);
    assert.equal(by.plan?.parts.find(({ role }) => role === 'case')?.reason, why);
    assert.deepEqual(said.facts.slice(5), [
      { topic: 'mask', words: 'none', why },
      { topic: 'standardise', words: 'each instance by itself', why },
      { topic: 'pad', words: '0 at the end, up to what the model takes', why },
      { topic: 'missing', words: 'filled with 0', why },
    ]);
  });

  it('says where a table begins, which array holds the series, and what parts a recording', async () => {
    const facts = async (name: string, model: string, set: string[] = []) => {
      const said = await engine.data({ data: file(name), model: file(model), set });
      return said.facts.filter(({ topic }) => ['table', 'array', 'split'].includes(topic));
    };
    const [table, whole] = await facts('sample_time.csv', 'f3_free_c4.onnx');
    assert.equal(table?.words, 'cells parted by commas, names on line 1');
    assert.deepEqual([whole?.topic, whole?.words], ['split', 'all rows are one instance']);
    const [, cut] = await facts('sample_time.csv', 'f3_free_c4.onnx', ['data.window=50', 'data.step=25']);
    assert.deepEqual(cut, {
      topic: 'split',
      words: 'windows of 50 steps, one every 25',
      why: 'attribution.json says so',
    });
    const [array] = await facts('side_arrays.npz', 'f3_t100.onnx');
    assert.deepEqual([array?.topic, array?.words], ['array', 'x holds the series']);
    const folder = mkdtempSync(join(tmpdir(), 'attribution-readings-'));
    const one = Array.from({ length: 20 }, (_, t) => `${t},${Math.sin(t)},${Math.cos(t)},${t % 7}.5`);
    for (const name of ['a', 'b'])
      writeFileSync(join(folder, `${name}.csv`), `time,x,y,z\n${one.join('\n')}\n`);
    const { facts: several } = await engine.data({ data: folder, model: file('f3_free_c4.onnx') });
    rmSync(folder, { recursive: true });
    assert.equal(several.find(({ topic }) => topic === 'split')?.words, 'each file is one instance');
  });
});

describe('a patch of attribution.json', () => {
  it('changes what it names and leaves the rest as it stands', () => {
    const before = '{\n\t// ours\n\t"model": "m.onnx",\n\t"data": { "time": "t" }\n}\n';
    const after = patchProject(before, { data: { case: ['a', 'b'], label: null }, classes: ['x', 'y'] });
    assert.match(after, /\/\/ ours\n\t"model": "m.onnx",\n\t"data": \{\s*"time": "t",\s*"case": \[/);
    assert.deepEqual(JSON.parse(after.replace('// ours', '')), {
      model: 'm.onnx',
      data: { time: 't', case: ['a', 'b'], label: null },
      classes: ['x', 'y'],
    });
  });

  it('makes a file', () => {
    assert.deepEqual(JSON.parse(patchProject('', { mask: 'none' })), { mask: 'none' });
  });
});
