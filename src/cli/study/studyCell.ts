import type { ArchitectureName } from '../../architectures/architectures.ts';
import type { PaddingStyle } from '../../engine/train/paddingStyles.ts';
import type { TrainReport } from '../../engine/train/trainReport.ts';
import type { Estimate } from '../../padding/audit.ts';

/** One network of a study: what it is trained on, and how. */
export interface StudyCell {
  /** Path of the file it is trained on. */
  readonly data: string;
  readonly model: ArchitectureName;
  readonly padding: PaddingStyle;
  readonly masked: boolean;
  readonly seed: number;
}

/** What a study is about beside its cells; cells of another one are no longer its own. */
export interface StudyRecipe {
  readonly epochs: number;
  readonly filters?: number;
}

/** What became of one network: rates are of the test series. */
export interface StudyRow extends StudyCell, StudyRecipe {
  /** Of the files and settings it rests on. */
  readonly sha256: string;
  /** File name without folder and ending. */
  readonly set: string;
  readonly accuracy: Estimate;
  /** Series of the test and crossed files that stand in the training file, too, and were not judged. */
  readonly leftOut?: TrainReport['leftOut'];
  /** Accuracy on series whose length says nothing about their class; null where there is no file of them. */
  readonly lengthCrossed: Estimate | null;
  /** Accuracy where each class counts the same in its short and its long half; what a shortcut by length is worth less. */
  readonly byLength: number | null;
  readonly lengthEvidence: Estimate | null;
  /** Largest share of answers that flip when the padding's place, or its look, is changed. */
  readonly layout: number | null;
  readonly look: number | null;
  /** Why a figure is null. */
  readonly why?: string;
  /** What reading the files did to the numbers, and where a network has learnt nothing; absent where nothing was noticed. */
  readonly warnings?: readonly string[];
  readonly seconds: number;
}

/** Every network of a study, seeds outermost so that one that is stopped has something of everything. */
export function cellsOf(all: {
  readonly data: readonly string[];
  readonly models: readonly ArchitectureName[];
  readonly paddings: readonly { readonly padding: PaddingStyle; readonly masked: boolean }[];
  readonly seeds: number;
}): StudyCell[] {
  return Array.from({ length: all.seeds }, (_, i) => i + 1).flatMap((seed) =>
    all.data.flatMap((data) =>
      all.models.flatMap((model) => all.paddings.map((how) => ({ data, model, ...how, seed }))),
    ),
  );
}

/** `end`, `end+masked` */
export function styleName({ padding, masked }: Pick<StudyCell, 'padding' | 'masked'>): string {
  return masked ? `${padding}+masked` : padding;
}
