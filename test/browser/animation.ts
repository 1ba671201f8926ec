import { crc32 } from 'node:zlib';

/** One picture of an animation, and how long it stands. */
export interface Frame {
  readonly png: Uint8Array;
  readonly ms: number;
}

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** PNG pictures of one size and form as one animated PNG that begins again at its end (APNG, W3C PNG 3rd edition). */
export function animated(frames: readonly Frame[]): Buffer {
  const read = frames.map(({ png, ms }) => ({ chunks: chunksOf(png), ms }));
  const header = only(read[0]!.chunks, 'IHDR');
  const [width, height] = [Buffer.from(header).readUInt32BE(0), Buffer.from(header).readUInt32BE(4)];
  let sequence = 0;
  const out: Chunk[] = [
    { type: 'IHDR', data: header },
    { type: 'acTL', data: words(frames.length, 0) },
  ];
  for (const [i, { chunks, ms }] of read.entries()) {
    if (!Buffer.from(only(chunks, 'IHDR')).equals(header)) throw new Error('The pictures differ in size.');
    const timing = Buffer.from([ms >> 8, ms & 255, 1000 >> 8, 1000 & 255, 0, 0]);
    out.push({ type: 'fcTL', data: Buffer.concat([words(sequence++, width, height, 0, 0), timing]) });
    for (const { type, data } of chunks) {
      if (type !== 'IDAT') continue;
      out.push(i === 0 ? { type, data } : { type: 'fdAT', data: Buffer.concat([words(sequence++), data]) });
    }
  }
  out.push({ type: 'IEND', data: new Uint8Array() });
  return Buffer.concat([signature, ...out.map(encoded)]);
}

function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png);
  const chunks: Chunk[] = [];
  for (let at = signature.length; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function only(chunks: readonly Chunk[], type: string): Uint8Array {
  return chunks.find((chunk) => chunk.type === type)!.data;
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}

function encoded({ type, data }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([words(data.length), named, words(crc32(named))]);
}
