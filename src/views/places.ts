import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { textFile } from '../session/content.ts';
import type { SessionState } from '../session/state.ts';
import { type AllPanels, makePlace, type Place } from './place.ts';

/** All panels: one that the next file takes, and beside it those that are kept. */
export class Places implements vscode.Disposable {
  readonly #moved = new vscode.EventEmitter<Place>();
  readonly #subscription: vscode.Disposable;
  #all: readonly Place[] = [];
  /** Lasts as long as the window. */
  readonly first: Place;
  #front: Place;

  constructor(private readonly shared: AllPanels) {
    this.first = this.#add();
    this.#front = this.first;
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => this.#followEditor(editor));
  }

  /** The one that a person is at, or was last. */
  get front(): Place {
    return this.#front;
  }

  get all(): readonly Place[] {
    return this.#all;
  }

  /** Calls for the place in front, and for each that comes there; what it gave for the one before is disposed of. */
  whileFront(follow: (place: Place) => vscode.Disposable): vscode.Disposable {
    let current = follow(this.#front);
    const subscription = this.#moved.event((place) => {
      current.dispose();
      current = follow(place);
    });
    return new vscode.Disposable(() => {
      subscription.dispose();
      current.dispose();
    });
  }

  /** Where the next file is to be shown; from then on the one in front. */
  next(): Place {
    const free = [this.#front, ...this.#all].find(({ panel }) => !panel.isKept) ?? this.#add();
    this.#bring(free);
    return free;
  }

  /** Takes over a panel that a window reload has brought back. @param kept the name of one that was kept */
  adopt(panel: vscode.WebviewPanel, kept: string | undefined): Place {
    const place = kept === undefined ? this.next() : this.#add(kept);
    place.panel.adopt(panel);
    place.panel.keep(kept !== undefined);
    if (panel.active) this.#bring(place);
    return place;
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const place of this.#all) place.dispose();
    this.#all = [];
    this.#moved.dispose();
  }

  #add(name: string = randomUUID()): Place {
    const place = makePlace(this.shared, name, () => this.#front === place);
    place.panel.onDidActivate(() => this.#bring(place));
    place.panel.onDidClose(() => this.#closed(place));
    let file = '';
    place.session.onDidChange((state) => {
      const now = shownIn(state) ?? '';
      if (now !== file) this.#share();
      file = now;
    });
    this.#all = [...this.#all, place];
    return place;
  }

  #bring(place: Place): void {
    if (place === this.#front) return;
    this.#front = place;
    this.#share();
    for (const { lenses } of this.#all) lenses.refresh();
    this.#moved.fire(place);
  }

  /** Its session has closed already. */
  #closed(place: Place): void {
    if (place !== this.first) this.#all = this.#all.filter((one) => one !== place);
    if (place === this.#front) this.#bring(this.#all.find(({ panel }) => panel.isOpen) ?? this.first);
    else this.#share();
    if (place !== this.first) place.dispose();
  }

  /** Of those that show the same file only the one in front marks its rows. */
  #share(): void {
    const file = shownIn(this.#front.session.state);
    for (const { session, inline } of this.#all) {
      inline.yield(session !== this.#front.session && shownIn(session.state) === file);
    }
  }

  /** Who turns to a file that one place shows is at that place. */
  #followEditor(editor: vscode.TextEditor | undefined): void {
    const file = editor?.document.uri.toString();
    const showing = this.#all.filter(({ session }) => shownIn(session.state) === file);
    if (editor && showing.length === 1) this.#bring(showing[0]!);
  }
}

function shownIn(state: SessionState): string | undefined {
  return textFile(state)?.toString();
}
