import { labelIndex } from '../../data/labelIndex.ts';
import { writeNpz } from '../../data/numpy/writeNpz.ts';
import { float32, int64, type Tensor } from '../../graph/tensor.ts';
import {
  type Alignment,
  alignments,
  type Group,
  type MeanMap,
  type Overview,
  type Scale,
  scales,
} from '../../overview/overview.ts';

type Arrays = Record<string, Tensor | readonly string[]>;

/**
 * Everything as arrays; stable: scripts depend on these names. N instances, F rows of the map, G groups (`group_name`,
 * `group_by`), C columns of an alignment. `mean_start_normalised` [G, F, C], `error_…` [G, F, C], `profile_…` and
 * `n_…` [G, C], and so on; NaN where no instance reaches, and n 0.
 */
export function overviewNpz(overview: Overview): Uint8Array {
  const { groups } = overview;
  return writeNpz({
    ...instanceArrays(overview),
    class_names: overview.classes,
    feature_names: overview.features ?? ['map'],
    group_name: groups.map(({ name }) => name),
    group_by: groups.map(({ by }) => by),
    group_size: integers(groups.map(({ members }) => members.length)),
    ...Object.assign(
      {},
      ...alignments.flatMap((alignment) => scales.map((scale) => mapArrays(groups, alignment, scale))),
    ),
    ...Object.assign({}, ...scales.map((scale) => rankingArrays(overview, scale))),
    steps_per_column: integers([overview.stepsPerColumn]),
  });
}

function instanceArrays({ instances, importance, classes, outliers, features }: Overview): Arrays {
  const n = instances.length;
  const kinds = instances.map(() => '');
  for (const { instance, reasons } of outliers) kinds[instance] = reasons.map(({ kind }) => kind).join(' ');
  const zones = instances.flatMap(({ zones: own }) =>
    own ? [own.REAL, own.MIXED, own.EMPTY] : [Number.NaN, Number.NaN, Number.NaN],
  );
  return {
    case: instances.map(({ id }) => id),
    index: integers(instances.map(({ index }) => index)),
    label: instances.map(({ label }) => label ?? ''),
    label_index: integers(instances.map(({ label }) => labelIndex(label ?? '', classes))),
    predicted: integers(instances.map(({ predicted }) => predicted)),
    probability: floats(
      [n],
      instances.map(({ probability }) => probability),
    ),
    lengths: integers(instances.map(({ length }) => length)),
    zone_shares: floats([n, 3], zones),
    level: floats(
      [n],
      instances.map(({ level }) => level),
    ),
    outlier: kinds,
    ...(features ? { importance: float32([n, features.length], importance) } : {}),
  };
}

function mapArrays(groups: readonly Group[], alignment: Alignment, scale: Scale): Arrays {
  const maps = groups.map(({ maps: of }) => of[alignment][scale]);
  const columns = Math.max(0, ...maps.map((map) => map.columns));
  const rows = maps[0]?.rows ?? 1;
  // Groups differ in their longest instance; aligned by the end, what is missing is at the front.
  const at = (map: MeanMap) => (alignment === 'end' ? columns - map.columns : 0);
  const gather = (pick: (map: MeanMap) => Float32Array, each: number): Tensor => {
    const values = new Float32Array(maps.length * each * columns).fill(Number.NaN);
    maps.forEach((map, g) => {
      for (let row = 0; row < each; row++) {
        const line = pick(map).subarray(row * map.columns, (row + 1) * map.columns);
        values.set(line, (g * each + row) * columns + at(map));
      }
    });
    return float32(each === 1 ? [maps.length, columns] : [maps.length, each, columns], values);
  };
  const counts = new Array<number>(maps.length * columns).fill(0);
  maps.forEach((map, g) => {
    map.n.forEach((n, column) => {
      counts[g * columns + at(map) + column] = n;
    });
  });
  const name = `${alignment}_${scale}`;
  return {
    [`mean_${name}`]: gather(({ mean }) => mean, rows),
    [`error_${name}`]: gather(({ error }) => error, rows),
    [`profile_${name}`]: gather(({ profile }) => profile, 1),
    [`n_${name}`]: int64([maps.length, columns], counts),
  };
}

/** [G, F] in the order of `feature_names`, and [G, F, 2] intervals. */
function rankingArrays({ groups, features }: Overview, scale: Scale): Arrays {
  if (!features) return {};
  const size = groups.length * features.length;
  const values = new Float32Array(size);
  const intervals = new Float32Array(2 * size).fill(Number.NaN);
  groups.forEach(({ ranking }, g) => {
    for (const { feature, value, interval } of ranking![scale].features) {
      const i = g * features.length + feature;
      values[i] = value;
      if (interval) intervals.set(interval, 2 * i);
    }
  });
  return {
    [`ranking_${scale}`]: float32([groups.length, features.length], values),
    [`ranking_interval_${scale}`]: float32([groups.length, features.length, 2], intervals),
  };
}

function integers(values: readonly number[]): Tensor {
  return int64([values.length], values);
}

function floats(dims: readonly number[], values: readonly number[]): Tensor {
  return float32(dims, Float32Array.from(values));
}
