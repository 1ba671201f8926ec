/** The parts of `view` that are others than in `told`: maps and tables that stand are not sent again. */
export function changedParts<View extends object>(view: View, told: Partial<View> = {}): Partial<View> {
  const parts = Object.entries(view).filter(([name, part]) => part !== told[name as keyof View]);
  return Object.fromEntries(parts) as Partial<View>;
}
