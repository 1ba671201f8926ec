import type { Track } from '../receptive/track.ts';
import type { PositionMasks } from './positionMask.ts';
import type { MaskWriter } from './writer.ts';

/** What the rules of masking are told of the graph, and where they write. */
export interface Masking {
  readonly writer: MaskWriter;
  readonly masks: PositionMasks;
  tracks(tensor: string): Track | undefined;
  /** Conditions and indices, which no mask can be multiplied with. */
  readonly notFloats: ReadonlySet<string>;
  readonly opset: number;
}
