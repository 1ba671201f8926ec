import type { Explanation } from '../attribution/explanation.ts';
import { labelIndex } from '../data/labelIndex.ts';
import { type Aligned, type AlignedGrid, align } from './align.ts';
import { GroupMaps } from './groupMaps.ts';
import { importanceOf } from './importance.ts';
import { alignments, type OverviewInstance } from './overview.ts';
import { groupsByLabel, planGrid } from './plan.ts';
import { record } from './record.ts';
import { SmallMaps } from './smallMaps.ts';
import { ThumbnailMaker, type Thumbnails } from './thumbnails.ts';

/** What of an explanation takes part. */
export type Explained = Pick<
  Explanation,
  'instance' | 'prediction' | 'map' | 'padding' | 'shares' | 'findings'
>;

interface CollectOrder {
  /** How many instances will come. */
  readonly instances: number;
  /** Steps of the longest of them. */
  readonly longest: number;
  readonly classes: readonly string[];
  /** Different labels of the file. */
  readonly labels: ReadonlySet<string>;
}

/** Takes explanations one by one and keeps sums, never the maps. */
export class Collector {
  readonly instances: OverviewInstance[] = [];
  readonly labelled: boolean;
  readonly byLabel = new Map<string, GroupMaps>();
  readonly byPredicted = new Map<number, GroupMaps>();
  /** By code: sentences may hold the instance's own numbers. */
  readonly warnings = new Map<string, { readonly sentence: string; n: number }>();
  #shape: { readonly rows: number; readonly grid: AlignedGrid } | undefined;
  #importance = new Float32Array(0);
  #small: SmallMaps | undefined;
  #thumbnails: ThumbnailMaker | undefined;

  constructor(private readonly order: CollectOrder) {
    this.labelled = groupsByLabel(order.labels, order.classes.length);
  }

  get rows(): number {
    return this.#shape?.rows ?? 1;
  }

  get stepsPerColumn(): number {
    return this.#shape?.grid.stepsPerColumn ?? 1;
  }

  /** [N, rows]; of fewer instances than were announced a copy, as a part of an array crosses to others as the whole. */
  get importance(): Float32Array {
    const size = this.instances.length * this.rows;
    return size === this.#importance.length ? this.#importance : this.#importance.slice(0, size);
  }

  get small(): SmallMaps {
    return this.#small!;
  }

  get thumbnails(): Thumbnails {
    return this.#thumbnails!.made;
  }

  /** @throws Refusal `too-large` at the first one */
  add(explained: Explained): void {
    const { map, padding } = explained;
    const { rows, grid } = this.#shapeFor(map.rows, map.columns);
    const position = this.instances.length;
    const importance = this.#importance.subarray(position * rows, (position + 1) * rows);
    const level = importanceOf(map, padding.mask, importance);
    this.#thumbnails!.add(map, padding.mask);
    this.#small!.set(position, map, padding.mask, level > 0 ? 1 / level : 1);
    const aligned = record(alignments, (alignment): Aligned => align(map, padding.mask, alignment, grid));
    const instance = this.#instanceOf(explained, level);
    this.instances.push(instance);
    this.#groupOf(this.byPredicted, instance.predicted).add(aligned, level);
    if (this.labelled && instance.label !== null) {
      this.#groupOf(this.byLabel, instance.label).add(aligned, level);
    }
    for (const { code, severity, sentence } of explained.findings) {
      if (severity !== 'warning') continue;
      const known = this.warnings.get(code);
      if (known) known.n++;
      else this.warnings.set(code, { sentence, n: 1 });
    }
  }

  #instanceOf({ instance, prediction, padding, shares }: Explained, level: number): OverviewInstance {
    const { predicted, probabilities, classes } = prediction;
    const label = instance.label ?? null;
    const known = label === null ? -1 : labelIndex(label, classes);
    const { REAL, MIXED, EMPTY } = shares;
    const isZero = REAL.map + MIXED.map + EMPTY.map === 0;
    return {
      id: instance.id,
      index: instance.index,
      length: padding.length,
      label,
      predicted,
      probability: probabilities?.[predicted] ?? Number.NaN,
      correct: known < 0 ? null : known === predicted,
      zones: isZero ? null : { REAL: REAL.map, MIXED: MIXED.map, EMPTY: EMPTY.map },
      paddedPositions: MIXED.positions + EMPTY.positions,
      level,
    };
  }

  #groupOf<K>(groups: Map<K, GroupMaps>, key: K): GroupMaps {
    const group = groups.get(key) ?? new GroupMaps(this.rows);
    groups.set(key, group);
    return group;
  }

  #shapeFor(rows: number, columns: number) {
    if (!this.#shape) {
      const { instances, longest, classes, labels } = this.order;
      const most = (count: number) => Math.min(count, instances);
      const groups = 1 + most(classes.length) + (this.labelled ? most(labels.size) : 0);
      const size = { instances, rows, longest: Math.max(columns, longest), groups };
      this.#shape = { rows, grid: planGrid(size) };
      this.#importance = new Float32Array(instances * rows);
      this.#small = new SmallMaps(instances, rows);
      this.#thumbnails = new ThumbnailMaker(instances, { rows, columns });
    }
    return this.#shape;
  }
}
