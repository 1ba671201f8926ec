import type { ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { Refusal } from '../refusal.ts';
import { type CallOptions, EngineClient } from './client.ts';
import { OPENING_SECONDS_VARIABLE } from './opening.ts';
import type { Answer, Argument, EngineMethod } from './protocol.ts';
import type { LocalEngine } from './service.ts';

/** What gives the work longer, and what runs it elsewhere, as whoever asked writes it. */
interface Remedies {
  readonly longer: string;
  readonly elsewhere: string;
}

interface ChildEngineOptions {
  /** Those of the command line unless given. */
  readonly remedies?: Remedies;
  /** The engine's script, and the options Node needs to run it. */
  readonly entry: string;
  readonly execArgv?: readonly string[];
  /** How long it may give no sign of progress; 120 unless given. */
  readonly timeoutSeconds?: number;
  /** As EngineProcessOptions has it. */
  readonly early?: (() => ChildProcess | undefined) | undefined;
}

const COMMAND_LINE: Remedies = { longer: '--timeout SECONDS', elsewhere: '--runtime onnxruntime-web' };

/** Instances asked for at once: few at first, then as many as a message may weigh. */
const FIRST = 4;
const MOST = 32;
const MOST_NUMBERS = 2 ** 22;

/**
 * The engine as the editor has it, in a child that is started with the first question: what ends the runtime's process
 * is one sentence here.
 */
export function childEngine({
  entry,
  execArgv,
  timeoutSeconds,
  early,
  remedies = COMMAND_LINE,
}: ChildEngineOptions): LocalEngine {
  const env = (): Record<string, string> =>
    timeoutSeconds === undefined ? {} : { [OPENING_SECONDS_VARIABLE]: String(timeoutSeconds) };
  const client = new EngineClient({ entry, execArgv, log: () => {}, env, early });
  const limit = timeoutSeconds === undefined ? {} : { timeoutMs: 1000 * timeoutSeconds };
  const call = async <M extends EngineMethod>(
    method: M,
    argument: Argument<M>,
    options: CallOptions = {},
  ): Promise<Answer<M>> => {
    try {
      return await client.call(method, argument, { ...limit, ...options });
    } catch (error) {
      throw inOwnWords(error, argument, remedies, timeoutSeconds);
    }
  };
  return {
    runtime: (request, context) => call('runtime', request, context),
    timing: (request, context) => call('timing', request, context),
    model: (request, context) => call('model', request, context),
    data: (request, context) => call('data', request, context),
    glance: (request, context) => call('glance', request, context),
    readings: (request, context) => call('readings', request, context),
    open: (request, context) => call('open', request, context),
    explain: (request, context) => call('explain', request, context),
    explainSome: (request, context) => call('explainSome', request, context),
    audit: (request, context) => call('audit', request, context),
    overview: (request, context) => call('overview', request, context),
    evaluate: (request, context) => call('evaluate', request, context),
    repair: (request, context) => call('repair', request, context),
    masked: (request, context) => call('masked', request, context),
    weights: (request) => call('weights', request),
    converted: (request, context) => call('converted', request, context),
    explainer: (request, context) => call('explainer', request, context),
    overviewOfMaps: (request, context) => call('overviewOfMaps', request, context),
    seriesPart: (request, context) => call('seriesPart', request, context),
    learnable: (request, context) => call('learnable', request, context),
    learntOf: (request, context) => call('learntOf', request, context),
    train: (request, context) => call('train', request, context),
    picture: (request, context) => call('picture', request, context),
    async *explainMany(request, instances, context) {
      let size = FIRST;
      for (let from = 0; from < instances.length; ) {
        const some = instances.slice(from, from + size);
        const explanations = await call('explainSome', { ...request, instances: some }, context);
        yield explanations;
        from += some.length;
        const numbers = Math.max(1, ...explanations.map(({ signals }) => signals.input.length));
        size = Math.min(MOST, Math.max(1, Math.floor(MOST_NUMBERS / numbers)));
      }
    },
    dispose: async () => client.dispose(),
  };
}

/** The client speaks to somebody who has a log and a window to try again in. */
function inOwnWords(
  error: unknown,
  argument: object,
  { longer, elsewhere }: Remedies,
  timeoutSeconds = 120,
): unknown {
  if (!(error instanceof Refusal)) return error;
  const name = 'model' in argument && typeof argument.model === 'string' ? basename(argument.model) : '';
  const work = name === '' ? 'The work' : `The work on ${name}`;
  if (error.code === 'engine-timeout') {
    return new Refusal(
      error.code,
      `${work} gave no sign of progress for ${timeoutSeconds} s and was stopped; ${longer} gives it longer.`,
    );
  }
  if (error.code === 'engine-time') {
    return new Refusal(
      error.code,
      error.message.replace('a larger attribution.timeout allows', `${longer} allows`),
    );
  }
  if (error.code !== 'engine-crashed') return error;
  const [, how = ''] = /\(([^()]*)\)/.exec(error.message) ?? [];
  return new Refusal(
    error.code,
    `${work} ended the runtime's process (${how}): the model or its data ask for something it cannot do; try ${elsewhere}.`,
  );
}
