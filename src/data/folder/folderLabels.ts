import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { type NamePlace, namePlaces } from './nameParts.ts';

/** A class for each file, and where it was found. */
interface FolderLabels {
  readonly labels: readonly string[];
  readonly place: string;
}

const mostClasses = 60;
const CLASS_NUMBER = /^(class|label|category|klasse|classe|clase|gesture|activity)[ _-]?\d+$/i;
const splits = /^(train|training|test|testing|val|valid|validation|dev|eval|holdout|data|raw|csv)$/i;

/**
 * The classes that folders or file names say; undefined where they say none.
 * @param names of the files, below the folder
 * @throws ReadingQuestion `folder-label` where two places could be the class; Refusal `label-place`
 */
export function folderLabels(
  folder: string,
  names: readonly string[],
  { labelFrom, classes }: Pick<DataOptions, 'labelFrom' | 'classes'>,
): FolderLabels | undefined {
  const places = namePlaces(names);
  if (labelFrom !== undefined && labelFrom !== 'table') {
    const said = places.find(({ place }) => place === labelFrom);
    if (!said) {
      throw new Refusal(
        'label-place',
        `"labelFrom" says ${labelFrom}, but the names of the files in ${folder} have no such part in common (they have ${listed(places.map(({ place }) => place))}; first file: ${names[0]}).`,
      );
    }
    return { labels: said.texts, place: said.place };
  }
  const known = places.filter(({ texts }) => classes && texts.every((text) => classes.includes(text)));
  const likely = withoutTwins(known.length > 0 ? known : places.filter(looksLikeClasses));
  const [first, second] = likely;
  if (!first) return undefined;
  const counting = first.texts.every((text) => /^\d+$/.test(text));
  const fromZero = first.texts.includes('0');
  if (second || (counting && !fromZero && known.length === 0)) throw question(folder, likely);
  return { labels: first.texts, place: first.place };
}

/** Where no class is taken, though parts of the names come again: they are named, so that one can be chosen. */
export function labelsLeftOpen(folder: string, names: readonly string[]): Finding[] {
  const coded = withoutTwins(namePlaces(names)).filter(({ texts }) => {
    const kinds = new Set(texts);
    return kinds.size > 1 && kinds.size * 2 <= texts.length && ![...kinds].some((kind) => splits.test(kind));
  });
  if (coded.length === 0) return [];
  const said = coded.slice(0, 3).map(({ place, texts }) => `"${place}" (${listed([...new Set(texts)], 4)})`);
  const sentence = `${folder}: the names of the files say no class for certain; where one stands in them, set "labelFrom" under "data" to ${said.join(' or ')}.`;
  return [{ code: 'folder-label-open', severity: 'info', sentence }];
}

/** Words that come again, or whole numbers as folders: what classes look like. */
function looksLikeClasses({ place, texts }: NamePlace): boolean {
  const kinds = [...new Set(texts)];
  if (kinds.length < 2 || kinds.length > mostClasses || kinds.length * 2 > texts.length) return false;
  if (kinds.some((kind) => kind === '' || splits.test(kind))) return false;
  if (kinds.every((kind) => /^\d+$/.test(kind))) return place.startsWith('folder');
  if (kinds.every((kind) => CLASS_NUMBER.test(kind))) return true;
  // subject1, subject2: one word that is counted.
  return (
    new Set(kinds.map((kind) => kind.replace(/\d+/g, ''))).size > 1 && !kinds.every((kind) => /\d/.test(kind))
  );
}

/** Of places that part the files alike, the first. */
function withoutTwins(places: readonly NamePlace[]): NamePlace[] {
  const seen = new Set<string>();
  return places.filter(({ texts }) => {
    const kinds = [...new Set(texts)];
    const parts = texts.map((text) => kinds.indexOf(text)).join();
    const isNew = !seen.has(parts);
    seen.add(parts);
    return isNew;
  });
}

function question(folder: string, places: readonly NamePlace[]): ReadingQuestion {
  const said = ({ texts }: NamePlace) => listed([...new Set(texts)], 4);
  const ways: Alternative[] = places.slice(0, 2).map((one) => ({
    label: `the class is ${said(one)}`,
    patch: { data: { labelFrom: one.place } },
  }));
  const which = places.slice(0, 2).map((one) => `${placeWords(one.place)} (${said(one)})`);
  return new ReadingQuestion({
    id: 'folder-label',
    sentence: `The class of the files in ${folder} could be ${which.join(' or ')}${places.length === 1 ? ', or that may count persons or recordings' : ''}`,
    ways: [...ways, { label: 'the names say no class', patch: { data: { label: null } } }],
  });
}

/** `folder:1` in words. */
export function placeWords(place: string): string {
  const [what, at] = place.split(':');
  if (what === 'folder') return at === undefined ? 'the folder of each file' : `folder ${at} from the top`;
  if (what !== 'file') return place;
  return at === undefined ? "the file's name" : `part ${at} of the file's name`;
}
