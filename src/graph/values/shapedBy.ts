/**
 * Which inputs of an operator say by their VALUES how long its outputs are (ONNX operators to opset 23); all others
 * have outputs as long as their inputs' shapes and their attributes say. An If is shaped by its condition, a Loop by
 * its count and by what its body says about going on.
 */
const SHAPED_BY: Readonly<Record<string, readonly number[]>> = {
  AffineGrid: [1],
  BlackmanWindow: [0],
  CenterCropPad: [1],
  Col2Im: [1, 2],
  Compress: [1],
  ConstantOfShape: [0],
  DFT: [1, 2],
  Expand: [1],
  HammingWindow: [0],
  HannWindow: [0],
  If: [0],
  ImageDecoder: [0],
  Loop: [0, 1],
  MaxUnpool: [2],
  MelWeightMatrix: [0, 1],
  NonMaxSuppression: [0, 1, 2, 3, 4],
  NonZero: [0],
  OneHot: [1],
  Pad: [1, 3],
  Range: [0, 1, 2],
  Reshape: [1],
  Resize: [1, 2, 3],
  STFT: [1, 3],
  SequenceAt: [1],
  SequenceErase: [1],
  SequenceInsert: [2],
  Slice: [1, 2, 3, 4],
  Split: [1],
  SplitToSequence: [1],
  Squeeze: [1],
  StringSplit: [0],
  Tile: [1],
  TopK: [1],
  Unique: [0],
  Unsqueeze: [1],
  Upsample: [1],
};

/** Places of the inputs that are shapes, axes or sizes, not numbers. */
export function shapedBy(op: string): readonly number[] {
  if (Object.hasOwn(SHAPED_BY, op)) return SHAPED_BY[op]!;
  return op.startsWith('Reduce') ? [1] : [];
}

/** Their outputs are different at every run. */
export const RANDOM: ReadonlySet<string> = new Set([
  'Bernoulli',
  'Multinomial',
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
]);
