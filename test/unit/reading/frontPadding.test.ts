import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/data/dataset.ts';
import { int64 } from '../../../src/graph/tensor.ts';
import { prepare } from '../../../src/preprocess/prepare.ts';
import { float64, input, read } from '../data/arrays/arrays.ts';
import { codes, readText, refusalOf } from '../data/reading.ts';
import { header, read as readTs } from '../data/toyTs.ts';

const STEPS = 12;
const value = (at: number) => (((at * 37) % 101) / 10 - 4 + 0.03).toFixed(2);
const masks = ({ instances }: Dataset) => instances.map(({ mask }) => mask?.join(''));
const front = (blank: number) => '0'.repeat(blank) + '1'.repeat(STEPS - blank);

/** What the model is given of the first instance. */
function given({ features, instances }: Dataset): Float32Array {
  const model = { features: features.length, steps: STEPS };
  return prepare({ features, instances }, instances[0]!, model, { steps: [], mask: { kind: 'auto' } }).x;
}

describe('reading: series without numbers at the front', () => {
  it('rows of steps are padding there, and 0 is what the model is given', async () => {
    const row = (id: string, at: number, blank: number) =>
      `${id},${at},${at < blank ? ',NaN' : `${value(at)},${value(at + 50)}`}`;
    const long = [3, 0, 5].flatMap((blank, k) =>
      Array.from({ length: STEPS }, (_, at) => row(`s${k}`, at, blank)),
    );
    const dataset = await readText(`id,t,a,b\n${long.join('\n')}\n`);
    assert.deepEqual(masks(dataset), [front(3), undefined, front(5)]);
    assert.match(dataset.findings.find(({ code }) => code === 'nan-padding')!.sentence, /2 series begin/);
    assert.equal(dataset.maskOrigin, 'steps without a number at the front, in the file');
    assert.deepEqual([...given(dataset).slice(0, 4)], [0, 0, 0, Math.fround(Number(value(3)))]);
  });

  it('a gap behind a number, and one in one feature only, are refused where they stand', async () => {
    const rows = (bad: (at: number) => string | undefined) =>
      Array.from({ length: STEPS }, (_, at) => bad(at) ?? `${at},${value(at)},${value(at + 50)}`).join('\n');
    const gap = await refusalOf(
      readText(`t,a,b\n${rows((at) => (at < 2 || at === 5 ? `${at},,` : undefined))}\n`),
    );
    assert.match(gap.message, /line 7, column "a": the cell is blank/);
    const one = await refusalOf(readText(`t,a,b\n${rows((at) => (at < 2 ? `${at},,1.5` : undefined))}\n`));
    assert.match(one.message, /line 2, column "a"/);
    const filled = await readText(`t,a,b\n${rows((at) => (at < 2 ? `${at},,` : undefined))}\n`, {
      missing: 'zero',
    });
    assert.deepEqual(masks(filled), [undefined]);
  });

  it('so are those of series in a row, of a .ts file, and of arrays, whose ends may be blank as well', async () => {
    const cells = (blank: number, none: string) =>
      Array.from({ length: STEPS }, (_, at) => (at < blank ? none : value(at + blank))).join();
    const wide = await readText(
      `${Array.from({ length: STEPS }, (_, at) => `t${at}`).join()},label\n${[0, 4, 2].map((blank) => `${cells(blank, 'nan')},x`).join('\n')}\n`,
      input('NFT', 1, STEPS),
    );
    assert.deepEqual(masks(wide), [undefined, front(4), front(2)]);
    const ts = await readTs(
      `${header}${cells(3, '?')}:${cells(3, '?')}:up\n${cells(0, '?')}:${cells(1, '?')}:down\n`,
    ).then(
      () => undefined,
      (error: Error) => error.message,
    );
    assert.match(ts!, /dimension 2, step 1: the value is missing/);
    const whole = await readTs(
      `${header}${cells(3, '?')}:${cells(3, '?')}:up\n${cells(0, '?')}:${cells(0, '?')}:down\n`,
    );
    assert.deepEqual(masks(whole), [front(3), undefined]);
    const x = Array.from({ length: 2 * STEPS }, (_, at) =>
      at % STEPS < 2 || at % STEPS > 8 ? Number.NaN : at,
    );
    const arrays = await read({ x: float64([1, 2, STEPS], x) });
    assert.deepEqual(masks(arrays), ['001111111000']);
    assert.equal(arrays.maskOrigin, 'NaN at the front and the end of the series in the file');
    assert.match(
      arrays.findings.find(({ code }) => code === 'nan-padding')!.sentence,
      /begin or end in steps/,
    );
  });

  it('lengths are counted from the front where the values show that the padding is there', async () => {
    const lengths = [12, 7, 9, 4];
    const x = lengths.flatMap((real) =>
      Array.from({ length: STEPS }, (_, at) => (at < STEPS - real ? 0 : Number(value(at)))),
    );
    const dataset = await read({ x: float64([4, 1, STEPS], x), lengths: int64([4], lengths) });
    assert.deepEqual(
      masks(dataset),
      lengths.map((real) => front(STEPS - real)),
    );
    assert.ok(codes(dataset).includes('mask-side'));
    const said = { lengthColumn: { column: 'lengths', side: 'end' } } as const;
    const asSaid = await read({ x: float64([4, 1, STEPS], x), lengths: int64([4], lengths) }, said);
    assert.equal(masks(asSaid)[3], '111100000000');
  });
});
