import type { DataOptions } from '../dataOptions.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { ArrayShape } from './arrayShape.ts';
import type { SeriesArray } from './seriesArray.ts';

const MOST_INSTANCES = 16;
/** Numbers of an instance, of each axis. */
const MOST_LINES = 64;
/** Steps lie nearer to each other than features do; under this share it is plain. */
const PLAIN = 0.8;
/** What is in the model's own shape is doubted where the other axis is this much smoother. */
const CONTRARY = 0.5;

/**
 * As many features as steps: which axis is which does not follow from the shape. Signals go on from step to step, so the
 * smoother axis is that of the steps; where the numbers do not show it, or show the other order, it is asked. "layout" says
 * it: `transposed` (a row is a feature) or `single` (a row is a step).
 * @throws ReadingQuestion `square-array`
 */
export function orderOfSquare(
  x: SeriesArray,
  shape: ArrayShape,
  called: string,
  { layout, input }: DataOptions,
): ArrayShape {
  const { features, length, strides, prepared } = shape;
  if (features !== length || features < 2 || input === undefined) return shape;
  const rowsAreFeatures = strides.feature > strides.step;
  if (layout === 'transposed' || layout === 'single') {
    const isAsRead = (layout === 'transposed') === rowsAreFeatures;
    const { instance, feature, step } = strides;
    return isAsRead ? shape : { ...shape, strides: { instance, feature: step, step: feature } };
  }
  const [alongSteps, alongFeatures] = roughness(x, shape);
  if (prepared ? alongFeatures >= CONTRARY * alongSteps : alongSteps < PLAIN * alongFeatures) return shape;
  const ways = [
    { label: 'a row is a feature, its numbers are the steps', patch: { data: { layout: 'transposed' } } },
    { label: 'a row is a step, its numbers are the features', patch: { data: { layout: 'single' } } },
  ] as const;
  throw new ReadingQuestion({
    id: 'square-array',
    sentence: `${called} of shape (${x.dims.join(', ')}) has as many features as steps, and its numbers do not tell which axis is which`,
    ways: rowsAreFeatures ? ways : [...ways].reverse(),
  });
}

/** Mean difference of neighbours along the steps and along the features. */
function roughness(x: SeriesArray, shape: ArrayShape): [number, number] {
  const { instances, length, strides } = shape;
  const looked = Math.min(instances, MOST_INSTANCES);
  const side = Math.min(length, MOST_LINES);
  const sums: [number, number] = [0, 0];
  for (let k = 0; k < looked; k++) {
    const { data, from } = x.instance(Math.floor((k * instances) / looked), shape);
    const at = (feature: number, step: number): number =>
      Number(data[from + feature * strides.feature + step * strides.step]);
    const add = (axis: 0 | 1, difference: number): void => {
      if (Number.isFinite(difference)) sums[axis] += Math.abs(difference);
    };
    for (let feature = 0; feature < side - 1; feature++) {
      for (let step = 0; step < side - 1; step++) {
        add(0, at(feature, step + 1) - at(feature, step));
        add(1, at(feature + 1, step) - at(feature, step));
      }
    }
  }
  return sums;
}
