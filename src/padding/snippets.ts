import type { Advice } from './audit.ts';

type Snippets = NonNullable<Advice['snippets']>;

/** Copyable code, each piece complete on its own; `series` are arrays [F, L] of different lengths. */
export const SNIPPETS: Readonly<
  Record<'standardiseThenPad' | 'randomPadding' | 'maskedPooling' | 'shorterWindow', Snippets>
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
  randomPadding: [
    {
      language: 'PyTorch',
      code: `import torch
import torch.nn.functional as F

def pad_randomly(z, to):                              # z: [F, L], standardised; new every epoch
    free = to - z.shape[1]
    front = int(torch.randint(free + 1, ()))
    return F.pad(z, (front, free - front))
`,
    },
  ],
  maskedPooling: [
    {
      language: 'PyTorch',
      code: `def masked_mean(features, mask):                      # features [N, K, T], mask [N, T] with 1 = real
    m = mask.unsqueeze(1)
    return (features * m).sum(-1) / m.sum(-1).clamp(min=1)
`,
    },
    {
      language: 'Keras',
      code: `# Conv1D drops masks: hand the mask to the pooling yourself.
mask = keras.ops.any(keras.ops.not_equal(inputs, 0.0), axis=-1)
pooled = keras.layers.GlobalAveragePooling1D()(features, mask=mask)
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
