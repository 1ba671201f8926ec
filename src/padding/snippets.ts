import type { Advice } from './audit.ts';

type Snippets = NonNullable<Advice['snippets']>;

/** Copyable code, each piece complete on its own; `series` are arrays [F, L] of different lengths. */
export const SNIPPETS: Readonly<
  Record<'standardiseThenPad' | 'randomLength' | 'maskedLayers' | 'shorterWindow', Snippets>
> = {
  standardiseThenPad: [
    {
      language: 'Python',
      code: `import numpy as np

steps = np.concatenate(train_series, axis=1)          # [F, all real steps]
mean, std = steps.mean(axis=1, keepdims=True), steps.std(axis=1, keepdims=True)
std[std == 0] = 1

def prepare(series, to):
    z = (series - mean) / std                         # standardise the real steps ...
    return np.pad(z, ((0, 0), (0, to - z.shape[1])))  # ... then pad with 0, the mean
`,
    },
  ],
  randomLength: [
    {
      language: 'PyTorch',
      code: `import torch
import torch.nn.functional as F

def random_length(z, shortest, longest):              # z: [F, L], L > 1; new every epoch, alike for every class
    to = int(torch.randint(shortest, longest + 1, ()))
    while z.shape[1] < to:                            # reflection: not where order or direction is the class
        more = min(to - z.shape[1], z.shape[1] - 1)
        z = F.pad(z.unsqueeze(0), (0, more), mode='reflect').squeeze(0)
    start = int(torch.randint(z.shape[1] - to + 1, ()))
    return z[:, start:start + to]                     # pad afterwards, as before
`,
    },
  ],
  maskedLayers: [
    {
      language: 'PyTorch',
      code: `def masked_features(layers, x, mask):                 # x [N, F, T], mask [N, T] with 1 = real
    m = mask.unsqueeze(1)
    x = x * m
    for layer in layers:                              # convolutions, norms, activations that keep T
        x = layer(x) * m
    return x.sum(-1) / m.sum(-1).clamp(min=1)         # the mean over real steps; refit the last layer on it
`,
    },
    {
      language: 'Keras',
      code: `def masked_features(layers, x, mask):                 # x [N, T, F], mask [N, T] with 1 = real
    m = keras.ops.expand_dims(mask, -1)               # Conv1D drops Keras masks: multiply yourself
    x = x * m
    for layer in layers:
        x = layer(x) * m
    return keras.ops.sum(x, 1) / keras.ops.maximum(keras.ops.sum(m, 1), 1)
`,
    },
  ],
  shorterWindow: [
    {
      language: 'PyTorch',
      code: 'model = XCM(c_in, c_out, seq_len, window_perc=0.2)    # tsai; the default 1. reads the whole series\n',
    },
  ],
};
