/** Usual names of columns that are no features, most telling first; compared without case, spaces and punctuation. */
const usualNames = {
  case: [
    'case',
    'caseid',
    'casenumber',
    'instance',
    'instanceid',
    'series',
    'seriesid',
    'sample',
    'sampleid',
    'sequence',
    'sequenceid',
    'trial',
    'trialid',
    'episode',
    'recording',
    'recordingid',
    'id',
    'uid',
    'subject',
    'subjectid',
  ],
  time: [
    'time',
    'timestamp',
    'datetime',
    'date',
    't',
    'timestep',
    'step',
    'index',
    'frame',
    'tick',
    'seconds',
    'sec',
    'ms',
    'elapsed',
  ],
  label: ['label', 'labels', 'class', 'classname', 'classlabel', 'target', 'category', 'activity', 'y'],
} as const;

/** Names that are as often a feature: they are a label only where the values look like classes. */
const weakLabels = new Set(['y', 'target', 'activity', 'category']);

/** The columns whose name is usual for the role, most telling first. */
export function namedFor(role: keyof typeof usualNames, names: readonly string[]): number[] {
  const plain = names.map((name) => plainName(name));
  return usualNames[role].flatMap((usual) =>
    plain.flatMap((name, column) => (name === usual ? [column] : [])),
  );
}

export function isWeakLabel(name: string): boolean {
  return weakLabels.has(plainName(name));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
