import { activationCases } from './cases/activation.ts';
import { attentionCases } from './cases/attention.ts';
import { convCases } from './cases/conv.ts';
import { elementwiseCases } from './cases/elementwise.ts';
import { matmulCases } from './cases/matmul.ts';
import { normCases } from './cases/norm.ts';
import { poolCases } from './cases/pool.ts';
import { recurrentCases } from './cases/recurrent.ts';
import { reduceCases } from './cases/reduce.ts';
import { resampleCases } from './cases/resample.ts';
import { scatterCases } from './cases/scatter.ts';
import { shapeCases } from './cases/shape.ts';
import type { OpCase } from './opCase.ts';

/** Every case whose gradient is held against finite differences, by family. */
export const FAMILIES: Readonly<Record<string, readonly OpCase[]>> = {
  activation: activationCases,
  attention: attentionCases,
  convolution: convCases,
  'element by element': elementwiseCases,
  'matrix product': matmulCases,
  normalisation: normCases,
  pooling: poolCases,
  recurrence: recurrentCases,
  reduction: reduceCases,
  resampling: resampleCases,
  'indices known at run time': scatterCases,
  'shape and selection': shapeCases,
};
