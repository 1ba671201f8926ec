import type { Finding } from '../finding.ts';

/** Prediction and map as one ONNX file. */
export interface ExplainerFile {
  readonly bytes: Uint8Array;
  /** Which of several outputs its map and its answer are of; none where the model has one. */
  readonly said: readonly Finding[];
}
