import type { CarrierEvidence, Estimate, Unavailable, Verdict } from '../padding/audit.ts';
import type { Margin } from '../padding/marginOf.ts';
import type { Arm } from './armNames.ts';
import type { Discordance } from './mcnemar.ts';

/** How a classifier stands on instances it has not learnt from in its repair. */
export interface Standing {
  readonly accuracy: Estimate;
  /** Accuracy on the same series at lengths drawn alike for every class: what it is worth without the length. */
  readonly lengthCrossed: Estimate;
  /** Worst flip rate when the padding lies elsewhere, and when it holds something else. */
  readonly layout: Flips | Unavailable;
  readonly look: Flips | Unavailable;
  /** LEI, with the answer of the audit. */
  readonly lengthEvidence: (Estimate & { readonly answer: Verdict['answer'] }) | Unavailable;
  /** Largest change of a class's share of the answers from short to long frames. */
  readonly lengthResponse: Estimate | Unavailable;
}

/** The worst of several changes of the padding. */
export interface Flips extends Estimate {
  readonly answer: Verdict['answer'];
  /** The change under which most answers flip. */
  readonly worst: string;
  /** How many changes could be made. */
  readonly changes: number;
}

/** Where the maps lie and what an answer takes. */
export interface MapAndTime {
  /** Share of |Grad-CAM| outside REAL at the last convolution, or the last layer that tells steps apart. */
  readonly mapOnPadding: Estimate | Unavailable;
  /** Of one instance: the median of some runs, from the quickest to the slowest. */
  readonly milliseconds: Estimate;
}

/** A standing with what it is made of, instance by instance. */
export interface Judged extends Standing {
  /** [n] 1 where the answer is right. */
  readonly correct: Uint8Array;
  /** [n] Share of right answers at other lengths. */
  readonly crossed: Float64Array;
  readonly margin: Margin;
  /** Whether the padding's value or place carries the class. */
  readonly carried: CarrierEvidence;
  /** Classes that are answered. */
  readonly answered: number;
}

/** In which form a repaired model takes its mask: it finds it by the padding, or is told it by a second input. */
export type MaskForm = 'drop-in' | 'mask-input';

/** A repair in one form, against the model as trained on the same instances. */
export interface AgainstTrained extends Standing {
  readonly score: Estimate;
  /** Score − score as trained, paired. */
  readonly gain: Estimate;
  /** Accuracy − accuracy as trained, paired, and how many answers changed sides. */
  readonly change: Estimate;
  readonly mcnemar: Discordance;
  /** Accuracy at crossed lengths − that as trained, paired. */
  readonly lengthCrossedChange: Estimate;
  /** Whether it helps, by the rule, and why or why not. */
  readonly helps: boolean;
  readonly why: string;
}

/** One arm of the repair, tried or not. */
export type Candidate = TriedCandidate | { readonly name: Arm; readonly cannot: string };

/** An arm that was tried, judged on instances it has not learnt from. */
export interface TriedCandidate extends AgainstTrained, MapAndTime {
  readonly name: Arm;
  /** The same in the form that is not written; null where there is one form only. */
  readonly otherForm: (AgainstTrained & { readonly form: MaskForm }) | null;
  /** Of all its repairs and of judging them. */
  readonly seconds: number;
  /** What has to be known of it, e.g. that its training diverged. */
  readonly notes: readonly string[];
  /** Loss and accuracy in training by epoch, of the first fold. */
  readonly curve?: readonly { readonly loss: number; readonly accuracy: number }[];
}
