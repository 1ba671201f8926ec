import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { put, scratch } from './support/files.ts';
import { explain, lens, pictureOf } from './support/lens.ts';

/** The tiny data as an aeon/sktime file: dimensions separated by colons, the label last. */
function asTs(csv: string): string {
  const cases = new Map<string, { label: string; rows: string[][] }>();
  for (const line of csv.trim().split('\n').slice(1)) {
    const [id, , label, ...values] = line.split(',');
    const one = cases.get(id!) ?? { label: label!, rows: [] };
    one.rows.push(values);
    cases.set(id!, one);
  }
  const lines = [...cases.values()].map(({ label, rows }) =>
    [...rows[0]!.map((_, feature) => rows.map((row) => row[feature]).join(',')), label].join(':'),
  );
  return [
    '# made from long.csv',
    ...['@problemName tiny', '@timeStamps false', '@univariate false', '@dimensions 4', '@equalLength false'],
    ...['@classLabel true left right', '@data', ...lines, ''],
  ].join('\n');
}

describe('.ts files', () => {
  it('are read where they are time series', async () => {
    const folder = scratch();
    const file = put(folder, 'tiny_TEST.ts', asTs(readFileSync(join(folder, 'long.csv'), 'utf8')));
    const state = await explain(file);
    assert.equal(state.data?.format, 'ts');
    const fromTs = pictureOf(state);
    const fromCsv = pictureOf(await explain(join(folder, 'long.csv')));
    assert.deepEqual(fromTs.prediction.logits, fromCsv.prediction.logits);
    assert.deepEqual(fromTs.map.values, fromCsv.map.values);
  });

  it('are left alone where they are TypeScript: the picture stays, nothing is refused', async () => {
    const folder = scratch();
    pictureOf(await explain(join(folder, 'single.csv')));
    const { session } = await lens();
    const before = session.state;
    const done = explain(put(folder, 'page.ts', 'export const answer = 42;\n'));
    assert.equal((await done).file?.path, before.file?.path);
    assert.equal(session.state.explanation, before.explanation);
  });
});
