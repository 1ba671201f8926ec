import { element, icon } from '../element.ts';

/** Letters at the end of a name that are not cut, however few digits it ends in. */
const least = 3;
const most = 8;

/** The name of an instance in two parts, of which only the first is cut where there is no room: its number stays. */
export function cutName(name: string, flagged: boolean): HTMLElement[] {
  let kept = 0;
  while (kept < most && (kept < least || /\d/.test(name.at(-kept - 1) ?? ''))) kept++;
  const head = element('span', { class: 'name-head' }, flagged && icon('flag'), name.slice(0, -kept));
  head.style.setProperty('--tail', `${kept}ch`);
  return [head, element('span', {}, name.slice(-kept))];
}
