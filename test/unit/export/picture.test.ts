import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { pictureSvg } from '../../../src/export/picture/pictureSvg.ts';
import { rasterise } from '../../../src/export/picture/rasterise.ts';
import { colourTable } from '../../../src/raster/colourTable.ts';
import { drawnExplanation } from '../../fixtures/drawnExplanations.ts';
import { madeHow } from '../attribution/madeHow.ts';

const TRAP = `<image href="http://x"/>&"'\u0000\ud800]]></text>`;

/** What a reader sees. */
const words = (svg: string) => svg.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]*>/g, ' ');

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha. */
  at(x: number, y: number): number[];
}

/** Reads a PNG of 8 bits, indexed or with alpha, as written in the PNG specification. */
function decode(file: Uint8Array): Pixels {
  const bytes = Buffer.from(file);
  assert.equal(bytes.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    chunks.set(type, [...(chunks.get(type) ?? []), bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))]);
  }
  const header = chunks.get('IHDR')![0]!;
  const [width, height, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9]];
  const size = kind === 3 ? 1 : kind === 6 ? 4 : assert.fail(`colour type ${kind}`);
  const raw = inflateSync(Buffer.concat(chunks.get('IDAT')!));
  const out = new Uint8Array(width * height * size);
  const wide = width * size;
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (wide + 1)]!;
    for (let x = 0; x < wide; x++) {
      const i = y * wide + x;
      const left = x >= size ? out[i - size]! : 0;
      const above = y > 0 ? out[i - wide]! : 0;
      const corner = x >= size && y > 0 ? out[i - wide - size]! : 0;
      out[i] = raw[i + y + 1]! + predictor(filter, left, above, corner);
    }
  }
  const palette = chunks.get('PLTE')?.[0];
  const at = (x: number, y: number) => {
    const i = (y * width + x) * size;
    if (size === 4) return [...out.subarray(i, i + 4)];
    const place = out[i]!;
    return [...palette!.subarray(3 * place, 3 * place + 3), chunks.get('tRNS')![0]![place]!];
  };
  return { width, height, at };
}

/** What a filter of PNG adds: nothing, left, above, their mean, or the nearest of three (Paeth). */
function predictor(filter: number, left: number, above: number, corner: number): number {
  if (filter < 3) return filter === 0 ? 0 : filter === 1 ? left : above;
  if (filter === 3) return (left + above) >> 1;
  const [toLeft, toAbove, toCorner] = [above - corner, left - corner, left + above - 2 * corner].map(
    Math.abs,
  );
  return toLeft! <= toAbove! && toLeft! <= toCorner! ? left : toAbove! <= toCorner! ? above : corner;
}

const colour = (table: Uint32Array, share: number) => {
  const pixel = table[Math.round(share * 255)]!;
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
};

const near = (seen: readonly number[], wanted: readonly number[], by = 2) =>
  assert.ok(
    wanted.every((value, i) => Math.abs(value - seen[i]!) <= by),
    `${seen} is not ${wanted}`,
  );

/** The map's box, as the frame drawn around it says. */
function boxOf(svg: string) {
  const [, left, top, width, height] =
    /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="none" class="axis"/
      .exec(svg)!
      .map(Number);
  return { left: left!, top: top!, width: width!, height: height! };
}

describe('picture of an explanation', () => {
  it('counts in the times of the file where it has them', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? i / 2 : Number.NaN));
    const time = { name: 't', kind: 'number', unit: TRAP, values } as const;
    const drawn = pictureSvg(drawnExplanation({ rows: 3, columns: 40, length: 20, change: { time } }));
    assert.doesNotMatch(drawn, /<image href="http/);
    const plain = { ...time, unit: 's' };
    const text = words(
      pictureSvg(drawnExplanation({ rows: 3, columns: 40, length: 20, change: { time: plain } })),
    );
    assert.match(text, /REAL 0–9\.5 s[\s\S]*EMPTY 16 steps[\s\S]* 0 [\s\S]* 4 [\s\S]* s /);
  });

  it('says in words what was asked, what was answered, how to read it, and where it comes from', () => {
    const text = words(
      pictureSvg(
        drawnExplanation({
          rows: 3,
          columns: 20,
          length: 8,
          change: { target: { index: 1, name: 'run' }, how: madeHow({ relu: false, maskedAlpha: true }) },
        }),
      ),
    );
    for (const wanted of [
      /Grad-CAM of conv1d for run/,
      /case 7 · predicted walk, p 0\.750 · run is not the predicted class, p 0\.250/,
      /signed · real steps only/,
      /REAL 0–7[\s\S]*MIXED[\s\S]*EMPTY 10–19/,
      /8 of 20 steps are real · \|map\|: REAL 90 %, MIXED 10 %, EMPTY 0 %/,
      /numbers not normalised · padding left out of the scale/,
      /d\.csv · m\.onnx ab · r · Attribution Lens 0/,
      /f0\s+f1\s+f2/,
    ])
      assert.match(text, wanted);
  });

  it('draws each cell in the colour of its value, as PNG at twice the size, light and dark', async () => {
    const values = [0, 0.25, 0.5, 1];
    const given = drawnExplanation({
      rows: 2,
      columns: 4,
      value: (row, column) => (row ? values[column]! : 0),
    });
    for (const ground of ['light', 'dark'] as const) {
      const svg = pictureSvg(given, ground);
      const { png, missing } = await rasterise(svg);
      const pixels = decode(png);
      const { left, top, width, height } = boxOf(svg);
      assert.equal(pixels.width, 2 * 920);
      assert.deepEqual(missing, []);
      values.forEach((value, column) => {
        const x = Math.round(2 * (left + (width * (column + 0.5)) / 4));
        near(pixels.at(x, Math.round(2 * (top + height * 0.75))), colour(colourTable(false, ground), value));
        near(pixels.at(x, Math.round(2 * (top + height * 0.25))), colour(colourTable(false, ground), 0));
      });
      near(pixels.at(4, 4), ground === 'light' ? [255, 255, 255] : [30, 30, 30]);
    }
  });

  it('spans the colours over what is asked, and says which', () => {
    const hot = drawnExplanation({ rows: 2, columns: 20, length: 8, value: (_, step) => (step < 8 ? 1 : 4) });
    const [real, all] = [true, false].map((without) => words(pictureSvg(hot, 'light', without)));
    assert.match(real!, /padding left out of the scale · padding reaches 4, drawn in the end colour/);
    assert.match(all!, /padding included in the scale · lines/);
  });

  it('has no seam: edges are paper, and a map of one value is one colour, whatever the size', async () => {
    for (const [rows, columns, length] of [
      [3, 40, 19],
      [7, 131, 131],
      [29, 1000, 333],
    ] as const) {
      const svg = pictureSvg(drawnExplanation({ rows, columns, length, value: () => 1 }), 'dark');
      const pixels = decode((await rasterise(svg)).png);
      const { width, height, at } = pixels;
      const seen = (x: number, y: number) => at(x, y).join();
      const edges = new Set<string>();
      for (let x = 0; x < width; x++) for (const y of [0, height - 1]) edges.add(seen(x, y));
      for (let y = 0; y < height; y++) for (const x of [0, width - 1]) edges.add(seen(x, y));
      assert.deepEqual([...edges], ['30,30,30,255']);
      const box = boxOf(svg);
      // Inside the frame, up to the last real step.
      const [left, top] = [Math.ceil(2 * box.left) + 3, Math.ceil(2 * box.top) + 3];
      const right = Math.floor(2 * (box.left + (box.width * length) / columns)) - 5;
      const inside = new Set<string>();
      for (let x = left; x < right; x++) inside.add(seen(x, Math.round(2 * (box.top + box.height / 2))));
      for (let y = top; y < 2 * (box.top + box.height) - 4; y++) inside.add(seen(left + 9, y));
      assert.equal(inside.size, 1, `${rows} × ${columns}: ${[...inside].join(' ')}`);
    }
  });

  it('signed maps are blue and orange around zero; cells that are no number are left blank', async () => {
    const svg = pictureSvg(
      drawnExplanation({ rows: 1, columns: 4, value: (_, column) => [-2, 2, Number.NaN, 0][column]! }),
    );
    const pixels = decode((await rasterise(svg)).png);
    const { left, top, width, height } = boxOf(svg);
    const at = (column: number) =>
      pixels.at(Math.round(2 * (left + (width * (column + 0.5)) / 4)), Math.round(2 * (top + height / 2)));
    const table = colourTable(true, 'light');
    near(at(0), colour(table, 0));
    near(at(1), colour(table, 1));
    near(at(2), [255, 255, 255]);
    near(at(3), colour(table, 0.5), 4);
  });

  it('a map of 30 × 10,000 is one small picture that still shows a single hot cell', async () => {
    const svg = pictureSvg(
      drawnExplanation({
        rows: 30,
        columns: 10_000,
        value: (row, column) => +(row === 11 && column === 7777),
      }),
    );
    assert.ok(svg.length < 300_000, `${svg.length} bytes`);
    assert.match(words(svg), /each cell shows the strongest of 7/);
    const file = Buffer.from(/base64,([^"]+)/.exec(svg)![1]!, 'base64');
    const image = decode(file);
    assert.deepEqual([image.width, image.height], [Math.ceil(10_000 / 7), 30]);
    near(image.at(1111, 11), [...colour(colourTable(false, 'light'), 1), 255], 0);
    near(image.at(1110, 11), [...colour(colourTable(false, 'light'), 0), 255], 0);
    // And the whole is drawn, the cell where it belongs.
    const pixels = decode((await rasterise(svg)).png);
    const { left, top, width, height } = boxOf(svg);
    const x = Math.floor(2 * (left + (width * 1111.5) / image.width));
    near(
      pixels.at(x, Math.round(2 * (top + (height * 11.5) / 30))),
      colour(colourTable(false, 'light'), 1),
      60,
    );
  });

  it('a map that is zero everywhere says so and has no scale', () => {
    const svg = pictureSvg(drawnExplanation({ rows: 4, columns: 30, length: 10, value: () => 0 }));
    assert.match(words(svg), /The map is zero everywhere/);
    assert.doesNotMatch(svg, /linearGradient/);
  });

  it('hatches MIXED and EMPTY differently, and real steps not at all', () => {
    const hatched = (svg: string) =>
      [...svg.matchAll(/fill="url\(#(MIXED|EMPTY)\)"\/>/g)].map(([, zone]) => zone);
    const padded = hatched(pictureSvg(drawnExplanation({ rows: 2, columns: 20, length: 10 })));
    assert.ok(padded.includes('MIXED') && padded.includes('EMPTY'));
    assert.deepEqual(hatched(pictureSvg(drawnExplanation({ rows: 2, columns: 20 }))), []);
  });

  it('names out of files stay text, whatever they hold; long ones end where they differ', async () => {
    const features = [
      TRAP,
      ...Array.from({ length: 5 }, (_, i) => `${'sensor/left/ankle/'.repeat(4)}${i}/acc`),
    ];
    const hostile = drawnExplanation({
      rows: 6,
      columns: 30,
      features,
      change: {
        ...{ target: { index: 0, name: TRAP } },
        instance: { id: TRAP, index: 0, of: 1, label: TRAP, lines: new Int32Array(30) },
        provenance: { model: TRAP, modelHash: TRAP, data: TRAP, runtime: TRAP, version: TRAP },
      },
    });
    const svg = pictureSvg(hostile);
    assert.doesNotMatch(svg, /[\ud800-\udfff]/u);
    assert.ok(!svg.includes('\0'));
    assert.doesNotMatch(svg, /<image|href="|url\((?!#)/);
    // Its reader refuses what is no XML.
    assert.ok((await rasterise(svg)).png.length > 1000);
    const long = pictureSvg(drawnExplanation({ rows: 5, columns: 30, features: features.slice(1) }));
    for (let i = 0; i < 5; i++) assert.match(words(long), new RegExp(`… *${i}/acc`));
  });

  it('tells characters the font of the PNG does not have', async () => {
    const features = ['Größe α Ж ệ', '加速度'];
    const { missing } = await rasterise(pictureSvg(drawnExplanation({ rows: 2, columns: 9, features })));
    assert.deepEqual(missing, [...'加速度']);
  });
});
