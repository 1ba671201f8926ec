import type { DataOptions } from '../data/dataOptions.ts';
import type { InputLayout } from '../graph/inputLayout.ts';
import type { OutputAxes, Task } from '../graph/task.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';
import type { PreprocessStep } from '../preprocess/step.ts';

/** An attribution.json, checked, defaults filled in, paths absolute. */
export interface Project {
  /** The attribution.json itself, and the folder it lies in. */
  readonly path: string;
  readonly folder: string;
  readonly model?: string;
  /** Inferred from the model where absent. */
  readonly input?: InputLayout;
  readonly classes?: readonly string[];
  /** What the outputs stand for: classes or numbers; seen from model and labels where absent. */
  readonly task?: Task;
  /** Of several outputs of the model the one that is explained. */
  readonly output?: string;
  /** Names of the numbers that the model gives; of a sequence output, of its channels. */
  readonly outputs?: readonly string[];
  /** Order of the axes of a sequence output. */
  readonly outputAxes?: OutputAxes;
  /** Where a map of `model` is taken unless something else is asked for: a layer's shown name or any tensor. */
  readonly layer?: string;
  readonly data: ProjectData;
  /** Empty where the file has none, or a script. */
  readonly preprocess: readonly PreprocessStep[];
  /** It says that there are no steps. */
  readonly unprepared?: true;
  /** Absolute path of the script that prepares the data instead. */
  readonly script?: string;
  /** `auto` unless given. */
  readonly mask: MaskChoice;
}

/** `data` of attribution.json. */
export interface ProjectData extends Omit<DataOptions, 'input' | 'maskColumn' | 'lengthColumn'> {
  /** Glob of the data files, relative to `folder`, with forward slashes. */
  readonly files?: string;
}
