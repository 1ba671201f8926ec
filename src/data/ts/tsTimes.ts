import { Refusal } from '../../refusal.ts';

/** Cut at the colons that stand in no brackets: `(2007-01-01 00:00:00,1.5),(…):…:class`. */
export function outsideBrackets(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let open = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '(') open = true;
    else if (letter === ')') open = false;
    else if (letter === ':' && !open) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/**
 * Times and values of one dimension written as `(time,value),(time,value)`; times are numbers or dates.
 * @param where how a refusal calls the dimension
 * @throws Refusal `ts-timestamps` where a pair is none or time goes back
 */
export function timedPairs(part: string, where: string): { times: string[]; values: string[] } {
  const times: string[] = [];
  const values: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [step, piece] of part.split(')').entries()) {
    const pair = piece.trim().replace(/^,/, '').trim();
    if (pair === '') continue;
    const comma = pair.lastIndexOf(',');
    const time = pair.slice(1, comma).trim();
    if (!pair.startsWith('(') || comma < 0 || pair.indexOf('(', 1) >= 0) {
      throw new Refusal(
        'ts-timestamps',
        `${where}, step ${step + 1}: "${pair.slice(0, 40)}" is no (time,value) pair.`,
      );
    }
    const at = Number.isNaN(Number(time)) ? Date.parse(time) : Number(time);
    if (at < last) {
      throw new Refusal(
        'ts-timestamps',
        `${where}, step ${step + 1}: time goes back to ${time.slice(0, 40)}; sort the steps by time.`,
      );
    }
    last = Number.isNaN(at) ? last : at;
    times.push(time);
    values.push(pair.slice(comma + 1));
  }
  return { times, values };
}
