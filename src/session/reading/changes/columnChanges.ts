import * as vscode from 'vscode';
import type { PlannedPart, ProjectPatch, ReadingPlan } from '../../../data/reading/readingPlan.ts';
import type { Change, ChangeList } from './change.ts';

/** What each column is; one is picked, then what it is to be. */
export function columnChanges({ parts, features }: ReadingPlan): Change[] {
  return parts
    .filter(({ role }) => role !== 'steps')
    .map((part) => ({
      label: part.name,
      description: `${part.role} · ${part.reason}`,
      list: () => roleList(part, features),
    }));
}

/** The roles a column can have. */
function roleChanges({ name, role }: PlannedPart, features: readonly string[]): Change[] {
  const t = vscode.l10n.t;
  const others = features.filter((feature) => feature !== name);
  const roles: readonly (readonly [string, string, ProjectPatch])[] = [
    ['feature', t('a feature of the model'), { data: { features: [...others, name] } }],
    ['time', t('time'), { data: { time: name } }],
    ['case', t('it tells the instances apart'), { data: { case: name } }],
    ['label', t('the class label'), { data: { label: name } }],
    ['mask', t('1 on real steps, 0 on padding'), { mask: `mask-column:${name}` }],
    ['length', t('how many steps are real, padding at the end'), { mask: `length-column:${name}` }],
    ['aside', t('left aside'), asidePatch(role, others)],
  ];
  return roles
    .filter(([word]) => word !== role)
    .map(([word, description, patch]) => ({ label: word, description, patch }));
}

function asidePatch(role: string, others: readonly string[]): ProjectPatch {
  return role === 'time' || role === 'label' || role === 'case'
    ? { data: { [role]: null, features: others } }
    : { data: { features: others } };
}

function roleList(part: PlannedPart, features: readonly string[]): ChangeList {
  return {
    title: vscode.l10n.t('What is {0}?', part.name),
    placeholder: vscode.l10n.t('Now: {0}', `${part.role}, ${part.reason}`),
    items: roleChanges(part, features),
  };
}
