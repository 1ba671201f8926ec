import type { Advice, Audit } from '../../src/padding/audit.ts';
import { type RepairedFiles, repairCommand, TRY_IT } from '../../src/padding/repairCommand.ts';
import type { RepairWish } from '../../src/views/panel/contract.ts';
import { button, element, icon, replace } from '../element.ts';
import { block } from './block.ts';

/** What to do, from what was found, with code to copy. */
export function advice({ advice: list, provenance }: Audit, tryOn: (wish: RepairWish) => void): HTMLElement {
  return block(
    'audit-advice',
    'What to do',
    list.length === 0
      ? 'Nothing found that asks for a change.'
      : 'From what this audit found, most pressing first.',
    ...list.map(({ code, sentence, basis, tryIt, maskInput, onModel, snippets = [] }) =>
      element(
        'div',
        { class: 'advice', 'data-code': code, 'data-try': tryIt ?? '' },
        element('p', {}, sentence),
        element('p', { class: 'dim basis' }, `Rests on: ${basis}`),
        tryIt &&
          button(
            {
              class: 'button secondary try-it',
              title: TRY_IT,
            },
            () => tryOn({ arm: 'auto', ...(maskInput && { maskInput }) }),
            'Try it on a copy…',
          ),
        ...offered({ tryIt, maskInput, onModel }, provenance).map(snippet),
        ...snippets.map(snippet),
      ),
    ),
  );
}

interface Snippet {
  readonly language: string;
  readonly code: string;
}

function offered(one: Pick<Advice, 'tryIt' | 'maskInput' | 'onModel'>, files: RepairedFiles): Snippet[] {
  const code = repairCommand(one, files);
  return code === null ? [] : [{ language: 'On the command line', code }];
}

function snippet({ language, code }: Snippet): HTMLElement {
  const copy = button(
    { class: 'button secondary', 'aria-label': `Copy ${language}` },
    () => void copied(),
    icon('copy'),
    ' Copy',
  );
  const copied = async () => {
    await navigator.clipboard.writeText(code);
    replace(copy, icon('check'), ' Copied');
  };
  return element(
    'details',
    { class: 'snippet' },
    element('summary', {}, language),
    element('div', { class: 'code' }, element('pre', {}, element('code', {}, code)), copy),
  );
}

/** What the padded input itself tells about the preprocessing. */
export function preprocessing({ preprocessing: findings }: Audit): HTMLElement {
  return block(
    'audit-preprocessing',
    'Preprocessing',
    'What the padded input tells about how it was made.',
    element(
      'ul',
      { class: 'findings plain' },
      ...findings.map(({ severity, sentence, code }) =>
        element(
          'li',
          { class: `finding ${severity}`, 'data-code': code },
          icon(severity),
          element('span', {}, sentence),
        ),
      ),
    ),
  );
}
