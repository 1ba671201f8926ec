import type { ValuesOut } from './foundLogits.ts';
import type { LayerSummary } from './layerSummary.ts';

/** Which layer that is, for help and descriptions. */
export const LAYER_BY_DEFAULT =
  'the last convolution that a gradient comes to, or the sum or concatenation its block ends in; of a model without convolutions the last layer';

/**
 * The layer of a map where none is named; undefined where there are no layers.
 * @param answer its `reads` is how many steps a step of the answer reads: where the last convolution reads as many, a step
 * reads one position of it alone, and the last layer of which it reads more is taken
 */
export function layerByDefault<L extends Pick<LayerSummary, 'marks' | 'receptiveField' | 'isCut'>>(
  all: readonly L[],
  answer?: Pick<ValuesOut, 'reads'>,
): L | undefined {
  // Where a gradient comes to none, whoever takes the map says so and does without.
  const layers = all.some(({ isCut }) => !isCut) ? all.filter(({ isCut }) => !isCut) : all;
  const last = layers.find(isLastConvolution) ?? layers.at(-1);
  const reads = answer?.reads ?? null;
  const readByMore = ({ receptiveField: { size } }: L) => reads === null || (size !== null && size < reads);
  return last && !readByMore(last) ? (layers.findLast(readByMore) ?? last) : last;
}

/** Whether a layer is the last convolution, or the block that ends in it. */
export function isLastConvolution({ marks }: Pick<LayerSummary, 'marks'>): boolean {
  return marks.includes('last conv') || marks.includes('last conv block');
}

/** In a sentence, with the layer's name. */
export function lastConvolutionSaid({ marks, name }: Pick<LayerSummary, 'marks' | 'name'>): string {
  return `the last ${marks.includes('last conv') ? 'convolution' : 'convolutional block'}, ${name}`;
}
