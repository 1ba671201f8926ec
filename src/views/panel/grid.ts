import * as vscode from 'vscode';
import { availableMethods } from '../../attribution/availableMethods.ts';
import { Refusal } from '../../refusal.ts';
import type { Selection } from '../../session/core/selection.ts';
import { layerChoice, layersFor } from '../../session/layerChoice.ts';
import { pickedLayer } from '../../session/pickedLayer.ts';
import type { Session } from '../../session/session.ts';
import type { SessionState } from '../../session/state.ts';
import type { GridPane, GridView } from './contract.ts';

/** More maps than this are no overview. */
const most = 16;

const nothing: GridView = { what: null, panes: [], of: 0, left: 0 };

/** One instance explained in many ways, beside the picture that stands; it goes with the instance, model and settings. */
export class Grid implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #view = nothing;
  #beside: SessionState | undefined;
  /** Of the latest question. */
  #asked = 0;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly session: Session) {
    this.#subscription = session.onDidChange((state) => {
      if (this.#view !== nothing && !isOfSame(state, this.#beside)) {
        this.#asked++;
        this.#become(nothing);
      }
    });
  }

  get view(): GridView {
    return this.#view;
  }

  /** Explains the instance with every quick method, or at every layer, one after the other. */
  async ask(what: NonNullable<GridView['what']>): Promise<void> {
    const { state } = this.session;
    if (!state.explanation || !state.model) return;
    const mine = ++this.#asked;
    this.#beside = state;
    const all = what === 'methods' ? methodsOf(state) : layersOf(state);
    const ways = all.slice(0, most);
    const left = all.length - ways.length;
    const panes: GridPane[] = [];
    this.#become({ what, panes: [], of: ways.length, left });
    for (const { name, changes } of ways) {
      const pane = await this.#pane(name, changes);
      if (this.#asked !== mine) return;
      panes.push(pane);
      this.#become({ what, panes: [...panes], of: ways.length, left });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #pane(name: string, changes: Partial<Selection>): Promise<GridPane> {
    try {
      const { explanation } = await this.session.beside(changes);
      return { name, explanation, sentence: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { name, explanation: null, sentence: error.message };
    }
  }

  #become(view: GridView): void {
    this.#view = view;
    this.#changed.fire();
  }
}

/** Whether two states differ in method and layer at most: maps made beside the one stand beside the other. */
function isOfSame(one: SessionState, other: SessionState | undefined): boolean {
  const [a, b] = [one.explanation, other?.explanation];
  if (!a || !b || !other) return false;
  const said = ({ selection, explanation }: SessionState) => {
    const { layer: _, method: __, options: ___, ...rest } = selection;
    const picks = Object.entries(rest).filter(([, value]) => value !== undefined);
    return JSON.stringify([picks.sort(), explanation && [explanation.instance.id, explanation.provenance]]);
  };
  const bytes = (values: Float32Array | Uint8Array) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return (
    said(one) === said(other) &&
    bytes(a.signals.input).equals(bytes(b.signals.input)) &&
    bytes(a.padding.mask).equals(bytes(b.padding.mask))
  );
}

interface Way {
  readonly name: string;
  readonly changes: Partial<Selection>;
}

function methodsOf(state: SessionState): Way[] {
  const { methods } = availableMethods(state.model?.noGradient, pickedLayer(state));
  const quick = methods.filter(({ isQuick }) => isQuick);
  return quick.map(({ id }) => ({ name: id, changes: { method: id, options: undefined } }));
}

function layersOf(state: SessionState): Way[] {
  return layersFor(state).layers.map(({ name }) => ({ name, changes: layerChoice(state, name) }));
}
