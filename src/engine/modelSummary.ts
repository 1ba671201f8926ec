import type { Finding } from '../finding.ts';
import type { ValuesOut } from '../graph/foundLogits.ts';
import type { InputLayout } from '../graph/inputLayout.ts';
import type { LayerSummary } from '../graph/layerSummary.ts';

/** What there is to know of a model before anything is explained. */
export interface ModelSummary {
  readonly path: string;
  readonly hash: string;
  /** Features F and steps T the input takes; steps is null where the time axis is dynamic. */
  readonly features: number;
  readonly steps: number | null;
  readonly layout: InputLayout;
  /** Names from attribution.json, else `class 0`, `class 1`, … */
  readonly classes: readonly string[];
  /** Of several outputs the one that the labels of the data say is the answer. */
  readonly output?: string;
  /** Where the outputs are numbers; `classes` are their names. */
  readonly values?: ValuesOut;
  /** One output of which nothing tells whether it is a number or the logit of the second of two classes. */
  readonly open?: true;
  readonly layers: readonly LayerSummary[];
  /** Where no gradient can be taken, the sentence why: by layer name, `input` for methods at the input; absent: it can everywhere. */
  readonly noGradient?: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}
