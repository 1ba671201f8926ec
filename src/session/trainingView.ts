import type { Sighting } from '../engine/contract.ts';
import type { TrainRequest } from '../engine/requests.ts';
import type { TrainReport } from '../engine/train/trainReport.ts';
import type { WorkActivity } from './workView.ts';

/** What is to be trained. */
export type TrainWish = Pick<TrainRequest, 'architecture' | 'padding' | 'masked' | 'epochs'>;

type Epoch = Extract<Sighting, { readonly epoch: unknown }>['epoch'];

/** The training that goes on, or the last one. */
export interface TrainingView {
  /** Name of the file; null before the first one. */
  readonly data: string | null;
  readonly wish: TrainWish | null;
  readonly activity: WorkActivity;
  /** As far as it has come. */
  readonly curve: readonly Epoch[];
  /** Null until it is through. */
  readonly report: TrainReport | null;
  /** The model has not been written yet. */
  readonly isOpen: boolean;
}
