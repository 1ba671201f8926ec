import { compositeNames } from '../../graph/composites.ts';
import type { Operator, Operators } from './call.ts';
import { attentionOperators } from './operators/attention.ts';
import { binaryOperators } from './operators/binary.ts';
import { castOperators } from './operators/cast.ts';
import { constantOperators } from './operators/constant.ts';
import { convOperators } from './operators/conv.ts';
import { gatherOperators } from './operators/gather.ts';
import { logicOperators } from './operators/logic.ts';
import { matmulOperators } from './operators/matmul.ts';
import { normOperators } from './operators/norm.ts';
import { orderOperators } from './operators/order.ts';
import { poolOperators } from './operators/pool.ts';
import { recurrentOperators } from './operators/recurrent.ts';
import { reduceOperators } from './operators/reduce.ts';
import { resampleOperators } from './operators/resample.ts';
import { scanOperators } from './operators/scan.ts';
import { selectOperators } from './operators/select.ts';
import { shapeOperators } from './operators/shape.ts';
import { softmaxOperators } from './operators/softmax.ts';
import { unaryOperators } from './operators/unary.ts';

const operators: Operators = {
  ...attentionOperators,
  ...binaryOperators,
  ...castOperators,
  ...constantOperators,
  ...convOperators,
  ...gatherOperators,
  ...logicOperators,
  ...matmulOperators,
  ...normOperators,
  ...orderOperators,
  ...poolOperators,
  ...recurrentOperators,
  ...reduceOperators,
  ...resampleOperators,
  ...scanOperators,
  ...selectOperators,
  ...shapeOperators,
  ...softmaxOperators,
  ...unaryOperators,
};

const composites: ReadonlySet<string> = new Set(compositeNames());

/** Whether an operator runs here: by itself, or through its body. */
export function isRun(op: string): boolean {
  return Object.hasOwn(operators, op) || composites.has(op);
}

/** undefined: tfjs does not run this operator here, or it is a composite. */
export function operatorFor(op: string): Operator | undefined {
  return Object.hasOwn(operators, op) ? operators[op] : undefined;
}

/** Operators of the ONNX domain that run with tfjs. */
export function operatorNames(): string[] {
  return [...Object.keys(operators), ...composites].sort();
}
