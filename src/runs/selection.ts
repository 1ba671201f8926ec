import type { MethodId } from '../attribution/explanation.ts';
import type { MethodOptions } from '../attribution/methodOptions.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';

/** What is being looked at, apart from the file itself: everything a person can pick. Plain data, kept across reloads. */
export interface Selection {
  /** Absolute path, only where a person chose one; else attribution.json or the workspace decides. */
  readonly model?: string;
  /** The model the layer and the class below were picked on. */
  readonly madeFor?: string;
  /** Layer name or tensor name; absent: the engine's default (the last convolution). */
  readonly layer?: string;
  /** 0-based position in the file. */
  readonly instance: number;
  /** Index or name of a class; null: follow the prediction. */
  readonly target: number | string | null;
  /** Class to set it against, `runner-up` for the most probable of the others; absent: none. */
  readonly against?: number | string;
  /** What speaks against the target. */
  readonly negative?: boolean;
  /** Absent: the engine's default, Grad-CAM where a gradient can be taken. */
  readonly method?: MethodId;
  /** What was picked of the methods' options; kept when the method changes. */
  readonly options?: Partial<MethodOptions>;
  readonly relu: boolean;
  readonly maskedAlpha: boolean;
  /** Explain the model with every layer masked. */
  readonly maskedModel: boolean;
  /** Absent: what attribution.json says, else auto. */
  readonly mask?: MaskChoice;
  /** Cut series longer than the model's T. */
  readonly truncate: boolean;
}
