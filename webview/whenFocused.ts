let waiting: AbortController | undefined;

/**
 * Gives the keys to a part of the page. While they are elsewhere in the window (a list under the title bar, the file),
 * they stay there, and the part has them once the panel has: a list that loses them closes.
 */
export function whenFocused(give: () => void): void {
  waiting?.abort();
  if (document.hasFocus()) {
    give();
    return;
  }
  waiting = new AbortController();
  window.addEventListener('focus', give, { once: true, signal: waiting.signal });
}
