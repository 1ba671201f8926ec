/**
 * The operators of ONNX: those of `onnx.defs.get_all_schemas_with_history()`, domain '', as of onnx 1.23 (opset 28), and
 * Upsample of older files. Which table leaves out which of them, and why, is said in `operatorTables.test.ts`.
 */
export const ONNX_OPERATORS: readonly string[] = [
  ...'Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool'.split(' '),
  ...'BatchNormalization Bernoulli BitCast BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor'.split(' '),
  ...'BlackmanWindow Cast CastLike CausalConvWithState Ceil Celu CenterCropPad Clip Col2Im Compress Concat'.split(
    ' ',
  ),
  ...'ConcatFromSequence Constant ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumProd CumSum'.split(
    ' ',
  ),
  ...'DFT DeformConv DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear Einsum Elu Equal'.split(
    ' ',
  ),
  ...'Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements GatherND Gelu Gemm GlobalAveragePool'.split(
    ' ',
  ),
  ...'GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization HammingWindow'.split(
    ' ',
  ),
  ...'HannWindow HardSigmoid HardSwish Hardmax Identity If ImageDecoder InstanceNormalization IsInf IsNaN'.split(
    ' ',
  ),
  ...'LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual LinearAttention Log LogSoftmax Loop'.split(' '),
  ...'LpNormalization LpPool MatMul MatMulInteger Max MaxPool MaxRoiPool MaxUnpool Mean'.split(' '),
  ...'MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial Neg NegativeLogLikelihoodLoss'.split(
    ' ',
  ),
  ...'NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement OptionalHasElement Or PRelu Pad Pow'.split(
    ' ',
  ),
  ...'QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN RandomNormal RandomNormalLike'.split(' '),
  ...'RandomUniform RandomUniformLike Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp'.split(
    ' ',
  ),
  ...'ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare RegexFullMatch Relu Reshape'.split(
    ' ',
  ),
  ...'Resize ReverseSequence RoiAlign RotaryEmbedding Round STFT Scan ScatterElements ScatterND Selu'.split(
    ' ',
  ),
  ...'SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap'.split(
    ' ',
  ),
  ...'Shape Shrink Sigmoid Sign Sin Sinh Size Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign'.split(
    ' ',
  ),
  ...'SpaceToDepth Split SplitToSequence Sqrt Squeeze StringConcat StringNormalizer StringSplit Sub Sum'.split(
    ' ',
  ),
  ...'SwiGLU Swish Tan Tanh TensorScatter TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu Unique'.split(
    ' ',
  ),
  ...'Unsqueeze Upsample Where Xor'.split(' '),
];
