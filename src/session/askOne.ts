import * as vscode from 'vscode';

export interface Question<I> {
  readonly title: string;
  readonly placeholder?: string;
  /** The item the list opens on. */
  readonly active?: I;
  readonly signal?: AbortSignal;
  /** Stays when the focus goes elsewhere: for questions that nobody called for. */
  readonly stays?: boolean;
  /** Called while arrowing, not for the item the list opens on. */
  readonly preview?: (item: I) => void;
}

/** A list to choose one from, as a person may leave it: undefined on Escape, when focus goes elsewhere, on abort. */
export function askOne<I extends vscode.QuickPickItem>(
  items: readonly I[],
  { title, placeholder, active, signal, stays = false, preview }: Question<I>,
): Promise<I | undefined> {
  const list = vscode.window.createQuickPick<I>();
  list.title = title;
  list.placeholder = placeholder;
  list.ignoreFocusOut = stays;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = items;
  if (active) {
    list.activeItems = [active];
  }
  let current: I | undefined = active ?? items[0];
  return new Promise((resolve) => {
    const hide = () => list.hide();
    signal?.addEventListener('abort', hide, { once: true });
    list.onDidChangeActive(([item]) => {
      if (item && item !== current) {
        current = item;
        preview?.(item);
      }
    });
    list.onDidAccept(() => {
      resolve(list.selectedItems[0] ?? list.activeItems[0]);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      signal?.removeEventListener('abort', hide);
      list.dispose();
    });
    list.show();
  });
}
