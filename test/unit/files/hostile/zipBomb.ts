import { constants, deflateRawSync } from 'node:zlib';

const PART = 2 ** 22;

/**
 * An .npz of one array whose values are zeros, written in milliseconds: the same deflated 4 MB again and again.
 * @param bytes of the values @param said what the archive says of the size, where it lies
 */
export function zipBomb(shape: string, bytes: number, descr = '<f4', said?: number): Uint8Array {
  const head = npyHeader(shape, descr);
  const times = Math.ceil(bytes / PART);
  const [first, part] = [head, new Uint8Array(PART)].map(deflated);
  const end = Buffer.from([3, 0]);
  const data = Buffer.concat([first!, ...Array<Buffer>(times).fill(part!), end]);
  return archive('x.npy', data, said ?? head.length + times * PART);
}

/** A block that others follow, and that knows nothing of those before. */
function deflated(bytes: Uint8Array): Buffer {
  return deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
}

function npyHeader(shape: string, descr: string): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = `${text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11)}\n`;
  const size = Buffer.alloc(2);
  size.writeUInt16LE(padded.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), size, Buffer.from(padded)]);
}

/** One deflated file; its sum of check is wrong, which is found after unpacking only. */
function archive(name: string, data: Buffer, size: number): Uint8Array {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(size, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
  const more = Buffer.alloc(14);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, more, Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
