import { float, int } from '../../../graph/attributes.ts';
import { result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';

type Write = (lowering: Lowering, x: string) => string;

const of = (write: Write): Lower => {
  return (lowering) => {
    const self = lowering.optional('self') ?? lowering.tensor('input');
    return result(lowering, write(lowering, self.tensor));
  };
};
const plain = (op: string): Lower => of(({ builder }, x) => builder.add(op, [x]));
const gate = (write: Write): Lower =>
  of((lowering, x) => lowering.builder.add('Mul', [x, write(lowering, x)]));

/** x·Φ(x) (Hendrycks & Gimpel 2016), or its tanh approximation. */
export function gelu(lowering: Lowering, x: string): string {
  const { builder } = lowering;
  const number = (value: number) => builder.scalar(value);
  const isTanh = lowering.text('approximate', 'none') === 'tanh';
  const inner = isTanh
    ? builder.add('Tanh', [
        builder.add('Mul', [
          builder.add('Add', [
            x,
            builder.add('Mul', [builder.add('Mul', [builder.add('Mul', [x, x]), x]), number(0.044715)]),
          ]),
          number(Math.sqrt(2 / Math.PI)),
        ]),
      ])
    : builder.add('Erf', [builder.add('Div', [x, number(Math.SQRT2)])]);
  const half = builder.add('Mul', [x, builder.add('Add', [inner, number(1)])]);
  return builder.add('Mul', [half, number(0.5)]);
}

function softmax(op: 'Softmax' | 'LogSoftmax'): Lower {
  return (lowering) => {
    const self = lowering.tensor('self');
    const axis = int(lowering.axis('dim', self.dims.length));
    return result(lowering, lowering.builder.add(op, [lowering.cast(self, 'float32')], { axis }));
  };
}

/** Softmax, 0 where every score is −∞: a query whose keys are all masked. */
export function safeSoftmax({ builder }: Lowering, scores: string, axis: number): string {
  const most = builder.reduce('ReduceMax', scores, [axis], true);
  const none = builder.add('Equal', [most, builder.scalar(Number.NEGATIVE_INFINITY)]);
  const nothing = builder.scalar(0);
  const finite = builder.add('Where', [none, nothing, scores]);
  const weights = builder.add('Softmax', [finite], { axis: int(axis) });
  return builder.add('Where', [none, nothing, weights]);
}

const safe: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length);
  return result(lowering, safeSoftmax(lowering, lowering.cast(self, 'float32'), axis));
};

const hardtanh = (low: number, high: number): Lower =>
  of((lowering, x) =>
    lowering.builder.add('Clip', [
      x,
      lowering.builder.scalar(lowering.number('min_val', low)),
      lowering.builder.scalar(lowering.number('max_val', high)),
    ]),
  );

/** Activations and softmax; those without an ONNX operator are written with others. */
export const activationRules: LowerRules = {
  relu: plain('Relu'),
  sigmoid: plain('Sigmoid'),
  special_expit: plain('Sigmoid'),
  tanh: plain('Tanh'),
  mish: plain('Mish'),
  hardswish: plain('HardSwish'),
  relu6: hardtanh(0, 6),
  hardtanh: hardtanh(-1, 1),
  gelu: of(gelu),
  silu: gate(({ builder }, x) => builder.add('Sigmoid', [x])),
  hardsigmoid: of(({ builder }, x) =>
    builder.add('HardSigmoid', [x], { alpha: float(1 / 6), beta: float(0.5) }),
  ),
  log_sigmoid: of(({ builder }, x) =>
    builder.add('Neg', [builder.add('Softplus', [builder.add('Neg', [x])])]),
  ),
  leaky_relu: of((lowering, x) =>
    lowering.builder.add('LeakyRelu', [x], { alpha: float(lowering.number('negative_slope', 0.01)) }),
  ),
  rrelu: of((lowering, x) => {
    const mean = (lowering.number('lower', 0.125) + lowering.number('upper', 1 / 3)) / 2;
    if (lowering.flag('training')) lowering.refuse('it is in training mode', 'call model.eval() first');
    return lowering.builder.add('LeakyRelu', [x], { alpha: float(mean) });
  }),
  // What a SELU decomposes into: scale · ELU(input_scale · x).
  elu: of((lowering, x) => {
    const { builder } = lowering;
    const times = (y: string, by: number) => (by === 1 ? y : builder.add('Mul', [y, builder.scalar(by)]));
    const alpha = float(lowering.number('alpha', 1));
    const inner = times(x, lowering.number('input_scale', 1));
    return times(builder.add('Elu', [inner], { alpha }), lowering.number('scale', 1));
  }),
  selu: plain('Selu'),
  celu: of((lowering, x) => lowering.builder.add('Celu', [x], { alpha: float(lowering.number('alpha', 1)) })),
  softplus: of((lowering, x) => {
    const { builder } = lowering;
    const beta = lowering.number('beta', 1);
    const threshold = lowering.number('threshold', 20);
    const inner = beta === 1 ? x : builder.add('Mul', [x, builder.scalar(beta)]);
    const made = builder.add('Softplus', [inner]);
    const curve = beta === 1 ? made : builder.add('Div', [made, builder.scalar(beta)]);
    // PyTorch is linear above the threshold; from 17 on the difference is below what float32 holds.
    if (threshold >= 17) return curve;
    return builder.add('Where', [builder.add('Greater', [inner, builder.scalar(threshold)]), x, curve]);
  }),
  softsign: plain('Softsign'),
  tanhshrink: of(({ builder }, x) => builder.add('Sub', [x, builder.add('Tanh', [x])])),
  hardshrink: of((lowering, x) =>
    lowering.builder.add('Shrink', [x], { lambd: float(lowering.number('lambd', 0.5)), bias: float(0) }),
  ),
  softshrink: of((lowering, x) => {
    const edge = float(lowering.number('lambd', 0.5));
    return lowering.builder.add('Shrink', [x], { lambd: edge, bias: edge });
  }),
  threshold: of((lowering, x) => {
    const { builder } = lowering;
    const above = builder.add('Greater', [x, builder.scalar(lowering.number('threshold'))]);
    return builder.add('Where', [above, x, builder.scalar(lowering.number('value'))]);
  }),
  prelu: (lowering) => {
    const self = lowering.tensor('self');
    const weight = lowering.tensor('weight');
    const spatial = Math.max(0, self.dims.length - 2);
    const slope =
      lowering.known(weight, 0) > 1 && spatial > 0
        ? lowering.builder.reshape(weight.tensor, [-1, ...Array<number>(spatial).fill(1)])
        : weight.tensor;
    return result(lowering, lowering.builder.add('PRelu', [self.tensor, slope]));
  },
  glu: (lowering) => {
    const { builder } = lowering;
    const self = lowering.tensor('self');
    const axis = lowering.axis('dim', self.dims.length, -1);
    const half = lowering.known(self, axis) / 2;
    const [value, open] = builder.split(self.tensor, axis, [half, half]);
    return result(lowering, builder.add('Mul', [value!, builder.add('Sigmoid', [open!])]));
  },
  softmax: softmax('Softmax'),
  _softmax: (lowering) =>
    lowering.isHeldAgainstInfinity('self') ? safe(lowering) : softmax('Softmax')(lowering),
  _safe_softmax: safe,
  log_softmax: softmax('LogSoftmax'),
  _log_softmax: softmax('LogSoftmax'),
  special_log_softmax: softmax('LogSoftmax'),
};
