import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);

/** Eight stays of ten rows. */
const stays = (head: string, columnsOf: (stay: number, hour: number) => readonly unknown[]): string => {
  const rows = Array.from({ length: 80 }, (_, at) => columnsOf(Math.floor(at / 10), at % 10).join());
  return `${head}\n${rows.join('\n')}\n`;
};
const single = (name: string, of: (at: number) => unknown): string => {
  const rows = Array.from({ length: 80 }, (_, at) => [at, value(at), value(at * 3), of(at)].join());
  return `time,a,b,${name}\n${rows.join('\n')}\n`;
};

describe('reading: labels under longer names', () => {
  it('numbers of something are offered as no class, what is left is', async () => {
    const text = stays('subject_id,hadm_id,icustay_id,hours_in,hr,bp,mort_hosp', (stay, hour) => [
      ...[10 + (stay >> 1), 1000 + stay, 20_000 + stay, hour],
      ...[value(stay * 10 + hour), value(stay * 17 + hour), stay % 3 === 0 ? 1 : 0],
    ]);
    const asked = await refusalOf(readText(text, { case: 'icustay_id' }));
    assert.ok(asked instanceof ReadingQuestion);
    assert.deepEqual(asked.doubt.ways[0]!.patch, { data: { label: 'mort_hosp' } });
    assert.ok(!asked.doubt.ways.some(({ patch }) => patch.data?.label === 'hadm_id'));
  });

  it('that end in "label" or "flag" and change on the way are asked about, and no feature where there is none', async () => {
    for (const name of ['SepsisLabel', 'ATT_FLAG', 'fault label']) {
      const text = single(name, (at) => (at > 30 && at < 50 ? 1 : 0));
      const asked = await refusalOf(readText(text));
      assert.equal(asked.code, 'ask-continuous-recording', name);
      const { features, findings } = await readText(text, { label: null });
      assert.deepEqual(features, ['a', 'b'], name);
      assert.ok(findings.some(({ sentence }) => sentence.includes('list it under "features" if it is one')));
      assert.deepEqual(
        (await readText(text, { label: null, features: ['a', 'b', name] })).features.length,
        3,
      );
    }
  });

  it('of checks and of counts stay what they are', async () => {
    for (const name of ['quality_flag', 'class_count']) {
      const { features } = await readText(single(name, (at) => at % 2));
      assert.ok(features.includes(name), name);
    }
    const model = { input: { layout: 'NFT', features: 3, steps: null } } as const;
    const text = single('ATT_FLAG', (at) => (at > 30 && at < 50 ? 1 : 0));
    assert.equal((await readText(text, { ...model, label: null })).features.length, 3);
  });

  it('under a feature-like name in a row below the names are those of the columns', async () => {
    const rows = Array.from({ length: 30 }, (_, at) =>
      [at, ...[1, 2, 3, 4].map((k) => value(at * k))].join(),
    );
    const text = (below: string) => `time,s0,s1,s2,s3\n${below}\n${rows.join('\n')}\n`;
    for (const below of ['activity,a,b,a,b', 'y,p,p,q,q'])
      assert.equal((await refusalOf(readText(text(below)))).code, 'label-row');
    assert.equal((await readText(text('s,V,V,V,V'))).features.length, 4);
  });

  it('of spectra, numbered by wavelength, stand beside series', async () => {
    const head = Array.from({ length: 24 }, (_, at) => `wl_${1100 + 2 * at}`).join();
    const rows = Array.from({ length: 12 }, (_, row) =>
      [
        'ab'[row % 2],
        ...Array.from({ length: 24 }, (_s, at) => Math.sin(row * 41 + at * 0.2).toFixed(3)),
      ].join(),
    );
    const { instances } = await readText(`species,${head}\n${rows.join('\n')}\n`);
    assert.deepEqual([instances.length, instances[0]!.length, instances[1]!.label], [12, 24, 'b']);
  });

  it('of rows in a file without names are asked about beside signals, and every answer reads it', async () => {
    const rows = Array.from({ length: 120 }, (_, at) =>
      [
        15 * at,
        ...[7, 11, 13].map((k) => Math.round(Number(value(at * k)) * 200)),
        [0, 1, 2, 1][at >> 5],
      ].join(' '),
    );
    const text = `${rows.join('\n')}\n`;
    const asked = await refusalOf(readText(text, {}, 'S01.txt'));
    assert.ok(asked instanceof ReadingQuestion);
    const found = await Promise.all(
      asked.doubt.ways.map(({ patch }) =>
        readText(
          text,
          { ...(patch.data as DataOptions), ...(patch.data?.window && { window: 30, step: 30 }) },
          'S01.txt',
        ),
      ),
    );
    assert.deepEqual(
      found.map(({ instances, features }) => [instances.length, features.length, instances[0]!.label]),
      [
        [4, 3, '0'],
        [1, 4, undefined],
        [1, 3, undefined],
      ],
    );
    const noise = rows.map((row, at) => `${row.slice(0, row.lastIndexOf(' '))} ${at % 3}`).join('\n');
    assert.equal((await readText(`${noise}\n`, {}, 'S01.txt')).features.length, 4);
  });

  it('beside states of 0 and 1 are asked about where they reach beyond these, also shorter than the model', async () => {
    const rows = (of: (row: number) => number): string =>
      Array.from({ length: 20 }, (_, row) =>
        [of(row), ...Array.from({ length: 30 }, (_s, at) => ((row * 7 + at * at) % 3) & 1)].join(),
      ).join('\n');
    const model: DataOptions = { input: { layout: 'NFT', features: 1, steps: 48 } };
    assert.equal(
      (await refusalOf(readText(`${rows((row) => 1 + (row % 2))}\n`, model))).code,
      'ask-label-column',
    );
    const { instances } = await readText(`${rows((row) => row % 2)}\n`, model);
    assert.equal(instances[0]!.length, 31);
  });
});
