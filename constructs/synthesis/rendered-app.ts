import type { Manifest } from '../../layers/output';
import type { AppModel } from '../resolve/app-model';
import type { Rendition } from './rendition';

/** An app and what is rendered of it at a target. */
export interface RenderedApp {
  readonly app: AppModel;
  readonly rendition: Rendition;
}

/** The apps that are enabled, by name. */
export function enabledManifests(apps: readonly RenderedApp[]): readonly { readonly name: string; readonly manifest: Manifest }[] {
  return apps.flatMap(({ app, rendition }) => (rendition.manifest ? [{ name: app.construct.name, manifest: rendition.manifest }] : []));
}
