import { lastNumber } from './lastNumber.ts';

/** Of names, how many go on counting one after the other. */
export function countedRun(names: readonly string[]): number {
  const parts = names.map(lastNumber);
  let longest = 0;
  let run = 0;
  for (const [at, part] of parts.entries()) {
    const before = parts[at - 1];
    const goesOn =
      part && before && part.before === before.before && Number(part.number) === Number(before.number) + 1;
    run = goesOn ? run + 1 : part ? 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** The common prefix of names that go on counting, such as `t` of t0, t1, t2; undefined where there is none. */
export function countedPrefix(names: readonly string[]): string | undefined {
  const parts = names.map(lastNumber);
  const [first] = parts;
  if (!first || names.length < 3) return undefined;
  const start = Number(first.number);
  const counted = parts.every(
    (part, index) =>
      part?.after === '' && part.before === first.before && Number(part.number) === start + index,
  );
  return counted ? first.before : undefined;
}
