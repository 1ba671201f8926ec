import type { Finding } from '../../finding.ts';
import type { DataOptions } from '../dataOptions.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { nearby } from './nearby.ts';
import type { SeriesArray } from './seriesArray.ts';

const MOST_PAIRS = 4096;
/** Series go on from step to step; under this share of the difference along the other axis it is plain. */
const PLAIN = 0.8;
/** So much smoother than the axis taken for the steps, the first one is no axis of instances. */
const CONTRARY = 0.4;
/** Fewer instances, or steps, may be alike by chance. */
const FEWEST = 8;
/** So many times as long as a last axis of fewer, the second one is that of the steps. */
const MANY = 10;

/**
 * Which of the last two axes of [N, ., .] (or [N, ., ., 1]) is that of the steps, where no model says it: the one along
 * which numbers go on. Where that is the shorter, second one it is asked: neighbouring channels may be alike, too. "layout" says it: `transposed` (a row is a feature) or `single` (a row is a step).
 * @returns undefined where there is nothing to decide
 * @throws ReadingQuestion `array-axes` where the numbers do not show it
 */
export function axesByCourse(
  x: SeriesArray,
  called: string,
  { layout, input }: DataOptions,
): 'NFT' | 'NTF' | undefined {
  const [, second = 0, third = 0, single] = x.dims;
  const isCut = x.dims.length === 3 || (x.dims.length === 4 && single === 1);
  if (!isCut || input !== undefined) return undefined;
  if (layout === 'transposed') return 'NFT';
  if (layout === 'single') return 'NTF';
  if (second < FEWEST) return undefined;
  if (third === 1) return 'NTF';
  const seen = nearby(x);
  if (!seen) return undefined;
  const [alongSecond, alongThird] = [1, 2].map((axis) => roughness(seen, axis)) as [number, number];
  const isShorter = second < third;
  if (isShorter && !(alongSecond < CONTRARY * alongThird)) return undefined;
  if (!isShorter && alongSecond < PLAIN * alongThird) return 'NTF';
  if (alongThird < PLAIN * alongSecond) return 'NFT';
  if (alongSecond === 0 && alongThird === 0) return undefined;
  // A handful of numbers in a row is no series, whatever their course.
  if (third < FEWEST && second >= MANY * third) return 'NTF';
  const why = isShorter
    ? 'its numbers go on along the second, as steps do, though it is the shorter one'
    : 'its numbers do not tell';
  throw new ReadingQuestion({
    id: 'array-axes',
    sentence: `${called} of shape (${x.dims.join(', ')}) may have its steps in the second axis or in the last: ${why}`,
    ways: [
      {
        label: `a row is a step (${second} steps of ${third} features)`,
        patch: { data: { layout: 'single' } },
      },
      {
        label: `a row is a feature (${third} steps of ${second} features)`,
        patch: { data: { layout: 'transposed' } },
      },
    ],
  });
}

/**
 * Numbers that go on along the first axis, and not along the one taken for the steps: time stands first.
 * @param steps axis taken for the steps
 * @throws ReadingQuestion `steps-first` unless "layout" says how a row is meant
 */
export function askStepsFirst(
  x: SeriesArray,
  called: string,
  steps: number,
  { layout, input }: DataOptions,
): void {
  const [first = 0] = x.dims;
  const taken = x.dims[steps]!;
  if (x.dims.length !== 3 || layout !== undefined || first < FEWEST || taken < 2) return;
  if (input?.steps != null && taken === input.steps) return;
  const seen = nearby(x);
  if (!seen || !(roughness(seen, 0) < CONTRARY * roughness(seen, steps))) return;
  throw new ReadingQuestion({
    id: 'steps-first',
    sentence: `${called} of shape (${x.dims.join(', ')}): its numbers go on along the first axis, as steps do, and not along the one of ${taken}; where time stands first, save it as np.transpose(x, (2, 1, 0)), or (1, 2, 0) where the second axis numbers the series`,
    ways: [
      {
        label: 'the first axis numbers the series all the same',
        patch: { data: { layout: steps === 2 ? 'transposed' : 'single' } },
      },
    ],
  });
}

/** A model of any number of steps takes either order that has its features; what if the numbers speak against it. */
export function againstCourse(
  x: SeriesArray,
  called: string,
  steps: number,
  { input, layout }: DataOptions,
): Finding[] {
  const features = 3 - steps;
  const [taken = 0, other = 0] = [x.dims[steps], x.dims[features]];
  if (input?.steps !== null || layout !== undefined || x.dims.length !== 3 || taken >= other || taken < 2)
    return [];
  const seen = nearby(x);
  if (!seen || !(roughness(seen, features) < CONTRARY * roughness(seen, steps))) return [];
  const sentence = `${called} of shape (${x.dims.join(', ')}) is read as ${other} features of ${taken} steps, as the model takes it, but its numbers go on along the axis of ${other}, as steps do. If these are the steps, export the model with the number of its features fixed and that of its steps free.`;
  return [{ code: 'axes-unsure', severity: 'warning', sentence }];
}

/** Mean difference of neighbours along an axis. */
function roughness(x: SeriesArray, axis: number): number {
  const { dims } = x;
  const stride = dims.slice(axis + 1).reduce((product, dim) => product * dim, 1);
  const size = dims.reduce((product, dim) => product * dim, 1);
  // Odd, so that it does not walk along one axis alone.
  const every = Math.floor(size / MOST_PAIRS / 2) * 2 + 1;
  let [sum, pairs] = [0, 0];
  for (let at = 0; at < size; at += every) {
    if (Math.floor(at / stride) % dims[axis]! === dims[axis]! - 1) continue;
    const difference = Math.abs(x.number(at + stride) - x.number(at));
    if (!Number.isFinite(difference)) continue;
    sum += difference;
    pairs++;
  }
  return pairs === 0 ? Number.NaN : sum / pairs;
}
