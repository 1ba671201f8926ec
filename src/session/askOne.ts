import { FilledList } from './filledList.ts';
import { type ListItem, pickList, shown } from './surfaces/pickList.ts';

interface Question<I> {
  readonly title: string;
  readonly placeholder?: string;
  /** The item the list opens on. */
  readonly active?: I;
  readonly signal?: AbortSignal;
  /** Stays when the focus goes elsewhere: for questions that nobody called for. */
  readonly stays?: boolean;
  /** Called while arrowing, not for the item the list opens on. */
  readonly preview?: (item: I) => void;
  /** Of a list too long to be shown: the items to show for what is typed; without it the list itself finds them. */
  readonly find?: (typed: string, signal: AbortSignal) => Promise<readonly I[]>;
  /** Told how to put other items, in the same order, in the place of those that stand. */
  readonly fill?: (replace: (items: readonly I[]) => void) => void;
}

/** A list to choose one from, as a person may leave it: undefined on Escape, when focus goes elsewhere, on abort. */
export function askOne<I extends ListItem>(
  items: readonly I[],
  { title, placeholder, active, signal, stays = false, preview, find, fill }: Question<I>,
): Promise<I | undefined> {
  const list = pickList<I>({ title, placeholder });
  list.ignoreFocusOut = stays;
  list.matchOnDetail = true;
  list.keepScrollPosition = fill !== undefined;
  list.items = items.map(shown);
  if (active) list.activeItems = list.items.filter(({ of }) => of === active);
  let current: I | undefined = active ?? items[0];
  const filled = new FilledList(list);
  return new Promise((resolve) => {
    const hide = () => list.hide();
    signal?.addEventListener('abort', hide, { once: true });
    list.onDidChangeActive(([item]) => {
      if (item && filled.moved(item) && item.of !== current) {
        current = item.of;
        preview?.(item.of);
      }
    });
    let typing = new AbortController();
    list.onDidChangeValue((typed) => {
      typing.abort();
      typing = new AbortController();
      const { signal: untilNext } = typing;
      find?.(typed, untilNext).then(
        (found) => {
          if (!untilNext.aborted) list.items = found.map((item) => ({ ...shown(item), alwaysShow: true }));
        },
        () => {},
      );
    });
    list.onDidAccept(() => {
      if (filled.isDoubtful) return;
      resolve((list.selectedItems[0] ?? list.activeItems[0])?.of);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      typing.abort();
      signal?.removeEventListener('abort', hide);
      list.dispose();
    });
    list.show();
    fill?.((later) => filled.put(later.map(shown)));
  });
}
