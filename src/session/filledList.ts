import * as vscode from 'vscode';

/**
 * Rows put in anew while a list is open. VS Code goes to the first row then, and on to the row it is told, which is where
 * the person was when the rows were sent: a key pressed meanwhile is lost, and Enter would take another row. Such a loss is
 * seen and made good; until it is, Enter takes nothing. One filling waits for the other.
 */
export class FilledList<I extends vscode.QuickPickItem> {
  /** The row the person is on. */
  #on: I | undefined;
  /** Whether rows are on their way to the window. */
  #isUnderWay = false;
  #isFirstSeen = false;
  #told = 0;
  /** Where the person went while the rows were on their way. */
  #gone: number | undefined;
  #isDoubtful = false;
  #next: readonly I[] | undefined;

  constructor(private readonly list: vscode.QuickPick<I>) {
    this.#on = list.activeItems[0] ?? list.items[0];
  }

  put(items: readonly I[]): void {
    if (this.#isUnderWay) {
      this.#next = items;
      return;
    }
    const at = this.#on ? this.list.items.indexOf(this.#on) : -1;
    this.list.items = items;
    this.#go(Math.max(0, at), true);
  }

  /** Whether Enter may have taken a row that the person had left. */
  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  /** Whether it was the person who moved. @param item the row that the list is on now */
  moved(item: I): boolean {
    const at = this.list.items.indexOf(item);
    if (this.#isUnderWay && this.#isReset(at)) return false;
    this.#on = item;
    if (this.#isUnderWay) this.#gone = at;
    return true;
  }

  /** The first row, then the row that was told; a first row before them was the person's. */
  #isReset(at: number): boolean {
    if (at !== 0 && !(this.#isFirstSeen && at === this.#told)) {
      this.#isDoubtful = false;
      return false;
    }
    if (at === 0 && this.#isFirstSeen) this.#gone = 0;
    if (at === 0) this.#isFirstSeen = true;
    this.#isDoubtful = this.#isFirstSeen && this.#gone !== undefined && this.#gone !== this.#told;
    return true;
  }

  /** @param isNew whether the rows are, so that the window goes to the first before */
  #go(at: number, isNew: boolean): void {
    this.#told = at;
    this.#on = this.list.items[at];
    this.#isUnderWay = true;
    this.#isFirstSeen = !isNew;
    this.#gone = undefined;
    this.list.activeItems = this.list.items.slice(at, at + 1);
    // Rows are sent on the next turn; whatever the window said before it took them is here when it answers.
    setTimeout(() => {
      const settle = () => this.#settle();
      vscode.commands.executeCommand('setContext', 'attribution.listFilled', true).then(settle, settle);
    }, 0);
  }

  #settle(): void {
    this.#isUnderWay = false;
    const gone = this.#isDoubtful ? this.#gone : undefined;
    this.#isDoubtful = gone !== undefined;
    if (gone !== undefined) this.#go(gone, false);
    const next = this.#next;
    this.#next = undefined;
    if (next) this.put(next);
  }
}
