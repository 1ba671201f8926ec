import { compositeNames } from '../composites.ts';
import { recurrentRules } from './recurrent/recurrentRules.ts';
import type { Rule, Rules } from './rule.ts';
import { arithmeticRules } from './rules/arithmetic.ts';
import { attentionRules } from './rules/attention.ts';
import { averagePoolRules } from './rules/averagePool.ts';
import { convRules } from './rules/conv.ts';
import { lpPoolRules } from './rules/lpPool.ts';
import { matmulRules } from './rules/matmul.ts';
import { maxPoolRules } from './rules/maxPool.ts';
import { normRules } from './rules/norm.ts';
import { padRules } from './rules/pad.ts';
import { piecewiseRules } from './rules/piecewise.ts';
import { reduceRules } from './rules/reduce.ts';
import { resizeRules } from './rules/resize.ts';
import { scatterRules } from './rules/scatter.ts';
import { selectRules } from './rules/select.ts';
import { shapeRules } from './rules/shape.ts';
import { smoothRules } from './rules/smooth.ts';
import { softmaxRules } from './rules/softmax.ts';
import { spaceRules } from './rules/space.ts';

const rules: Rules = {
  ...spaceRules,
  ...scatterRules,
  ...resizeRules,
  ...padRules,
  ...lpPoolRules,
  ...attentionRules,
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

const supported: ReadonlySet<string> = new Set([...Object.keys(rules), ...compositeNames()]);

/** undefined: the gradient through this operator is not known, or it is a composite. */
export function ruleFor(op: string): Rule | undefined {
  return Object.hasOwn(rules, op) ? rules[op] : undefined;
}

/** Whether the gradient can pass an operator: by a rule, or through its body. */
export function hasGradient(op: string): boolean {
  return supported.has(op);
}

/** Operators the gradient can pass. */
export function supportedOperators(): string[] {
  return [...supported].sort();
}
