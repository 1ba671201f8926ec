import { needsClassesWords } from '../../src/attribution/answerWords.ts';
import type { Page } from '../pageView.ts';

/** Why a view has nothing to do where outputs are numbers; null where there are classes, or no picture yet. */
export function needsClasses(page: Page, what: string): string | null {
  const view = page.scene()?.view;
  return view?.explanation.prediction.values ? needsClassesWords(what, view.modelName) : null;
}
