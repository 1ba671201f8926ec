import { Refusal } from '../refusal.ts';
import { type Fields, given } from './fields.ts';
import type { Tool, ToolDefinition } from './tool.ts';

/**
 * A tool whose `run` gets fields that have been checked against their kinds.
 * @throws Refusal, from `answer`, where a field does not fit
 */
export function tool<const F extends Fields>({ run, ...facts }: ToolDefinition<F>): Tool {
  return {
    ...facts,
    answer: async (said, desk, options) => {
      try {
        return await run(given(facts.fields, said), desk, options);
      } catch (error) {
        throw inArguments(error);
      }
    },
  };
}

/** An agent writes no attribution.json and no command line. */
function inArguments(error: unknown): unknown {
  if (!(error instanceof Refusal && error.code === 'class-or-number')) return error;
  const sentence = error.message.replace(
    /set "task" in attribution\.json to .*$/,
    'give "task": "classification" or "regression", whichever its author meant.',
  );
  return new Refusal(error.code, sentence, error.place);
}
