import { type ParseError, parse } from 'jsonc-parser';
import type { Dice } from './dice.ts';
import { mutateText } from './mutateText.ts';

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e300,
  2 ** 31,
  2 ** 53,
  '',
  'x',
  '\0',
  '\u202e',
  'NaN',
  [],
  {},
  [[]],
  [0],
  ['a', 'a'],
  { a: 1 },
];

type Holder = Record<string, unknown> | unknown[];

/** A value of a JSON text in another place, of another kind, or gone. */
export function mutateJson(bytes: Uint8Array, dice: Dice): Uint8Array {
  const errors: ParseError[] = [];
  // With comments, as in attribution.json.
  const root: unknown = parse(Buffer.from(bytes).toString('utf8'), errors);
  if (errors.length > 0) return mutateText(bytes, dice);
  // Only one of the changes may make much of little.
  for (let i = dice.below(3); i >= 0; i--) change(root, dice, i === 0 ? 3000 : 3);
  return Buffer.from(JSON.stringify(root));
}

function change(root: unknown, dice: Dice, most: number): void {
  const holders = holdersIn(root, []);
  if (holders.length === 0) return;
  const holder = dice.pick(holders);
  const keys = Object.keys(holder);
  const key = dice.pick(keys) as keyof Holder;
  switch (dice.below(6)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 1:
      if (Array.isArray(holder)) holder.push(...Array<unknown>(dice.pick([1, most])).fill(holder[key]));
      else Object.assign(holder, { [dice.pick(['', 'x', '__proto__', 'constructor'])]: holder[key] });
      break;
    case 2: {
      const other = dice.pick(holders);
      const value = other[dice.pick(Object.keys(other)) as keyof Holder];
      Object.assign(holder, { [key]: structuredClone(value) });
      break;
    }
    case 3: {
      let deep: unknown = holder[key];
      for (let i = dice.pick([1, 10, most]); i > 0; i--) deep = [deep];
      Object.assign(holder, { [key]: deep });
      break;
    }
    case 4:
      if (typeof holder[key] === 'number') {
        Object.assign(holder, {
          [key]: dice.pick([0, -1, 1e9, 2 ** 40, 0.5, (holder[key] as number) + 1, -(holder[key] as number)]),
        });
        break;
      }
      Object.assign(holder, { [key]: structuredClone(dice.pick(VALUES)) });
      break;
    default:
      Object.assign(holder, { [key]: structuredClone(dice.pick(VALUES)) });
  }
}

/** Objects and lists that hold something. */
function holdersIn(value: unknown, found: Holder[]): Holder[] {
  if (typeof value !== 'object' || value === null || found.length > 5000) return found;
  if (Object.keys(value).length > 0) found.push(value as Holder);
  for (const inside of Object.values(value)) holdersIn(inside, found);
  return found;
}
