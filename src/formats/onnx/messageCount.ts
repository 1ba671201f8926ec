import protobuf from 'protobufjs/minimal.js';
import type { MessageType } from './wire.ts';

/** Nested messages beyond this are no model's; they are counted as they stand. */
const DEEPEST = 64;

/**
 * How many messages of known types lie in the bytes, and in each other; it stops at the first beyond `most`. Reading
 * makes an object of each, two bytes may be one.
 * @throws Error where the bytes are no protobuf message
 */
export function messageCount(bytes: Uint8Array, type: MessageType, most: number): number {
  const reader = protobuf.Reader.create(bytes);
  let count = 0;
  const walk = (of: MessageType, end: number, depth: number): void => {
    while (reader.pos < end && count <= most) {
      const tag = reader.tag();
      const inside = of.inside(tag >>> 3);
      if ((tag & 7) !== 2 || !inside || depth === DEEPEST) {
        reader.skipType(tag & 7, depth, tag >>> 3);
        continue;
      }
      count++;
      const length = reader.uint32();
      walk(inside, reader.pos + length, depth + 1);
    }
  };
  walk(type, bytes.length, 0);
  return count;
}
