import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { mostClassesByLook } from '../csv/classNumbers.ts';
import { mayNameWhose } from '../csv/labelDoubt.ts';
import { isCaseName, isRowNumberName, namesNoClass, saysClass, timeName } from '../csv/nameWords.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { ArrayRoles } from './arrayNames.ts';
import type { Npz } from './readNpz.ts';

/** What stands beside series and is no class: persons and recordings are told by their names, too. */
const SIDE =
  /^(fold|split|part|group|age|sex|gender|weight|height|site|index|idx|indice|row|rate|fs|test|train|start|begin|end|onset|offset|n|t_?0)s?(_?(id|idx|index))?$/i;
/** Of words, and of numbers, that say what a person or a thing did, or has. */
const KIND =
  /^(y[a-z_]*|conditions?|events?|activit(y|ies)|actions?|gestures?|diagnos[ei]s|outcomes?|categor(y|ies)|kinds?|types?|states?|stages?|emotions?|faults?|tasks?|stimul(us|i)|exercises?|class(_?(ids?|names?))?|labels?_?\w*)$/i;

/** As NumPy calls arrays without names. */
const NUMBERED = /^arr_\d+$/;

/**
 * No array is the labels by its name: one beside the series that has a word, or one of few whole numbers, for each of them
 * is taken for them. Of several the one whose name says a kind; of others none, which is said.
 * @throws ReadingQuestion `label-open` where the only one's name says no kind
 */
export function labelsByLook(
  arrays: Npz,
  roles: ArrayRoles,
  instances: number,
  fileName: string,
  word: string,
): { readonly roles: ArrayRoles; readonly findings: readonly Finding[] } {
  const found = roles.aside.filter((name) => !isSide(name) && areClasses(arrays, name, instances));
  const kinds = found.filter((name) => KIND.test(name));
  const y = found.length === 1 ? found[0] : kinds.length === 1 ? kinds[0] : undefined;
  if (y !== undefined && mayBeOthers(arrays, y)) throw question(fileName, y, word);
  const say = (code: string, sentence: string): Finding => ({ code, severity: 'info', sentence });
  if (y === undefined) {
    const open = `${fileName}: no labels are taken, as ${listed(found)} could each be the classes; set "label" under "data" in attribution.json.`;
    return { roles, findings: found.length > 1 ? [say('label-open', open)] : [] };
  }
  const taken = `${fileName}: ${word} ${y} is taken for the class labels, one for each series; set "label" under "data" in attribution.json if it is not (null: none).`;
  const aside = roles.aside.filter((name) => name !== y);
  return { roles: { ...roles, y, aside, byLook: true }, findings: [say('label-inferred', taken)] };
}

/** Numbers whose name says no class, and words that look like those of persons or machines. */
function mayBeOthers(arrays: Npz, name: string): boolean {
  const { dtype, data } = arrays.get(name)!;
  if (KIND.test(name) || saysClass(name) || NUMBERED.test(name)) return false;
  const words = Array.from(data as ArrayLike<unknown>, String);
  return dtype !== 'text' || mayNameWhose(name, [...new Set(words)], words.length);
}

function question(fileName: string, name: string, word: string): ReadingQuestion {
  return new ReadingQuestion({
    id: 'label-open',
    sentence: `${fileName}: ${word} ${name} has a value that comes again for each series, and its name does not say whether they are classes, persons or machines`,
    ways: [
      { label: `${name} is the label`, patch: { data: { label: name } } },
      { label: 'there is no label', patch: { data: { label: null } } },
    ],
  });
}

function isSide(name: string): boolean {
  const isPerson = [name, name.replace(/s$/i, '')].some((one) => isCaseName(one) || namesNoClass(one));
  return SIDE.test(name) || isPerson || isRowNumberName(name) || timeName(name) !== null;
}

function areClasses(arrays: Npz, name: string, instances: number): boolean {
  const array = arrays.get(name);
  const [rows, ...more] = array?.dims ?? [];
  if (!array || rows !== instances || more.some((width) => width !== 1) || instances < 2) return false;
  const values = Array.from(array.data as ArrayLike<unknown>, String);
  const kinds = new Set(values).size;
  if (kinds < 2 || kinds > mostClassesByLook) return false;
  return array.dtype === 'text'
    ? kinds < instances
    : kinds * 2 <= instances && values.every((value) => Number.isInteger(Number(value)));
}
