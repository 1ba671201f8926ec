import type { DataSummary } from '../../../src/engine/contract.ts';

/** What is told of a file in which there is nothing. */
export const EMPTY_SUMMARY: DataSummary = {
  path: '',
  plan: {
    file: '',
    format: 'csv',
    layout: 'single',
    parts: [],
    instances: 0,
    steps: [0, 0],
    features: [],
    alternatives: [],
  },
  facts: [],
  format: 'csv',
  layout: 'single',
  features: [],
  instances: [],
  findings: [],
};
