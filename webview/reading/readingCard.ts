import type { ReadingTopic, ReadingView } from '../../src/views/panel/contract.ts';
import { button, element } from '../element.ts';
import { partsTable } from './partsTable.ts';
import { shapeWords, TITLES } from './words.ts';

/**
 * Every choice of a reading with its reason.
 * @param change asks to change one; without it the card only says how it is
 */
export function readingCard(
  plan: NonNullable<ReadingView['plan']>,
  facts: ReadingView['facts'],
  change?: (topic: ReadingTopic) => void,
): (HTMLElement | false | undefined)[] {
  return [
    element('h2', {}, 'How this file was read'),
    element('p', { id: 'reading-words' }, element('b', {}, shapeWords(plan))),
    element(
      'dl',
      { class: 'reading-facts' },
      ...facts.flatMap(({ topic, words, why, byModel }) => [
        element('dt', {}, TITLES[topic]),
        element(
          'dd',
          { id: `reading-${topic}` },
          element('span', {}, words, ' ', element('span', { class: 'dim' }, `(${why})`), ' '),
          change &&
            !byModel &&
            button(
              { class: 'link', 'aria-label': `Change: ${TITLES[topic]}`, id: `change-${topic}` },
              () => change(topic),
              'Change…',
            ),
        ),
      ]),
    ),
    plan.parts.length > 0 && element('h3', {}, 'Columns and arrays'),
    plan.parts.length > 0 && partsTable(plan),
    plan.parts.length > 0 &&
      change &&
      button({ class: 'button secondary', id: 'change-columns' }, () => change('columns'), 'Change Columns…'),
  ];
}
