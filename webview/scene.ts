import { profile, strongestRows } from '../src/attribution/profile.ts';
import { Ranking } from '../src/attribution/ranking.ts';
import { TimeScale } from '../src/attribution/timeScale.ts';
import { type ColourRange, colourRange } from '../src/raster/colourRange.ts';
import type { PanelView } from '../src/views/panel/contract.ts';
import { commonPrefix } from './map/namePrefix.ts';
import { boundaries, type PaddingRun, paddingRuns, zoneShares } from './map/runs.ts';

/** What can be worked out once per snapshot, before anything is drawn. */
export interface PageScene {
  readonly view: PanelView;
  readonly columns: number;
  /** Rows of the map: 1 for a time map. */
  readonly rows: number;
  /** Colour ranges over all steps and over real steps only. */
  readonly ranges: { readonly all: ColourRange; readonly real: ColourRange };
  /** [columns] */
  readonly profile: Float32Array;
  readonly ranking: Ranking;
  readonly padding: readonly PaddingRun[];
  readonly boundaries: readonly number[];
  /** Share of |map| in each run of the zones, 0..1, in their order. */
  readonly zoneShares: readonly number[];
  /** The step axis in the times of the file; null where it counts steps. */
  readonly time: TimeScale | null;
  /** What the names of all features begin with, left out where they are drawn. */
  readonly prefix: string;
  /** Features, strongest on the map first; file order for a time map. */
  readonly strongest: readonly number[];
}

/** What all parts of the map's page are drawn from, computed once per answer. */
export function makeScene(view: PanelView): PageScene {
  const { map, padding, zones, signals } = view.explanation;
  return {
    view,
    columns: map.columns,
    rows: map.rows,
    ranges: { all: colourRange(map, padding.mask, false), real: colourRange(map, padding.mask, true) },
    profile: profile(map),
    ranking: new Ranking(map.values),
    padding: paddingRuns(padding.mask, zones),
    boundaries: boundaries(padding.mask),
    zoneShares: zoneShares(map, zones),
    prefix: commonPrefix(signals.features),
    time: view.explanation.time ? new TimeScale(view.explanation.time) : null,
    strongest: map.rows > 1 ? strongestRows(map, padding.mask) : [...signals.features.keys()],
  };
}

const usualLines = 3;
/** Features that are drawn as lines at once. */
export const mostLines = 6;

/** Features drawn as lines: the chosen ones that exist, else the strongest. */
export function chosenSignals(scene: PageScene, names: readonly string[] | undefined): number[] {
  const { features } = scene.view.explanation.signals;
  const chosen = names?.map((name) => features.indexOf(name)).filter((feature) => feature >= 0);
  return chosen?.length ? chosen.slice(0, mostLines) : scene.strongest.slice(0, usualLines);
}
