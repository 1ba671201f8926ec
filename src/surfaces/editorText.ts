import { cut, visible } from './visible.ts';

/**
 * Plain text for the editor. VS Code reads `[text](command:…)` as a link in messages, progress and the prompts of
 * lists, and `$(name)` as an icon in lists, code lenses and the status bar: a space breaks both, and both stay readable.
 */
function harmless(text: string, most: number): string {
  return cut(unmarked(visible(text, { most })), most);
}

function unmarked(text: string): string {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (');
}

/** A notification, its buttons, and the words of progress. VS Code itself cuts messages after 1,000 letters. */
export function messageText(text: string): string {
  return harmless(text, 1000);
}

/** A button of a message: at most 80 characters. */
export function buttonText(text: string): string {
  return harmless(text, 80);
}

/** Label, description or detail of a pick list; title, placeholder and prompt of lists and input boxes. */
export function listText(text: string): string {
  return harmless(text, 300);
}

/** An item of the status bar: at most 100 characters. */
export function statusText(text: string): string {
  return harmless(text, 100);
}

/** Plain tooltips. */
export function tooltipText(text: string): string {
  return harmless(text, 1000);
}

/** A code lens, or a decoration beside a line. */
export function lensText(text: string): string {
  return harmless(text, 300);
}

/** A line of the Problems view: at most 1,000 characters. */
export function diagnosticText(text: string): string {
  return harmless(text, 1000);
}

/** The title of an editor tab or a dialog. */
export function titleText(text: string): string {
  return harmless(text, 120);
}

/** One line of the log. */
export function logText(line: string): string {
  return harmless(line, 4000);
}

/** A stack: lines of its own. */
export function logLines(text: string): string {
  return cut(unmarked(visible(text, { most: 20_000, lines: true })), 20_000);
}
