import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Tried } from '../engine/reading/readAs.ts';
import type { ReadingTopic } from '../engine/reading/topics.ts';
import { Refusal } from '../refusal.ts';
import { askOne } from '../session/askOne.ts';
import { logged } from '../session/core/refused.ts';
import { bestOrder } from '../session/reading/changes/bestOrder.ts';
import {
  type Change,
  type ChangeList,
  type ProjectPatch,
  patchSettings,
} from '../session/reading/changes/change.ts';
import { changesFor, isTheModels } from '../session/reading/changes/changesFor.ts';
import { effectWords } from '../session/reading/changes/effect.ts';
import { sayError } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { opened } from './opened.ts';

/**
 * Changes how the file being looked at is read: what a change gives stands in the list and, for the row the list is on,
 * in the panel, before anything is written.
 * @param topic without it the topics are listed @param given without it the list of the topic is shown
 */
export async function changeReading(
  context: CommandContext,
  topic?: ReadingTopic,
  given?: ProjectPatch,
): Promise<void> {
  const { reading } = context;
  try {
    await opened(context);
    const chosen = given ? { patch: given } : await askChange(context, topic ?? (await askTopic(context)));
    if (chosen) await reading.write(chosen.patch, chosen.taken);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    void sayError(error.message);
  }
}

/** Of the topics that have something to change. */
async function askTopic({ reading, session }: CommandContext): Promise<ReadingTopic | undefined> {
  const t = vscode.l10n.t;
  const titles = topicTitles();
  const facts = new Map(reading.view.facts.map((fact) => [fact.topic, fact]));
  const topics = Object.keys(titles) as ReadingTopic[];
  const changes = await Promise.all(topics.map((topic) => changesFor(session.state, topic)));
  const items = topics
    .filter((_, at) => changes[at]!.length > 0)
    .map((topic) => ({ topic, label: titles[topic], description: facts.get(topic)?.words }));
  return (await askOne(items, { title: t('Change How This File Is Read') }))?.topic;
}

/** Titles of the lists, in the order of the first one. */
function topicTitles(): Record<ReadingTopic, string> {
  const t = vscode.l10n.t;
  return {
    layout: t('Layout'),
    table: t('Table'),
    array: t('Array of the series'),
    split: t('Parts of a recording'),
    columns: t('Columns'),
    label: t('Label'),
    classes: t('Class names and their order'),
    mask: t('Padding mask'),
    standardise: t('Standardisation'),
    pad: t('Padding that is put on'),
    missing: t('Missing values'),
  };
}

/** What is to be written, and the row of the list that said so. */
interface Chosen {
  readonly patch: ProjectPatch;
  readonly taken?: string;
}

async function askChange(
  context: CommandContext,
  topic: ReadingTopic | undefined,
): Promise<Chosen | undefined> {
  if (topic === undefined) return undefined;
  const title = topicTitles()[topic];
  const items = await changesFor(context.session.state, topic);
  if (items.length === 0) {
    throw new Refusal(
      'nothing-to-change',
      isTheModels(context.session.state, topic)
        ? vscode.l10n.t(
            '{0} was trained with Attribution Lens and says this itself, so a setting would have no effect: {1}.',
            path.basename(context.session.state.model?.path ?? ''),
            title,
          )
        : vscode.l10n.t('This file has nothing to change here: {0}.', title),
    );
  }
  return choose(context, { title, items }, topic === 'classes' ? bestOrder : undefined);
}

/**
 * Every list of changes, whatever it is about: the map follows the row the list is on, and each row says what it gives.
 * What was typed is looked at, too, before it is written.
 */
async function choose(
  context: CommandContext,
  { title, placeholder, items: given, active }: ChangeList,
  more?: (now: Tried | undefined, items: readonly Change[]) => readonly Change[],
): Promise<Chosen | undefined> {
  const { session } = context;
  const abort = new AbortController();
  let picked: Change | undefined;
  // Rows that grew when their effect is known would move others from under the pointer.
  const items = given.map((item, at) => (item.patch && at < MOST_TRIED ? { detail: '…', ...item } : item));
  const begin = active?.patch;
  if (begin) session.preview(previewed(begin));
  try {
    picked = await askOne(items, {
      title,
      placeholder:
        placeholder ?? vscode.l10n.t('What each would give stands below it; nothing is written before Enter'),
      preview: ({ patch }) => (patch ? session.preview(previewed(patch)) : session.endPreview()),
      fill: (replace) => void fillEffects(context, items, replace, abort.signal, more),
    });
  } finally {
    abort.abort(new Refusal('cancelled', vscode.l10n.t('Cancelled.')));
    session.endPreview();
  }
  if (picked?.patch) return { patch: picked.patch, taken: `${title}: ${picked.label}` };
  if (picked?.list) return choose(context, await picked.list());
  const patch = await picked?.ask?.();
  return patch && choose(context, confirmation(title, patch));
}

function confirmation(title: string, patch: ProjectPatch): ChangeList {
  const description = patchSettings(patch).join(', ');
  const items: Change[] = [
    { label: vscode.l10n.t('Write into attribution.json'), description, patch },
    { label: vscode.l10n.t('Leave as it is') },
  ];
  return { title, items, active: items[0] };
}

/** Rows further down say what they give in the map, once the list is on them. */
const MOST_TRIED = 24;

/** A mask that was picked by hand would go before the one that is tried. */
function previewed(patch: ProjectPatch) {
  return { set: patchSettings(patch), ...(patch.mask !== undefined && { mask: undefined }) };
}

/**
 * One after the other: each row says what it gives as soon as it is known.
 * @param more rows that follow from how it is now
 */
async function fillEffects(
  { reading, log }: CommandContext,
  items: readonly Change[],
  replace: (items: readonly Change[]) => void,
  signal: AbortSignal,
  more: (now: Tried | undefined, items: readonly Change[]) => readonly Change[] = () => [],
): Promise<void> {
  let shown = items;
  try {
    for (let index = 0; index < Math.min(shown.length, MOST_TRIED); index++) {
      const { patch } = shown[index]!;
      if (!patch) continue;
      const [now, tried] = await reading.tryOut([{}, patch], signal);
      if (signal.aborted) return;
      shown = shown.with(index, { ...shown[index]!, detail: effectWords(tried!, now) });
      if (shown.length === items.length) shown = [...shown, ...more(now, shown)];
      replace(shown);
    }
  } catch (error) {
    if (!signal.aborted) logged(log, error);
  }
}
