import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseTruth, salientCells } from '../../../src/evaluation/truthFile.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { refusal } from '../refusal.ts';

describe('the truth file', () => {
  const features = ['a', 'b'];
  const mask = Uint8Array.from([0, 1, 1, 1, 0]);
  const of = (text: string, id = 'x', index = 3) =>
    salientCells(parseTruth(text, 'truth.json'), { id, index, mask }, features, 'truth.json');

  it('is read in its three forms; steps are those of the series, wherever its padding lies', () => {
    const wanted = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 1, 1, 0]);
    const run = { feature: 'b', from: 1, to: 3 };
    assert.deepEqual(of(JSON.stringify([{ case: 'x', ...run }])), wanted);
    assert.deepEqual(of(JSON.stringify({ salient: [{ case: 3, ...run, feature: 1 }] })), wanted);
    assert.deepEqual(of(JSON.stringify({ cases: [{ case: 'x', salient: [run] }] })), wanted);
  });

  it('says nothing of a case it does not name; steps after the end are left out', () => {
    assert.equal(of(JSON.stringify([{ case: 'y', feature: 0, from: 0, to: 1 }])), null);
    const beyond = of(JSON.stringify([{ case: 'x', feature: 0, from: 2, to: 99 }]))!;
    assert.deepEqual([...beyond], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  });

  for (const [text, sentence] of [
    ['{', /truth\.json is no JSON/],
    ['3', /is neither a list of \{ case, feature, from, to \}/],
    ['{"content":{"salient":[]},"mixed":{}}', /several sets \(content, mixed\); name one with FILE#content/],
    ['[{"feature":0,"from":0,"to":1}]', /does not say which case entry 0 is about/],
    ['[{"case":1,"feature":0,"from":3,"to":1}]', /needs "feature".*in entry 0/],
    ['[{"case":1,"feature":0,"from":0.5,"to":1}]', /needs "feature".*in entry 0/],
    ['[{"case":1,"feature":-1,"from":0,"to":1}]', /needs "feature".*in entry 0/],
    ['{"cases":[{"case":1}]}', /has no "salient" in case 0/],
    ['[{"case":"x","feature":"c","from":0,"to":1}]', /names feature "c", which the model does not have/],
    ['[{"case":"x","feature":2,"from":0,"to":1}]', /names feature 2, which the model does not have/],
  ] as const) {
    it(`refuses ${text}`, () => {
      assert.throws(() => of(text), refusal('bad-truth', sentence));
    });
  }

  it('a part that is not there is refused by name', () => {
    const ask = () => parseTruth('{"content":[]}', 'truth.json', 'other');
    assert.throws(ask, refusal('bad-truth', /has no part "other"/));
  });
});

describe('the truth of the fixtures', () => {
  it('names one cell run per instance of the content set', () => {
    const text = readFileSync(referenceFile('padded30/ground_truth.json'), 'utf8');
    const truth = parseTruth(text, 'ground_truth.json', 'content');
    assert.equal(truth.size, 60);
    assert.deepEqual(truth.get('0'), [{ feature: 2, from: 36, to: 42 }]);
  });
});
