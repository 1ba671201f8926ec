import { Refusal } from '../../refusal.ts';
import type { MapRow } from './mapRow.ts';

/** Ids that have come already, each with a number made of its map. */
export class SeenIds {
  readonly #maps = new Map<string, number>();

  /**
   * Whether an id has come before, with another map or one of zeros only, which many instances have.
   * @param where the file and the row, as sentences call them
   * @throws Refusal `maps-twice` where it has come with the same map: it would count twice
   */
  again({ id, map }: Pick<MapRow, 'id' | 'map'>, where: string): boolean {
    if (id === null) return false;
    const print = printOf(map);
    const before = this.#maps.get(id);
    if (before === undefined) {
      this.#maps.set(id, print);
      return false;
    }
    if (before !== print || map.every((value) => value === 0)) return true;
    throw new Refusal(
      'maps-twice',
      `${where}: "${id}" has come before with the same map, so a job seems to have written twice into one place: take away what is left of the earlier time. If it is another instance, give each an id of its own.`,
    );
  }
}

/** 32 bits of all numbers (FNV-1a of their words). */
function printOf(map: Float32Array): number {
  const words = new Int32Array(map.buffer, map.byteOffset, map.length);
  let print = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) print = Math.imul(print ^ words[i]!, 0x01000193);
  return print;
}
