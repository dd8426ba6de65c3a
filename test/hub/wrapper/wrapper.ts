import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { isSelected } from '../argo-cd';
import { filledIn, parametersOf } from '../go-template';

/**
 * What Argo CD deploys of a wrapper layout: its templates are filled in by Helm, which has the engine and the functions that
 * Argo CD has, its chart is rendered by Helm, and its ApplicationSets are read as Argo CD reads them. Nothing of the migration is
 * used here.
 */

// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind are read here
type Loose = any;

/** A cluster secret, in every Argo CD that has it. */
export interface Secret {
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
}

/** An Application with the values of its charts, as Helm gets them. */
export interface Got {
  readonly argoCD: string;
  readonly cluster: string;
  readonly name: string;
  readonly labels: object;
  readonly annotations: object;
  readonly spec: { readonly sources: readonly object[]; readonly [field: string]: unknown };
}

export function merge(broad: Loose, narrow: Loose): Loose {
  const isMap = (value: Loose) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(broad) || !isMap(narrow)) return narrow === undefined ? broad : narrow;
  return Object.fromEntries([...new Set([...Object.keys(broad), ...Object.keys(narrow)])].map((key) => [key, merge(broad[key], narrow[key])]));
}

/** A layout of one hub, in a folder. */
export class WrapperLayout {
  readonly #temporary = mkdtempSync(join(tmpdir(), 'fleet-wrapper-'));
  readonly secrets: readonly Secret[];

  /** @param hub its secret, which Terraform makes */
  constructor(
    readonly folder: string,
    readonly hub: Secret,
  ) {
    const registration = this.#yaml('fleet/fleet-bootstrap/fleet-hub-external-secrets.yaml');
    const folderOfMembers = `fleet/fleet-bootstrap/fleet-members/${hub.name}`;
    const spokes = readdirSync(join(folder, folderOfMembers)).map((file): Secret => {
      const parameters = {
        ...this.#parameters(hub),
        ...this.#yaml(`${folderOfMembers}/${file}`),
        values: { chart: 'fleet-secret', chartPath: 'charts/fleet-secret' },
      };
      const { externalSecret } = this.#values(this.#source(registration, parameters));
      return { name: externalSecret.clusterName, labels: externalSecret.labels, annotations: externalSecret.annotations };
    });
    this.secrets = [hub, ...spokes];
  }

  remove(): void {
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  /** Everything that the Argo CDs of hub and spokes make, without what installs the wrapper. */
  deployed(): readonly Got[] {
    const sets = (path: string) => readdirSync(join(this.folder, path)).flatMap((file) => (file.endsWith('.yaml') ? [this.#yaml(`${path}/${file}`)] : []));
    const isWrapper = (set: Loose) => set.kind === 'ApplicationSet' && JSON.stringify(set).includes('applicationSetGroup');
    const hubs = [...sets('fleet/bootstrap'), ...sets('fleet/fleet-bootstrap')].filter(isWrapper);
    const remote = this.secrets.filter(({ labels, name }) => labels.use_remote_argo === 'true' && name !== this.hub.name);
    return [
      ...hubs.flatMap((set) => this.#instances(set, this.hub.name, this.secrets)),
      ...remote.flatMap((spoke) => sets('fleet/fleet-bootstrap/members-application-sets').flatMap((set) => this.#instances(set, spoke.name, [spoke]))),
    ];
  }

  /** What an ApplicationSet that installs the wrapper makes in an Argo CD, with what the wrapper makes there. */
  #instances(set: Loose, argoCD: string, secrets: readonly Secret[]): readonly Got[] {
    const [{ matrix }] = set.spec.generators;
    const [inner, { list }] = matrix.generators;
    const [{ clusters }] = inner.matrix.generators;
    const chosen = secrets.filter(({ labels }) => isSelected(clusters.selector, labels));
    return chosen.flatMap((secret) => {
      const known = { ...this.#parameters(secret), ...this.#yaml('fleet/bootstrap/versions/applicationSets.yaml'), values: clusters.values };
      const releases = parse(this.#filledIn(list.elementsYaml, known)) as readonly object[];
      return releases.flatMap((release) => {
        const source = this.#source(set, { ...known, ...release });
        const rendered = this.#helm(['template', 'wrapper', join(this.folder, source.path), ...this.#valueFlags(source)]);
        const documents = parseAllDocuments(rendered).map((document) => document.toJS() as Loose);
        return documents.filter((document) => document !== null).flatMap((one) => this.#applications(one, argoCD, secrets));
      });
    });
  }

  #applications({ spec }: Loose, argoCD: string, secrets: readonly Secret[]): readonly Got[] {
    const [{ merge: merging }] = spec.generators;
    const [base, ...others] = merging.generators.map(({ clusters }: Loose) => clusters);
    return secrets.flatMap((secret): readonly Got[] => {
      const labels = { ...secret.labels, 'argocd.argoproj.io/secret-type': 'cluster' };
      if (!isSelected(base.selector, labels)) return [];
      const values = { ...base.values };
      for (const one of others) if (isSelected(one.selector, labels)) Object.assign(values, one.values);
      const { metadata, spec: made } = filledIn(spec.template, parametersOf({ ...secret, values })) as Loose;
      const sources = made.sources.filter(({ ref }: Loose) => ref === undefined).map((source: Loose) => this.#whole(source));
      return [
        { argoCD, cluster: made.destination.name, name: metadata.name, labels: metadata.labels, annotations: metadata.annotations, spec: { ...made, sources } },
      ];
    });
  }

  /** A source with the values that its chart gets in the place of files. */
  #whole({ helm, ...source }: Loose): object {
    if (!helm) return source;
    return { ...source, helm: { releaseName: helm.releaseName, values: this.#values({ helm }) } };
  }

  #values({ helm }: Loose): Loose {
    const files = helm.valueFiles.map((file: string) => file.replace('$values/', '')).filter((file: string) => existsSync(join(this.folder, file)));
    return [...files.map((file: string) => this.#yaml(file)), helm.valuesObject].reduce(merge, {});
  }

  #valueFlags({ helm }: Loose): readonly string[] {
    const files = helm.valueFiles.map((file: string) => join(this.folder, file.replace('$values/', ''))).filter(existsSync);
    const own = join(this.#temporary, 'values.json');
    writeFileSync(own, JSON.stringify(helm.valuesObject));
    return [...files, own].flatMap((file) => ['--values', file]);
  }

  /** The source with a chart, of the Application that an ApplicationSet makes of parameters. */
  #source({ spec }: Loose, parameters: object): Loose {
    return parse(this.#filledIn(spec.templatePatch, parameters)).spec.sources.find(({ helm }: Loose) => helm);
  }

  #parameters({ name, labels, annotations }: Secret): object {
    return { name, nameNormalized: name, metadata: { labels, annotations } };
  }

  /** A template of an ApplicationSet, filled in by Helm. */
  #filledIn(template: string, parameters: object): string {
    const chart = join(this.#temporary, 'chart');
    mkdirSync(join(chart, 'templates'), { recursive: true });
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: probe\nversion: 1.0.0\n');
    writeFileSync(join(chart, 'values.yaml'), JSON.stringify({ parameters }));
    writeFileSync(
      join(chart, 'templates/probe.yaml'),
      `{{- define "it" }}${template}{{ end -}}\nkind: Probe\njson: {{ include "it" .Values.parameters | toJson }}\n`,
    );
    return parse(this.#helm(['template', 'probe', chart])).json;
  }

  #helm(args: readonly string[]): string {
    return execFileSync('helm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1e8 });
  }

  #yaml(path: string): Loose {
    return parse(readFileSync(join(this.folder, path), 'utf8'));
  }
}
