/** A place on the step axis, in columns, and what stands there. */
export interface StepTick {
  readonly value: number;
  readonly label: string;
}
