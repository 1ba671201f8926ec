import { deflateSync } from 'node:zlib';
import { crc32 } from '../../files/crc32.ts';

/** A picture of at most 256 colours; index 255 may be kept for "nothing here". */
interface IndexedImage {
  readonly width: number;
  readonly height: number;
  /** [height × width] places in `palette`, row by row. */
  readonly pixels: Uint8Array;
  /** Red, green, blue, alpha of each colour, 0..255. */
  readonly palette: readonly (readonly [number, number, number, number])[];
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const INDEXED = 3;

/** The PNG file of an indexed picture (PNG, third edition: chunks IHDR, PLTE, tRNS, IDAT, IEND). */
export function png({ width, height, pixels, palette }: IndexedImage): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, INDEXED);
  const rows = new Uint8Array(height * (width + 1));
  // Each row begins with its filter; 0 is none, the best for flat colours.
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return Buffer.concat([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('PLTE', Uint8Array.from(palette.flatMap((colour) => colour.slice(0, 3)))),
    chunk('tRNS', Uint8Array.from(palette.map(([, , , alpha]) => alpha))),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
