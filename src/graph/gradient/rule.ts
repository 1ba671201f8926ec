import type { Step } from './step.ts';

/** Appends the nodes of d logit / d input and gives the tensor's name. */
export type Backward = () => string;

/**
 * How the gradient passes one operator: per input what to append if that input's gradient is asked for. undefined
 * where there is no such gradient; asking for it is then refused, never answered by zero.
 */
export type Rule = (step: Step) => readonly (Backward | undefined)[];

/** Rules by operator of the ONNX domain. */
export type Rules = Readonly<Record<string, Rule>>;
