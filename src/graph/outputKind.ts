/**
 * What a model's last operator makes of the logits; `values`: the outputs are numbers that stand for themselves, such as
 * those of a regression, and there are no classes.
 */
export type OutputKind = 'logits' | 'softmax' | 'sigmoid' | 'log-softmax' | 'values';
