let isAllowed = false;

/** Whoever runs a command says whether programs may be run for a fleet that is data: as long as this process lives, or until it is said anew. */
export function allowRender(allowed: boolean): void {
  isAllowed = allowed;
}

export function mayRender(): boolean {
  return isAllowed;
}
