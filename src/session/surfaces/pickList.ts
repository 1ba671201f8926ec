import * as vscode from 'vscode';
import { listText } from '../../surfaces/editorText.ts';

/** An item of a list; its texts may hold names out of files. Icons are named apart: `$(name)` in a text is none. */
export interface ListItem extends vscode.QuickPickItem {
  /** Codicon before the label. */
  readonly icon?: string;
  /** Codicon before the detail. */
  readonly detailIcon?: string;
}

/** What the list shows, and the item it stands for. */
interface Shown<I> extends vscode.QuickPickItem {
  readonly of: I;
}

interface ListWords {
  readonly title: string;
  readonly placeholder?: string;
}

/** An empty list with harmless title and placeholder; its items go through `shown`. */
export function pickList<I extends ListItem>({ title, placeholder }: ListWords): vscode.QuickPick<Shown<I>> {
  const list = vscode.window.createQuickPick<Shown<I>>();
  list.title = listText(title);
  list.placeholder = placeholder && listText(placeholder);
  list.matchOnDescription = true;
  return list;
}

/** An item with its words made harmless; the caller's own is kept in `of`. */
export function shown<I extends ListItem>(item: I): Shown<I> {
  const { icon, detailIcon, label, description, detail } = item;
  return {
    ...{ kind: item.kind, iconPath: item.iconPath, buttons: item.buttons, alwaysShow: item.alwaysShow },
    label: withIcon(icon, listText(label)),
    description: description && listText(description),
    detail: detail && withIcon(detailIcon, listText(detail)),
    of: item,
  };
}

function withIcon(icon: string | undefined, text: string): string {
  return icon === undefined ? text : `$(${icon}) ${text}`;
}
