import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cividis } from '../../../src/raster/cividis.ts';
import { colourRange } from '../../../src/raster/colourRange.ts';
import { colourTable } from '../../../src/raster/colourTable.ts';
import { diverging } from '../../../src/raster/diverging.ts';

/** Relative luminance of an sRGB colour (WCAG 2). */
function luminance(rgb: readonly number[]): number {
  const [red, green, blue] = rgb.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe('Colours', () => {
  it('cividis is the published table, to the eye', () => {
    // matplotlib's table at 0, ¼, ½, ¾ and 1.
    const published = [
      [0, 34, 78],
      [67, 78, 108],
      [124, 123, 120],
      [188, 175, 111],
      [254, 232, 56],
    ];
    for (const [i, expected] of published.entries()) {
      const made = cividis(i / 4);
      for (const [channel, value] of expected.entries()) {
        assert.ok(Math.abs(made[channel]! - value) <= 14, `${made} is not ${expected}`);
      }
    }
  });

  it('cividis gets lighter with every larger value', () => {
    for (let i = 1; i <= 64; i++) assert.ok(luminance(cividis(i / 64)) > luminance(cividis((i - 1) / 64)));
  });

  for (const ground of ['dark', 'light'] as const) {
    it(`diverging colours leave the ${ground} page with the magnitude, blue below and orange above`, () => {
      const away = ground === 'dark' ? 1 : -1;
      for (const side of [-1, 1]) {
        for (let i = 1; i <= 32; i++) {
          const [near, far] = [diverging((side * (i - 1)) / 32, ground), diverging((side * i) / 32, ground)];
          assert.ok(away * (luminance(far) - luminance(near)) > 0, `${side} ${i}`);
        }
      }
      const [lowRed, , lowBlue] = diverging(-1, ground);
      const [highRed, , highBlue] = diverging(1, ground);
      assert.ok(lowBlue > lowRed && highRed > highBlue);
    });
  }

  it('the table holds 256 opaque pixels, lowest first', () => {
    const table = colourTable(false, 'dark');
    assert.equal(table.length, 256);
    for (const pixel of table) assert.equal(pixel >>> 24, 255);
    assert.deepEqual([table[0]! & 255, (table[0]! >>> 8) & 255, (table[0]! >>> 16) & 255], [...cividis(0)]);
  });
});

describe('The colour range', () => {
  const raster = (values: number[], columns: number) => ({
    values: Float32Array.from(values),
    rows: values.length / columns,
    columns,
  });
  const allReal = Uint8Array.of(1, 1);

  it('starts at 0 for a map without negative values', () => {
    const range = colourRange(raster([0.25, 0.5], 2), allReal, false);
    assert.deepEqual([range.low, range.high, range.signed, range.allZero], [0, 0.5, false, false]);
  });

  it('is symmetric about 0 for a signed map', () => {
    const range = colourRange(raster([-2, 0.5], 2), allReal, false);
    assert.deepEqual([range.low, range.high, range.signed], [-2, 2, true]);
  });

  it('leaves padding out on request and says how far that goes beyond', () => {
    const map = raster([0.5, 4, 0.25, 3], 2);
    const range = colourRange(map, Uint8Array.of(1, 0), true);
    assert.deepEqual([range.high, range.over, range.beyond], [0.5, 'real steps', 4]);
    assert.equal(colourRange(map, Uint8Array.of(1, 0), false).high, 4);
  });

  it('falls back to all steps where the real ones are all zero', () => {
    const range = colourRange(raster([0, 4], 2), Uint8Array.of(1, 0), true);
    assert.deepEqual([range.high, range.over], [4, 'all steps']);
  });

  it('knows an all-zero map and counts what is not a number', () => {
    assert.equal(colourRange(raster([0, -0], 2), allReal, false).allZero, true);
    const range = colourRange(raster([Number.NaN, Number.POSITIVE_INFINITY, 1, 0], 2), allReal, false);
    assert.deepEqual([range.notFinite, range.high], [2, 1]);
  });

  it('holds every finite value when nothing is left out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (values) => {
          const range = colourRange(raster(values, values.length), new Uint8Array(values.length), false);
          for (const value of Float32Array.from(values)) assert.ok(value >= range.low && value <= range.high);
        },
      ),
    );
  });
});
