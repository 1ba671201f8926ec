import { NO_GRADIENT } from '../../../graph/gradient/rules/notes.ts';
import { isFloat, result } from '../arithmetic.ts';
import type { Lower, LowerRules } from '../lowering.ts';

/** The same values: memory and gradients do not concern an ONNX graph. */
const same: Lower = (lowering) => {
  const value = lowering.optional('self') ?? lowering.tensor('input');
  return value;
};

/** The same values, behind which no gradient passes; truth values, whole numbers and constants have none anyway. */
const detached: Lower = (lowering) => {
  const self = lowering.tensor('self');
  if (!isFloat(self.dtype) || lowering.constantOf(self)) return self;
  // An extreme of one: the rules that read through an Identity must not read through this.
  return result(lowering, lowering.builder.addMany('Max', [self.tensor], 1, {}, 'Detach', NO_GRADIENT)[0]!);
};

/** Into the type that was traced; half precision is float32 here. */
const converted: Lower = (lowering) => {
  const self = lowering.tensor('self');
  return result(lowering, self.tensor, self.dtype);
};

/** Only in evaluation mode, where it does nothing. */
const dropout: Lower = (lowering) => {
  if (lowering.flag('train') && lowering.number('p', 0.5) > 0) {
    lowering.refuse(
      'it is in training mode',
      'call model.eval() before torch.export.export, and give a functional dropout its training=self.training',
    );
  }
  return lowering.optional('input') ?? lowering.tensor('self');
};

const nothing: Lower = () => [];

/** What leaves the numbers as they are: copies, dropout at inference, changes of layout. */
export const sameValueRules: LowerRules = {
  alias: same,
  clone: same,
  contiguous: same,
  detach: detached,
  lift_fresh: same,
  lift_fresh_copy: same,
  positive: same,
  requires_grad: same,
  to: converted,
  type_as: converted,
  _to_copy: converted,
  float: converted,
  dropout,
  feature_dropout: dropout,
  alpha_dropout: dropout,
  native_dropout: dropout,
  _assert_tensor_metadata: nothing,
  _assert_scalar: nothing,
  _assert_async: nothing,
  sym_constrain_range_for_size: nothing,
};
