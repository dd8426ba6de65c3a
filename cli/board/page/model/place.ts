export const views = ['fleet', 'rollouts', 'history', 'differences', 'target', 'search', 'live'] as const;
export type View = (typeof views)[number];

/** What is looked at: all of it stands in the address, so that it can be shared, and the back button leads to where one was. */
export interface Place {
  /** @default 'fleet' */
  readonly view?: View;
  /** As `Fleet.appKey` says it. */
  readonly app?: string | undefined;
  /** A node: what is shown lies in it. */
  readonly at?: string | undefined;
  /** @default - the app's version */
  readonly field?: string | undefined;
  /** The value, as its key says it, that is told apart from all others. */
  readonly is?: string | undefined;
  /** How deep the columns of the summary lie, from 1; `small` and `large` of the map's cells. */
  readonly size?: string | undefined;
  readonly left?: string | undefined;
  readonly right?: string | undefined;
  /** A person. */
  readonly by?: string | undefined;
  /** A text that somebody looks for. */
  readonly q?: string | undefined;
  readonly target?: string | undefined;
  /** `otherwise`: what is not as Git has it is told apart from the rest. */
  readonly runs?: string | undefined;
}

const keys = ['target', 'app', 'at', 'field', 'is', 'size', 'left', 'right', 'by', 'q', 'runs'] as const;

/** @param hash what stands behind the `#`, with it or without. What it does not know, it leaves out. */
export function placeOf(hash: string): Place {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const place: { -readonly [Key in (typeof keys)[number]]?: string } = {};
  for (const key of keys) {
    const text = said.get(key);
    if (text) place[key] = text;
  }
  const named = views.find((view) => view === said.get('view'));
  return { view: named !== undefined && isOne(named, place) ? named : toldBy(place), ...place };
}

/** Whether all that a view needs is there. */
function isOne(view: View, { target, q }: Place): boolean {
  return (view !== 'target' || target !== undefined) && (view !== 'search' || q !== undefined);
}

/** The view of an address that names none. */
function toldBy({ target, q }: Place): View {
  return target !== undefined ? 'target' : q !== undefined ? 'search' : 'fleet';
}

export function hashOf(place: Place): string {
  const view = place.view ?? 'fleet';
  const parts = keys.flatMap((key) => (place[key] ? [`${key}=${encoded(place[key])}`] : []));
  return `#${(toldBy(place) === view ? parts : [`view=${view}`, ...parts]).join('&')}`;
}

/** What an address may hold as it is stays readable; half of a pair of surrogates has no encoding. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%(?:2F|3A|40|2C)/g, decodeURIComponent);
}
