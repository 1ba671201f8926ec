import type { InputLayout } from '../graph/inputLayout.ts';
import type { LayerSummary } from '../graph/layerSummary.ts';
import type { LayerPositions } from './layerPositions.ts';
import type { MapLayer } from './mapGraph.ts';

/** A layer a map can be taken at and placed from: one of the model's, or the input itself. */
export type ExplainedLayer = LayerSummary & LayerPositions & MapLayer;

/** What the input is called where a layer is named. */
export const INPUT_LAYER = 'input';

/**
 * The model's input as a layer: features × steps, every position reads its own step, so there is no MIXED zone.
 * @param steps T
 */
export function inputLayer(
  input: { readonly name: string; readonly layout: InputLayout; readonly features: number },
  steps: number,
): ExplainedLayer {
  const { name, layout, features } = input;
  const from = Int32Array.from({ length: steps }, (_, t) => t);
  return {
    name: INPUT_LAYER,
    tensor: name,
    kind: 'Input',
    parts: [{ op: 'Input', tensor: name }],
    shape: [features, steps],
    rank: 2,
    marks: [],
    receptiveField: { size: 1, jump: 1, start: 0 },
    axes: { batch: 0, channel: null, feature: layout.indexOf('F'), time: layout.indexOf('T') },
    positions: Float64Array.from(from),
    reads: { from, to: from.map((t) => t + 1) },
  };
}
