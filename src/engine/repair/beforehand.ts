import type { Classifier } from '../../graph/classifier.ts';
import { ownMask } from '../../graph/masking/maskChannel.ts';
import { lengthNote } from '../../repair/lengthNote.ts';
import { limits } from '../../repair/limits.ts';
import { FEWEST_TO_TRAIN } from '../../repair/needs.ts';
import { unseenClasses } from '../../repair/unseenClasses.ts';
import type { LabelledCase } from './labelledCase.ts';

/** What no repair takes away, and what its figures rest on: said before one is tried. */
export function beforehand(
  plain: Classifier,
  steps: number,
  cases: readonly LabelledCase[],
  lesson: readonly LabelledCase[],
  classes: readonly string[],
): string[] {
  const lengths = lengthNote(cases, classes);
  const unseen = unseenClasses(
    cases.map(({ label }) => label),
    classes,
  );
  const untaught = unseenClasses(
    lesson.map(({ label }) => label),
    classes,
  );
  return [
    ...(untaught === undefined || untaught === unseen
      ? []
      : [`The file to learn from has no series of ${untaught}: a repair that learns may unlearn it.`]),
    ...(unseen === undefined
      ? []
      : [
          `No series is of ${unseen}: no figure says how a repair answers it, and one that learns may unlearn it.`,
        ]),
    ...(lesson.length < FEWEST_TO_TRAIN
      ? [
          `There are ${lesson.length} instances to learn from, fewer than ${FEWEST_TO_TRAIN}: nothing is trained but the last layer, and what is said of a repair rests on few.`,
        ]
      : []),
    ...(plain.maskInput === undefined && ownMask(plain.graph).kind === 'layers'
      ? [
          'The model finds its mask itself, by what the padding holds, and its layers are masked by it: "masked" tells it the mask and changes nothing else.',
        ]
      : []),
    ...(plain.maskInput !== undefined
      ? [
          `The model takes its mask as an input already${ownMask(plain.graph).kind === 'channel' ? ', which it reads as one feature more: "masked" lays it over every layer as well' : ': "masked" leaves it as it is'}; the repaired model takes the mask as float32 [N, T], 1 on real steps.`,
        ]
      : []),
    ...limits(plain, steps),
    ...(lengths === undefined ? [] : [lengths]),
  ];
}
