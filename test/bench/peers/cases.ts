import type { MethodOptions } from '../../../src/attribution/methodOptions.ts';
import type { MethodId } from '../../../src/attribution/methods.ts';
import { isLastConvolution } from '../../../src/graph/layerByDefault.ts';
import type { LayerSummary } from '../../../src/graph/layerSummary.ts';

/** One question put to both. */
export interface PeerCase {
  readonly title: string;
  /** `forward`: the model alone. */
  readonly method: MethodId | 'forward' | 'deletion';
  readonly at: 'input' | 'first conv' | 'last conv';
  readonly instances: number;
  readonly parameters?: Partial<MethodOptions>;
  /** The peer's name of it, and ways to ask it: the quickest counts. */
  readonly theirs: string;
  readonly ways: readonly { readonly [option: string]: number | undefined }[];
  /** Whether the numbers are the same ones (noise is drawn anew). */
  readonly same: boolean;
}

const forward = (instances: number): PeerCase => ({
  ...{ title: `forward pass, ${instances}`, method: 'forward', at: 'input', instances },
  ...{ theirs: 'forward', ways: [{}], same: true },
});

const gradcam = (at: 'first conv' | 'last conv', instances: number): PeerCase => ({
  ...{ title: `Grad-CAM, ${at}, ${instances}`, method: 'gradcam', at, instances },
  ...{ theirs: 'gradcam', ways: [{}], same: true },
});

/** Runs of 50, of 32 as ours, or as Captum chooses: all at once. */
const PATH_WAYS = [{ samples: 50 }, { samples: 50, batch: 32 }];
const WINDOWS = { window: { features: 1, steps: 10 }, stride: { features: 1, steps: 5 } } as const;

/** The layer a case is asked at; of InceptionTime the last convolution is the block that ends in it. */
export function layerOf<L extends Pick<LayerSummary, 'marks' | 'name'>>(
  layers: readonly L[],
  at: PeerCase['at'],
): L {
  const found = layers.find((layer) =>
    at === 'last conv' ? isLastConvolution(layer) : layer.marks.some((mark) => mark === at),
  );
  if (!found) throw new Error(`No layer is marked ${at}.`);
  return found;
}

/** T = 131, F = 30. */
export const PEER_CASES: readonly PeerCase[] = [
  forward(1),
  forward(64),
  gradcam('first conv', 1),
  gradcam('first conv', 64),
  gradcam('last conv', 64),
  {
    ...{ title: 'integrated gradients, 16 × 50 nodes', method: 'integrated-gradients', at: 'input' },
    ...{ instances: 16, parameters: { samples: 50 }, same: true },
    ...{ theirs: 'integrated_gradients', ways: PATH_WAYS },
  },
  {
    ...{ title: 'SmoothGrad, 16 × 50 samples', method: 'smoothgrad', at: 'input', instances: 16 },
    ...{ parameters: { samples: 50 }, same: false, theirs: 'smoothgrad' },
    ways: [
      { samples: 50, deviation: 0.5 },
      { samples: 50, deviation: 0.5, batch: 2 },
    ],
  },
  {
    ...{ title: 'occlusion 1 × 10 by 1 × 5, 4', method: 'occlusion', at: 'input', instances: 4 },
    ...{ parameters: WINDOWS, same: true, theirs: 'occlusion', ways: [{}, { batch: 8 }] },
  },
  {
    ...{ title: 'feature ablation, 16', method: 'feature-ablation', at: 'input', instances: 16 },
    ...{ same: true, theirs: 'feature_ablation', ways: [{}, { batch: 2 }] },
  },
  {
    ...{ title: 'Score-CAM, last conv, 4', method: 'scorecam', at: 'last conv', instances: 4, same: true },
    ...{
      parameters: { baseline: { kind: 'zero' } },
      theirs: 'score_cam',
      ways: [{ batch: 32 }, { batch: 128 }],
    },
  },
  {
    ...{
      title: 'Ablation-CAM, last conv, 4',
      method: 'ablationcam',
      at: 'last conv',
      instances: 4,
      same: true,
    },
    ...{ theirs: 'ablation_cam', ways: [{ batch: 32 }, { batch: 128 }] },
  },
  {
    ...{ title: 'deletion and insertion, 16', method: 'deletion', at: 'input', instances: 16, same: true },
    ...{ theirs: 'deletion', ways: [{ batch: 32 }, { batch: 384 }] },
  },
];
