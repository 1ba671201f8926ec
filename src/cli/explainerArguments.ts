import { parseArgs } from 'node:util';
import type { MethodId } from '../attribution/explanation.ts';
import { METHODS } from '../attribution/methods.ts';
import type { RuntimePreference } from '../engine/contract.ts';
import { PADDING_INPUTS, type PaddingInput } from '../export/explainer/options.ts';
import { absolute, exactly, oneOf, path, runtimes, usage, wholeNumber } from './words.ts';

/** Writes prediction and map as one ONNX graph. */
export interface ExplainerCommand {
  readonly name: 'explainer';
  readonly model: string;
  readonly out: string;
  readonly layer?: string;
  readonly target?: string;
  readonly targetInput: boolean;
  readonly against?: string;
  readonly negative: boolean;
  readonly method: MethodId;
  readonly relu: boolean;
  readonly maskedAlpha: boolean;
  readonly maskedModel: boolean;
  readonly padding?: PaddingInput;
  readonly preprocess: boolean;
  readonly steps?: number;
  readonly config?: string;
  readonly runtime: RuntimePreference;
}

const options = {
  layer: { type: 'string' },
  class: { type: 'string' },
  'target-input': { type: 'boolean' },
  against: { type: 'string' },
  negative: { type: 'boolean' },
  method: { type: 'string' },
  'no-relu': { type: 'boolean' },
  'masked-alpha': { type: 'boolean' },
  'masked-model': { type: 'boolean' },
  padding: { type: 'string' },
  preprocess: { type: 'boolean' },
  steps: { type: 'string' },
  config: { type: 'string' },
  runtime: { type: 'string' },
} as const;

/** @throws Refusal `usage` */
export function explainerArguments(words: readonly string[]): ExplainerCommand {
  const { values, positionals } = parse(words);
  const [model, out] = exactly('explainer', ['MODEL', 'OUT.onnx'], positionals);
  if (values.class !== undefined && values['target-input']) {
    throw usage(
      'explainer takes --class, one class for all, or --target-input, a class in every run, not both',
    );
  }
  return {
    name: 'explainer',
    model: absolute(model!),
    out: absolute(out!),
    layer: values.layer,
    target: values.class,
    targetInput: values['target-input'] ?? false,
    against: values.against,
    negative: values.negative ?? false,
    method:
      oneOf(
        'method',
        values.method,
        METHODS.map(({ id }) => id),
      ) ?? 'gradcam',
    relu: !values['no-relu'],
    maskedAlpha: values['masked-alpha'] ?? false,
    maskedModel: values['masked-model'] ?? false,
    padding: oneOf('padding', values.padding, PADDING_INPUTS),
    preprocess: values.preprocess ?? false,
    steps: wholeNumber('steps', values.steps),
    config: path(values.config),
    runtime: oneOf('runtime', values.runtime, runtimes) ?? 'auto',
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      throw usage(error.message.split(/[.\n]/, 1)[0]!.replace('Unknown option', 'explainer has no option'));
    }
    throw error;
  }
}
