import { Refusal, type SourcePlace } from '../../refusal.ts';
import type { Alternative, Doubt, PatchValue, ProjectPatch } from './readingPlan.ts';

const mostWays = 3;
/** Of a list that a sentence says; longer ones stand in what `data FILE` prints. */
const mostNames = 12;

/** A file that more than one reading fits. The sentence has the ways out, ready to paste where they are short; `doubt` has them to pick from. */
export class ReadingQuestion extends Refusal {
  constructor(
    readonly doubt: Doubt,
    place?: SourcePlace,
  ) {
    super(`ask-${doubt.id}`, sentenceOf(doubt), place);
  }
}

function sentenceOf(doubt: Doubt): string {
  return askedWith(doubt, 'Say in attribution.json', wayOf);
}

/** The question with its ways out, in whichever words they are taken. */
export function askedWith(
  { sentence, ways }: Doubt,
  lead: string,
  wayOf: (way: Alternative) => string,
): string {
  const said = ways.slice(0, mostWays).map(wayOf).join('; or ');
  const what = sentence.replace(/[.]$/, '');
  return said === '' ? `${what}.` : `${what}. ${lead} ${said}.`;
}

/** `"data": { "case": "file" } (command line: --set data.case=file) where column file tells …` */
function wayOf({ label, patch }: Alternative): string {
  const isLong = Object.values(patch.data ?? {}).some(
    (value) => Array.isArray(value) && value.length > mostNames,
  );
  return isLong
    ? `${jsonOf(patch)} if ${label}`
    : `${jsonOf(patch)} (command line: ${commandLine(patch)}) if ${label}`;
}

function jsonOf({ data, mask, input }: ProjectPatch): string {
  const parts = [
    ...(input === undefined ? [] : [`"input": ${JSON.stringify(input)}`]),
    ...(data ? [`"data": ${spaced(data)}`] : []),
    ...(mask === undefined ? [] : [`"mask": ${JSON.stringify(mask)}`]),
  ];
  return parts.join(', ');
}

function spaced(data: Readonly<Record<string, PatchValue>>): string {
  return `{ ${Object.entries(data)
    .map(([key, value]) => `"${key}": ${listText(value)}`)
    .join(', ')} }`;
}

function listText(value: PatchValue): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const shown = value.slice(0, mostNames).map((one) => JSON.stringify(one));
  const more = value.length > mostNames ? [`… (${value.length} in all)`] : [];
  return `[${[...shown, ...more].join(', ')}]`;
}

/** The same patch as options of the command line, ready to paste into a shell. */
export function commandLine({ mask, ...patch }: ProjectPatch): string {
  const words = settingsOf(patch).map((setting) => `--set ${shellWord(setting)}`);
  return [...words, ...(mask === undefined ? [] : [`--mask ${shellWord(mask)}`])].join(' ');
}

/** Its order of axes and its reading as settings, NAME=VALUE each. */
export function settingsOf({ data = {}, input }: Omit<ProjectPatch, 'mask'>): string[] {
  return [
    ...(input === undefined ? [] : [`input=${input}`]),
    ...Object.entries(data).map(([key, value]) => `data.${key}=${valueText(value)}`),
  ];
}

/** A text that is no JSON of its own stands as it is. */
function valueText(value: PatchValue): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return JSON.stringify(value);
  } catch {
    return value;
  }
}

function shellWord(text: string): string {
  return /^[\w.,:=@/+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
