import type { Answers, Asker } from '../attribution/asker.ts';
import type { ValuesOut } from '../graph/foundLogits.ts';
import type { Case } from '../preprocess/case.ts';
import type { GraphFacts } from './adviceOnLength.ts';
import type { Asked } from './ask.ts';
import type { Unavailable } from './audit.ts';
import type { BatchNormStatistics } from './batchNormShift.ts';
import type { SplitCase } from './logitSplit.ts';
import type { InstanceMaps } from './mapFacts.ts';

/** What an audit asks of a model; the engine answers with sessions, tests with rules written by hand. */
export interface AuditModel extends Asker<Asked> {
  readonly classes: readonly string[];
  /** Present where the outputs are numbers and no classes. */
  readonly values?: ValuesOut;
  /** Layers whose maps are looked at, in the order of the graph. */
  readonly layers: readonly AuditLayer[];
  /** Makes the maps of every case at every layer and shows them one by one, so that none need be kept. */
  maps(
    cases: readonly Case[],
    predicted: Int32Array,
    show: (layer: number, maps: InstanceMaps) => void,
  ): Promise<void>;
  /** What advice has to know of the graph. */
  readonly graph: Pick<GraphFacts, 'stepWeights' | 'layersMasked' | 'unmaskable'>;
  /** The last feature map of a pooled-linear head, or why there is none. */
  readonly head: { readonly layer: string } | Unavailable;
  split(cases: readonly Case[], predicted: Int32Array): Promise<readonly SplitCase[]>;
  /** Statistics of every batch normalisation that is still a node of its own (exporters fold most into convolutions). */
  batchNorms(cases: readonly Case[]): Promise<readonly BatchNormStatistics[]>;
  /** The model with every layer masked, or why it cannot be masked. */
  readonly masked: MaskedModel | Unavailable;
}

/** A layer whose maps the audit looks at. */
export interface AuditLayer {
  readonly name: string;
  /** Steps one position can read. */
  readonly receptiveField: number;
  /** A convolution to one channel follows, so that all classes share one map. */
  readonly bottleneck: boolean;
}

/** The model with every layer masked, beside the untouched one. */
export interface MaskedModel {
  /** What the model with masked layers says. */
  masked(cases: readonly Case[]): Promise<Answers>;
  /** What the untouched model says. */
  plain(cases: readonly Case[]): Promise<Answers>;
}
