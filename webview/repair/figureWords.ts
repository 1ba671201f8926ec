import { ARMS } from '../../src/views/panel/contract.ts';
import { element } from '../element.ts';
import { ARM_WORDS } from './words.ts';

/** Figures of a repair: the head of their column, and what they are. */
export const COLUMNS: readonly (readonly [title: string, what: string])[] = [
  ['Repair', ''],
  [
    'Accuracy',
    'Share of right answers on instances it has not learnt from. Below it the change against the model as trained; gained and lost are the instances right only after and only before, and McNemar p says how often chance alone would part them so unevenly',
  ],
  [
    'Length crossed',
    'Accuracy on the same series at lengths of a random class: what the answers are worth where the length says nothing',
  ],
  ['Layout flip', 'Share of answers that change when the padding lies elsewhere; the worst place is named'],
  [
    'Look flip',
    'Share of answers that change when the padding holds something else; the worst filling is named',
  ],
  ['Length evidence', 'How much of the accuracy above chance rests on the length: 0 none of it, 1 all of it'],
  [
    'Length response',
    'How much more often a class is answered in long series than in short ones with the same contents; 0 %: the length moves nothing',
  ],
  [
    'Map on padding',
    'Share of |Grad-CAM| at the last convolutional layer (of a model without one, the last that tells steps apart) on positions that see padding, mixed with real steps or alone',
  ],
  ['ms', 'Milliseconds of one instance: the median of some runs, from the quickest to the slowest'],
];

/** What stands in the tables, in plain words: closed until somebody asks. */
export function figureWords(): HTMLElement {
  const said = [
    ...COLUMNS.filter(([, what]) => what !== ''),
    [
      'FRAGILE, robust',
      'More than 10 % of the answers change, and surely more than 5 %; fewer than 10 %, and surely fewer than 15 %; else: cannot tell',
    ] as const,
    ...ARMS.map((arm) => [arm, ARM_WORDS[arm]] as const),
  ];
  return element(
    'details',
    { class: 'figure-words', id: 'repair-words-of-figures' },
    element('summary', {}, 'What the names and figures mean'),
    element(
      'dl',
      {},
      ...said.flatMap(([name, what]) => [element('dt', {}, name), element('dd', {}, `${what}.`)]),
    ),
  );
}
