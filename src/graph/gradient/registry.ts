import { recurrentRules } from './recurrent/recurrentRules.ts';
import type { Rule, Rules } from './rule.ts';
import { arithmeticRules } from './rules/arithmetic.ts';
import { averagePoolRules } from './rules/averagePool.ts';
import { convRules } from './rules/conv.ts';
import { matmulRules } from './rules/matmul.ts';
import { maxPoolRules } from './rules/maxPool.ts';
import { normRules } from './rules/norm.ts';
import { piecewiseRules } from './rules/piecewise.ts';
import { reduceRules } from './rules/reduce.ts';
import { selectRules } from './rules/select.ts';
import { shapeRules } from './rules/shape.ts';
import { smoothRules } from './rules/smooth.ts';
import { softmaxRules } from './rules/softmax.ts';

const rules: Rules = {
  ...arithmeticRules,
  ...averagePoolRules,
  ...convRules,
  ...matmulRules,
  ...maxPoolRules,
  ...normRules,
  ...piecewiseRules,
  ...recurrentRules,
  ...reduceRules,
  ...selectRules,
  ...shapeRules,
  ...smoothRules,
  ...softmaxRules,
};

/** undefined: the gradient through this operator is not known. */
export function ruleFor(op: string): Rule | undefined {
  return Object.hasOwn(rules, op) ? rules[op] : undefined;
}

/** Operators the gradient can pass. */
export function supportedOperators(): string[] {
  return Object.keys(rules).sort();
}
