/**
 * What a model's last operator makes of the logits; `probabilities`: shares that sum to 1, made of no logits that were
 * found (a mean of several softmaxes), which stand for themselves; `values`: the outputs are numbers that stand for themselves, such as
 * those of a regression, and there are no classes.
 */
export type OutputKind = 'logits' | 'softmax' | 'sigmoid' | 'log-softmax' | 'probabilities' | 'values';
