import { formatShare } from '../../src/format.ts';
import type { PanelCommand, WorkActivity } from '../../src/views/panel/contract.ts';
import { button, element, replace, say } from '../element.ts';
import type { Host } from '../host.ts';

/** A button that runs a command of VS Code. */
export function runs(
  host: Host,
  label: string,
  command: PanelCommand,
  id: string,
  primary = false,
): HTMLElement {
  const look = { class: `button ${primary ? 'primary' : 'secondary'}`, id };
  return button(look, () => host.send({ kind: 'run', command }), label);
}

interface Work {
  /** Begins the ids: `audit-busy`, `audit-words`, `cancel-audit`, … */
  readonly name: string;
  readonly cancel: PanelCommand;
  /** Said when nothing goes on. */
  readonly words: string;
  /** Why there is nothing to do: said in place of the words, and nothing is offered. */
  readonly none?: string | null;
  readonly actions: readonly (HTMLElement | false)[];
}

/** The head of a view of long work: what goes on with Cancel, or how it stands with what can be done. */
export function workStatus(host: Host, activity: WorkActivity, work: Work): (HTMLElement | false)[] {
  const { name, cancel, words, none, actions } = work;
  if (activity.kind === 'busy') {
    const share = activity.share === undefined ? '' : ` · ${formatShare(activity.share)}`;
    return [
      element('p', { role: 'status', id: `${name}-busy` }, `${activity.what}${share}`),
      runs(host, 'Cancel', cancel, `cancel-${name}`),
    ];
  }
  if (none) return [element('p', { id: `${name}-words` }, none)];
  return [
    activity.kind === 'refused'
      ? element('p', { role: 'alert', id: `${name}-refusal` }, activity.sentence)
      : element('p', { id: `${name}-words` }, words),
    element('div', { class: 'audit-actions' }, ...actions),
  ];
}

/**
 * Puts the head into its place. While work goes on only the words change: a button made anew with every percent would
 * lose the focus, and a click that began on the one before.
 */
export function showWork(place: Element, head: readonly (HTMLElement | false)[]): void {
  const parts = head.filter((part) => part !== false);
  const before = [...place.children];
  const isSame = parts.length === before.length && parts.every(({ id }, i) => id === before[i]!.id);
  if (isSame && parts[0]?.id.endsWith('-busy')) say(before[0]!, parts[0].textContent);
  else replace(place, ...parts);
}
