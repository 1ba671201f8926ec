import type { GraphNode } from '../graph/graph.ts';
import { namesRead } from '../graph/topology.ts';
import type { MapModel } from './mapGraph.ts';
import type { ModelInput } from './modelFeed.ts';

/** What is known of a model whose positions are followed. */
export type CutModel = MapModel & { readonly input: ModelInput };

/** A tensor and its axis of time. */
export interface Timed {
  readonly name: string;
  readonly time: number;
}

/** Layers that are run on a part of the series: the steps that change behind them, and what these rest on. */
export interface WindowStage {
  readonly nodes: readonly GraphNode[];
  /** What they read of earlier stages, or the model's input. */
  readonly inputs: readonly Timed[];
  /** What is read of them later. */
  readonly outputs: readonly Timed[];
  /** An output's step rests on so many steps of the model's input before and after it. */
  readonly before: number;
  readonly after: number;
  /** And on so many of the stage's inputs. */
  readonly reads: Reach;
  /**
   * Where every node that reads neighbours reads them of the stage's inputs: these nodes. Only what changes is computed
   * then, the convolutions run without their padding.
   */
  readonly reaching?: ReadonlyMap<GraphNode, Reach>;
}

/** Steps or positions before and after one. */
export interface Reach {
  readonly before: number;
  readonly after: number;
}

/** How a change of some steps, or of one feature, is followed through a part of the model's positions only. */
export interface WindowPlan {
  readonly stages: readonly WindowStage[];
  /** Of the first stage, what runs on the one feature that changes. */
  readonly rows?: RowPlan;
}

/** What of a stage treats every feature by itself: where one feature changes, it runs on that one. */
export interface RowPlan {
  readonly nodes: readonly GraphNode[];
  /** What the others read of it, with its axis of features. */
  readonly outputs: readonly (Timed & { readonly feature: number })[];
  /** Work of one instance that is not done, on all steps. */
  readonly spared: number;
}

/** What the rest of the model reads of the stages, or besides them of the input. */
export function carriedOf(stages: readonly WindowStage[], all: readonly GraphNode[]): Timed[] {
  const inStages = new Set(stages.flatMap(({ nodes }) => nodes));
  const read = new Set(all.filter((node) => !inStages.has(node)).flatMap(namesRead));
  const known = [...stages[0]!.inputs, ...stages.flatMap(({ outputs }) => outputs)];
  return known.filter(({ name }) => read.has(name));
}

/** Steps of zeros that stand before and after the one series' values, for convolutions without their padding. */
export function marginOf({ stages }: WindowPlan): number {
  const reaches = stages.flatMap(({ reaching }) => [...(reaching?.values() ?? [])]);
  return reaches.reduce((most, { before, after }) => Math.max(most, before, after), 0);
}

/** Steps from..to: those that change behind a stage when `window` changes, and those it is run on. */
export function regionsOf(
  { before, after, reads }: Pick<WindowStage, 'before' | 'after' | 'reads'>,
  [from, to]: readonly [number, number],
  steps: number,
) {
  const within = (at: number) => Math.max(0, Math.min(steps, at));
  // A step rests on `before` steps before it, so a change reaches that many steps after it.
  const changed = [within(from - after), within(to + before)] as const;
  return { changed, crop: [within(changed[0] - reads.before), within(changed[1] + reads.after)] as const };
}
