import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { put, sample, scratch } from './support/files.ts';
import { explain, holds, lens, pictureOf } from './support/lens.ts';

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

  it('that come while the window is open are known as soon as they lie there, until they go', async () => {
    const { timeSeriesFiles } = await lens();
    const csv = readFileSync(join(scratch(['long.csv']), 'long.csv'), 'utf8');
    const [series, source] = [sample('data/late_TEST.ts'), sample('data/late.ts')];
    writeFileSync(source, 'export const answer = 42;\n');
    writeFileSync(series, asTs(csv));
    assert.ok(await holds(() => timeSeriesFiles.known.has(series)), 'it is not known');
    assert.ok(!timeSeriesFiles.known.has(source));
    rmSync(series);
    rmSync(source);
    assert.ok(await holds(() => !timeSeriesFiles.known.has(series)), 'it is still known');
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
