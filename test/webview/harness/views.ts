import { factsOf } from '../../../src/attribution/availableMethods.ts';
import type { Explanation, Zone, ZoneRun } from '../../../src/attribution/explanation.ts';
import type { FullHow } from '../../../src/attribution/how.ts';
import { METHODS } from '../../../src/attribution/methods.ts';
import type { LayerSummary } from '../../../src/graph/layerSummary.ts';
import type { PanelLook, PanelView } from '../../../src/views/panel/contract.ts';
import { madeHow } from '../../unit/attribution/madeHow.ts';

/** What a synthetic view can be asked for; the rest follows from it. */
export interface Wish {
  readonly features?: readonly string[];
  readonly steps?: number;
  /** Real steps [from, to). */
  readonly real?: readonly [number, number];
  /** Steps in the padding beside the real ones that still read them. */
  readonly reach?: number;
  /** 1 makes a time map; default: one row a feature. */
  readonly rows?: number;
  /** Attribution of a cell. */
  readonly value?: (row: number, step: number) => number;
  readonly how?: Partial<FullHow>;
  readonly change?: Partial<Explanation>;
  readonly look?: Partial<PanelLook>;
  readonly view?: Partial<PanelView>;
}

export const plainLook: PanelLook = {
  hidePadding: false,
  cropPadding: false,
  rangeWithoutPadding: false,
  zoom: null,
  table: false,
};

const layers: readonly LayerSummary[] = [
  layer('conv2dblock', 'Conv 2-D + ReLU', [32, 30, 131], 2, ['first conv', '2-D block']),
  layer('conv1dblock', 'Conv 1-D + ReLU', [32, 131], 1, ['one-channel bottleneck follows']),
  layer('conv1d', 'Conv 1-D + ReLU', [32, 131], 1, ['last conv']),
];

function layer(name: string, kind: string, shape: number[], rank: 1 | 2, marks: string[]): LayerSummary {
  const receptiveField = { size: 26, jump: 1, start: 0.5 };
  return { name, tensor: `/${name}`, kind, parts: [], shape, rank, receptiveField, marks };
}

/** A bump on one feature, a weaker one on another, a plateau on the padding, over a little noise. */
export function bumps(row: number, step: number): number {
  const bump = (at: number, feature: number, wide: number, high: number) =>
    high * Math.exp(-((row - feature) ** 2) / wide - (step - at) ** 2 / (14 * wide));
  const noise = 0.05 + 0.06 * pseudoRandom(row * 8191 + step);
  return noise + bump(17, 2, 0.8, 0.75) + bump(9, 11, 3, 0.3) + (step >= 28 ? 0.04 : 0);
}

/** The same numbers on every machine, 0..1. */
export function pseudoRandom(seed: number): number {
  const x = Math.sin(seed * 12.9898 + 4.1414) * 43758.5453;
  return x - Math.floor(x);
}

export function makeView(wish: Wish = {}): PanelView {
  const steps = wish.steps ?? 131;
  const features = wish.features ?? Array.from({ length: 30 }, (_, i) => `f${String(i).padStart(2, '0')}`);
  const rows = wish.rows ?? features.length;
  const [from, to] = wish.real ?? [0, 28];
  const mask = Uint8Array.from({ length: steps }, (_, t) => (t >= from && t < to ? 1 : 0));
  const value = wish.value ?? bumps;
  const values = Float32Array.from({ length: rows * steps }, (_, i) =>
    value(Math.floor(i / steps), i % steps),
  );
  const map = { values, rows, columns: steps };
  const zones = zonesAround(steps, from, to, wish.reach ?? 13);
  const input = Float32Array.from({ length: features.length * steps }, (_, i) =>
    mask[i % steps]
      ? 3 * (pseudoRandom(i) - 0.5) + 2.5 * Math.exp(-(((i % steps) - from - 17) ** 2) / 12)
      : 0,
  );
  const raw = input.map((x, i) => (mask[i % steps] ? x * 12.5 + 40 : Number.NaN));
  const explanation: Explanation = {
    instance: {
      id: 'case 0007',
      index: 6,
      of: 60,
      label: 'walk',
      lines: Int32Array.from(mask, (real, t) => (real ? t - from + 2 : 0)),
    },
    prediction: {
      logits: Float32Array.of(3.6, 0.1),
      probabilities: Float32Array.of(0.97, 0.03),
      predicted: 0,
      classes: ['walk', 'run'],
    },
    target: { index: 0, name: 'walk' },
    layer: layers[rows > 1 ? 0 : 2]!,
    how: madeHow({ layer: layers[rows > 1 ? 0 : 2]!.name, ...wish.how }),
    map,
    native: { ...map, positions: Float32Array.from({ length: steps }, (_, t) => t) },
    zones,
    shares: sharesOf(zones, map),
    padding: { mask, length: to - from, origin: `auto: ${steps - (to - from)} steps added at the end` },
    signals: { features, input, raw },
    findings: [],
    provenance: {
      model: 'xcm_w26.onnx',
      modelHash: 'b1946ac92492d2347c6235b4d2611184'.repeat(2),
      data: 'walk.csv',
      runtime: 'onnxruntime-node 1.30.0',
      version: '0.1.0',
    },
    ...wish.change,
  };
  return {
    explanation,
    layers,
    methods: METHODS.map(factsOf),
    chosenClass: null,
    modelName: 'xcm_w26.onnx',
    dataName: 'walk.csv',
    look: { ...plainLook, ...wish.look },
    ...wish.view,
  };
}

function zonesAround(steps: number, from: number, to: number, reach: number): ZoneRun[] {
  const edges: [Zone, number, number][] = [
    ['EMPTY', 0, Math.max(0, from - reach)],
    ['MIXED', Math.max(0, from - reach), from],
    ['REAL', from, to],
    ['MIXED', to, Math.min(steps, to + reach)],
    ['EMPTY', Math.min(steps, to + reach), steps],
  ];
  return edges.filter(([, a, b]) => b > a).map(([zone, a, b]) => ({ zone, from: a, to: b }));
}

function sharesOf(zones: readonly ZoneRun[], map: Explanation['map']): Explanation['shares'] {
  const mass = (a: number, b: number) => {
    let sum = 0;
    for (const [i, v] of map.values.entries()) {
      const t = i % map.columns;
      if (t >= a && t < b && Number.isFinite(v)) sum += Math.abs(v);
    }
    return sum;
  };
  const total = mass(0, map.columns) || 1;
  const share = (zone: Zone) => {
    const runs = zones.filter((run) => run.zone === zone);
    return {
      map: runs.reduce((sum, { from, to }) => sum + mass(from, to), 0) / total,
      positions: runs.reduce((sum, { from, to }) => sum + to - from, 0) / map.columns,
    };
  };
  return { REAL: share('REAL'), MIXED: share('MIXED'), EMPTY: share('EMPTY') };
}
