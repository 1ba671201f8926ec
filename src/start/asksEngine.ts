/** Commands that put a question to the engine whenever their words make sense. */
const ASKING = new Set([
  ...['layers', 'data', 'explain', 'audit', 'dataset', 'evaluate'],
  ...['repair', 'convert', 'masked', 'explainer', 'train', 'study'],
]);
/** Of these words nobody asks it, or its process starts in another way. */
const OTHERWISE = ['--help', '-h', '--version', '--timeout'];

/** Whether an engine may be started before the words are looked at; when in doubt not. */
export function asksEngine(words: readonly string[]): boolean {
  const otherwise = words.some((word) => OTHERWISE.includes(word) || word.startsWith('--timeout='));
  return words.length > 1 && ASKING.has(words[0]!) && !otherwise;
}
