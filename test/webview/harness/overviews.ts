import { Collector } from '../../../src/overview/collect.ts';
import { finish } from '../../../src/overview/finish.ts';
import type { Overview } from '../../../src/overview/overview.ts';
import { createRandom } from '../../../src/random.ts';
import type { PanelViews } from '../../../src/views/panel/contract.ts';
import { madeHow } from '../../unit/attribution/madeHow.ts';
import { CLASSES, explained, type Made } from '../../unit/overview/explained.ts';

/** An overview as the engine makes it, from maps that are made up. */
export async function overviewOf(
  made: readonly Made[],
  features: readonly string[] | null,
): Promise<Overview> {
  const labels = new Set(made.flatMap(({ label }) => label ?? []));
  const longest = Math.max(...made.map(({ map }) => map[0]!.length));
  const collector = new Collector({ instances: made.length, longest, classes: CLASSES, labels });
  for (const [i, one] of made.entries()) collector.add(explained(one, i));
  const order = { classes: CLASSES, hasFeatures: features !== null, seed: 1 };
  return {
    ...(await finish(collector, order)),
    ...{ classes: CLASSES, features, how: madeHow({ layer: 'conv2dblock' }), methodLabel: 'Grad-CAM' },
    seed: 1,
    provenance: {
      ...{ model: 'xcm.onnx', modelHash: '00', data: 'walk.csv' },
      ...{ runtime: 'onnxruntime-node 1.30.0', version: '0.1.0' },
    },
  };
}

/**
 * 24 walks and 24 runs of 30 to 60 steps and 12 features: a hill at a third of the way on feature 3 of the walks, at the
 * last ten steps on feature 7 of the runs. Instance 5 is a walk whose hill is elsewhere, instance 30 is misclassified.
 */
export function twoClasses(): Promise<Overview> {
  const random = createRandom(4);
  const [steps, rows] = [60, 12];
  const made = Array.from({ length: 48 }, (_, i): Made => {
    const length = 30 + ((7 * i) % 31);
    const walk = i < 24;
    const at = walk ? (i === 5 ? 0.9 * length : length / 3) : length - 6;
    const map = Array.from({ length: rows }, (__, row) =>
      Array.from({ length: steps }, (___, t) => {
        const hill = row === (walk ? 3 : 7) ? Math.exp(-((t - at) ** 2) / 12) : 0;
        const noise = 0.06 * Math.abs(random.normal());
        return (1 + (i % 3)) * (t < length ? hill + noise : 0.02);
      }),
    );
    return {
      id: `${walk ? 'walk' : 'run'}_${String(i).padStart(4, '0')}`,
      ...{ label: walk ? 'walk' : 'run', predicted: walk || i === 30 ? 0 : 1, map },
      mask: Array.from({ length: steps }, (__, t) => (t < length ? 1 : 0)),
    };
  });
  return overviewOf(
    made,
    Array.from({ length: rows }, (_, f) => `sensor_${f}`),
  );
}

export function overviewView(
  result: Overview | null,
  change: Partial<PanelViews['dataset']> = {},
): PanelViews['dataset'] {
  return {
    scope: 'file',
    result,
    outdated: false,
    activity: { kind: 'idle' },
    seen: [],
    instances: 48,
    ...change,
  };
}
