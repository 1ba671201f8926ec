import type { Aligned } from './align.ts';
import { Moments } from './moments.ts';
import { type Alignment, alignments, type MeanMap, type Scale, scales } from './overview.ts';
import { record } from './record.ts';

interface Pair {
  readonly map: Moments;
  /** Of the mean over rows; the map itself where it has one row. */
  readonly profile: Moments;
}

/** The mean maps of one group of instances, in every alignment and scale, as they come in. */
export class GroupMaps {
  readonly #pairs: Readonly<Record<Alignment, Readonly<Record<Scale, Pair>>>>;

  constructor(rows: number) {
    const pair = (): Pair => {
      const map = new Moments(rows);
      return { map, profile: rows > 1 ? new Moments(1) : map };
    };
    this.#pairs = record(alignments, () => record(scales, pair));
  }

  /** @param level what normalising divides by; 0 leaves the instance out of the normalised maps */
  add(aligned: Readonly<Record<Alignment, Aligned>>, level: number): void {
    for (const alignment of alignments) {
      const map = aligned[alignment];
      const { rows } = this.#pairs[alignment].raw.map;
      const profile = rows > 1 ? overRows(map, rows) : null;
      for (const scale of scales) {
        if (scale === 'normalised' && level === 0) continue;
        const factor = scale === 'normalised' ? 1 / level : 1;
        const pair = this.#pairs[alignment][scale];
        pair.map.add(map, factor);
        if (profile) pair.profile.add(profile, factor);
      }
    }
  }

  merge(other: GroupMaps): void {
    for (const alignment of alignments) {
      for (const scale of scales) {
        const [into, from] = [this.#pairs[alignment][scale], other.#pairs[alignment][scale]];
        into.map.merge(from.map);
        if (into.profile !== into.map) into.profile.merge(from.profile);
      }
    }
  }

  read(): Readonly<Record<Alignment, Readonly<Record<Scale, MeanMap>>>> {
    return record(alignments, (alignment) =>
      record(scales, (scale) => {
        const { map, profile } = this.#pairs[alignment][scale];
        const { n, mean, error } = map.read(alignment === 'end');
        const line = profile === map ? { mean, error } : profile.read(alignment === 'end');
        return {
          ...{ rows: map.rows, columns: map.columns, mean, error, n },
          ...{ profile: line.mean, profileError: line.error },
        };
      }),
    );
  }
}

function overRows({ columns, values, covered }: Aligned, rows: number): Aligned {
  const means = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[column * rows + row]!;
    means[column] = sum / rows;
  }
  return { columns, values: means, covered };
}
