/**
 * Bad input, said in one clear sentence: what is wrong, where, and what to do. The only error whose message
 * is shown to people as it is; anything else is a defect of ours and goes to the log with its stack.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param code stable word for tests and callers, e.g. `unsupported-operator`, `ragged-row`. */
  constructor(
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
  }
}
