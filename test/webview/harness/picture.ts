import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';

export type Rgb = readonly [red: number, green: number, blue: number];

/** A screenshot's pixels: an 8-bit RGB or RGBA PNG without interlacing, which is what browsers make. */
export class Picture {
  private constructor(
    readonly width: number,
    readonly height: number,
    private readonly bytes: Uint8Array,
    private readonly channels: number,
  ) {}

  static read(png: Buffer): Picture {
    const data: Buffer[] = [];
    let [width, height, channels] = [0, 0, 0];
    for (let at = 8; at < png.length; ) {
      const length = png.readUInt32BE(at);
      const kind = png.toString('latin1', at + 4, at + 8);
      const body = png.subarray(at + 8, at + 8 + length);
      if (kind === 'IHDR') {
        [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
        channels = body[9] === 6 ? 4 : 3;
        assert.deepEqual([body[8], body[12]], [8, 0]);
      }
      if (kind === 'IDAT') data.push(body);
      at += length + 12;
    }
    const row = width * channels;
    return new Picture(
      width,
      height,
      unfilter(inflateSync(Buffer.concat(data)), row, height, channels),
      channels,
    );
  }

  at(x: number, y: number): Rgb {
    const i = (Math.floor(y) * this.width + Math.floor(x)) * this.channels;
    return [this.bytes[i]!, this.bytes[i + 1]!, this.bytes[i + 2]!];
  }

  /** All pixels of a box, row by row. */
  box(left: number, top: number, width: number, height: number): Rgb[] {
    const pixels: Rgb[] = [];
    for (let y = Math.ceil(top); y < Math.floor(top + height); y++) {
      for (let x = Math.ceil(left); x < Math.floor(left + width); x++) pixels.push(this.at(x, y));
    }
    return pixels;
  }
}

/** Undoes the row filters of PNG (RFC 2083, section 6). */
function unfilter(raw: Uint8Array, row: number, height: number, channels: number): Uint8Array {
  const out = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x >= channels ? out[y * row + x - channels]! : 0;
      const up = y > 0 ? out[(y - 1) * row + x]! : 0;
      const corner = y > 0 && x >= channels ? out[(y - 1) * row + x - channels]! : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter!]!;
      out[y * row + x] = raw[y * (row + 1) + 1 + x]! + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const base = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(base - left), Math.abs(base - up), Math.abs(base - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Largest difference of a channel. */
export function distance(a: Rgb, b: Rgb): number {
  return Math.max(...a.map((channel, i) => Math.abs(channel - b[i]!)));
}

export function assertColour(actual: Rgb, expected: Rgb, what: string): void {
  assert.ok(distance(actual, expected) <= 3, `${what} is rgb(${actual}), not rgb(${expected})`);
}

export function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
