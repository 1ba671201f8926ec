/** Operators that a table leaves out, by the reason; a name that stands here and is in the table by now fails. */
export type Holes = Readonly<Record<string, string>>;

/** In no table of ours: a model that has one is run as it is, and what cannot be told of it is refused by its name. */
export const NOWHERE: Holes = {
  'strings and sequences, none of which a time series is':
    'ConcatFromSequence Optional OptionalGetElement OptionalHasElement RegexFullMatch SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap SplitToSequence StringConcat StringNormalizer StringSplit TfIdfVectorizer',
  'images: warped, cropped by boxes, decoded':
    'AffineGrid CenterCropPad DeformConv GridSample ImageDecoder MaxRoiPool NonMaxSuppression RoiAlign',
  'answers by chance': 'Bernoulli Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike',
  'quantised models: the integers have no gradient':
    'DynamicQuantizeLinear MatMulInteger QLinearConv QLinearMatMul',
  'bits of integers': 'BitCast BitwiseAnd BitwiseNot BitwiseOr BitwiseXor',
  'spectra: no exporter we read makes a classifier of them':
    'BlackmanWindow DFT HammingWindow HannWindow MelWeightMatrix STFT',
  'losses, which are no part of a classifier': 'NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss',
  'of opset 23 and later, for language models': 'CausalConvWithState LinearAttention SwiGLU TensorScatter',
  'rare, and no exporter we read writes them': 'Col2Im CumProd Det MaxUnpool',
};

/** Beside NOWHERE and what is flat (comparisons, rounding, indices, shapes: nothing flows back). */
export const NO_GRADIENT: Holes = {
  'graphs inside: an If that is known is replaced before, a loop is not unrolled': 'If Loop Scan',
  'constants have nothing before them': 'Constant',
  'quantised models: the integers have no gradient': 'BitShift ConvInteger DequantizeLinear QuantizeLinear',
  'how many values there are follows the values': 'Compress',
};

export const NO_FIELD: Holes = {
  'graphs inside may read anything': 'If Loop Scan',
  'do not rest on the values of the input': 'Constant EyeLike Range',
  'which positions there are follows the values': 'Compress NonZero Unique',
  'which steps are turned round follows a length per instance': 'ReverseSequence',
  'makes one value many': 'OneHot',
  'exchange channels and places of images': 'DepthToSpace SpaceToDepth',
};

export const NOT_IN_TFJS: Holes = {
  'quantised models run with ONNX Runtime': 'BitShift ConvInteger DequantizeLinear QuantizeLinear',
  'of no model that was met': 'Compress Hardmax Unique',
};

/** Where one of their inputs has a length that follows the values, every axis of the output is taken to have one. */
export const NO_LENGTHS: Holes = {
  'their sizes are computed or merge axes': 'Expand Reshape Resize Tile Upsample Pad Split',
  'several axes of several inputs': 'Attention Einsum GatherND',
  'the steps of a recurrent layer': 'GRU LSTM RNN',
  'exchange channels and places of images': 'DepthToSpace SpaceToDepth',
  'as long as a value says, or as there are different values': 'ConstantOfShape EyeLike OneHot Range Unique',
};

/** A value says how long their output is, but it is never longer than an input. */
export const NEVER_LONGER: Holes = {
  'take away, or add axes of one value': 'Compress Slice Split Squeeze TopK Unsqueeze Unique NonZero',
  sequences: 'SequenceAt SequenceErase SequenceInsert SplitToSequence StringSplit',
  'boxes that are given': 'NonMaxSuppression',
  'what is inside is looked at by itself, rounds by rounds.ts': 'If Loop',
  'pieces of what is there': 'STFT',
  'a picture, which no input of ours is': 'ImageDecoder',
};

/** What they put on padding is multiplied by the mask behind them, and what they read there is 0. */
export const MASKED_BEHIND: Holes = {
  'take sums, to which 0 adds nothing':
    'Conv ConvInteger ConvTranspose CumSum Gemm GlobalLpPool LpPool ReduceL1 ReduceLogSum ReduceSum ReduceSumSquare RotaryEmbedding',
  'move values':
    'Concat Flatten Gather GatherElements GatherND Pad Reshape ScatterElements ScatterND Slice Split Squeeze Tile Transpose Unsqueeze',
  'stand between neighbours, of which one is 0 at the border as for a convolution': 'Resize Upsample',
  'rest on no value': 'ConstantOfShape Shape Size',
};

/** Of those that move values. */
export const MASKED_AGAIN: Holes = {
  'change which steps there are, or bring other values beside them':
    'Concat Flatten Gather GatherElements GatherND Pad Reshape ScatterElements ScatterND Slice Split Tile',
};

/** Of those of one value that have a gradient. */
export const NO_ACTIVATION: Holes = {
  'parts of formulas: no framework has a layer of them':
    'Abs Acos Acosh Asin Asinh Atan Atanh Cos Cosh Erf Exp Log Neg Reciprocal Sin Sinh Sqrt Tan Trilu',
  'change no value where a model is asked': 'Cast CastLike Dropout Identity',
  'normalises over neighbouring channels, of image models before 2015': 'LRN',
};

/** Of those whose steps are known: what goes in beside the first input is not taken for a parameter. */
export const NO_PARAMETERS: Holes = {
  'each input is read by the rule':
    'Add And Attention BitShift CastLike Concat Div Einsum Equal Expand Gather GatherElements GatherND Gemm Greater GreaterOrEqual Less LessOrEqual MatMul Max Mean Min Mod Mul Or PRelu Pow ScatterElements ScatterND Sub Sum Where Xor',
  'have one input':
    'ArgMax ArgMin AveragePool Flatten GlobalAveragePool GlobalLpPool GlobalMaxPool LpPool MaxPool Transpose',
  'shapes, axes and bounds, which are known or else the steps are lost':
    'Pad ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Reshape Resize Slice Split Squeeze Tile TopK Unsqueeze Upsample',
  'rest on no value': 'ConstantOfShape Shape Size',
};

/** Of those whose steps are known: behind them merged axes are not taken apart again. */
export const MERGED_FOR_GOOD: Holes = {
  'values move, or there are more or fewer of them':
    'ArgMax ArgMin AveragePool Concat Conv ConvInteger ConvTranspose Gather GatherElements GatherND GlobalAveragePool GlobalLpPool GlobalMaxPool LpPool MaxPool Pad ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Resize ScatterElements ScatterND Slice Split Squeeze Tile TopK Transpose Unsqueeze Upsample',
  'read other steps than their place says': 'Attention CumSum Einsum GRU LSTM RNN',
  'only where instances and steps are merged (MatMul and Gemm of a dense layer step by step)': 'Gemm MatMul',
  'rest on no value': 'ConstantOfShape Shape Size',
};

/** Of those of one value: lines are written out for them between convolutions. */
export const NOT_OVER_PLANES: Holes = {
  'read neighbours': 'LRN Trilu',
  'their planes may be no floats, or are scaled along an axis':
    'Cast CastLike DequantizeLinear IsInf IsNaN Not QuantizeLinear',
};

/** Of those that read whole axes or move values: their results are taken to be as large as what goes in. */
export const GROW_ON: Holes = {
  'move values, or take some of them':
    'Concat Flatten Gather GatherElements GatherND Pad Reshape Resize ScatterElements ScatterND Slice Split Squeeze Tile TopK Transpose Unsqueeze Upsample',
  'one value for each place': 'AveragePool LpPool MaxPool',
  'smaller than what goes in, by an axis that is not looked at here':
    'GlobalLpPool ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare',
  'as long as what goes in': 'Attention Einsum GRU LSTM RNN',
};
