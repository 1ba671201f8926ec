import { basename } from 'node:path';
import { needsClassesWords } from '../attribution/answerWords.ts';
import { Refusal } from '../refusal.ts';
import type { Subject } from './subject.ts';

/**
 * What counts classes has no answer where outputs are numbers.
 * @param what begins the sentence: `A repair`
 * @throws Refusal `needs-classes`
 */
export function needsClasses({ names, model }: Pick<Subject, 'names' | 'model'>, what: string): void {
  if (!names.values) return;
  throw new Refusal('needs-classes', needsClassesWords(what, basename(model.path)));
}
